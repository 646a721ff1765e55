import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * Prints what a browser loads of a page before the first join, compressed, and fails the build when that is more than
 * the limit. Everything counts that the page leads to, except chunks whose name begins with `later-`.
 */
export function firstLoadSize({ page, limitKilobytes }) {
  return {
    name: `first-load-size-${page}`,
    apply: 'build',
    enforce: 'post',
    writeBundle(_options, bundle) {
      const files = new Set([page])
      const follow = (name) => {
        const chunk = bundle[name]
        if (files.has(name) || !chunk || /(^|\/)later-/.test(name)) return
        files.add(name)
        for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) follow(next)
        for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
      }
      const entry = Object.values(bundle).find((chunk) => chunk.isEntry && basename(chunk.facadeModuleId ?? '') === page)
      if (!entry || !bundle[page]) this.error(`There is no page ${page}.`)
      follow(entry.fileName)
      // Styles and scripts that the page itself names.
      for (const [, name] of String(bundle[page].source).matchAll(/(?:href|src)="\/(assets\/[^"]+\.(?:css|js))"/g)) follow(name)
      let bytes = 0
      for (const name of files) {
        const file = bundle[name]
        if (file) bytes += gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length
      }
      const kilobytes = (bytes / 1000).toFixed(1)
      console.log(`${page} before the first join: ${kilobytes} kB gzip (limit ${limitKilobytes} kB)`)
      if (bytes > limitKilobytes * 1000) this.error(`${page} is larger than its limit.`)
    },
  }
}
