import { gzipSync } from 'node:zlib'

/**
 * Prints what a browser loads before the first join, compressed, and fails the build when that is more than the limit.
 * Everything counts, except chunks whose name begins with `later-`.
 */
export function firstLoadSize({ limitKilobytes }) {
  return {
    name: 'first-load-size',
    apply: 'build',
    enforce: 'post',
    writeBundle(_options, bundle) {
      let bytes = 0
      for (const [name, file] of Object.entries(bundle)) {
        if (!/\.(html|js|css)$/.test(name) || /(^|\/)later-/.test(name)) continue
        bytes += gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length
      }
      const kilobytes = (bytes / 1000).toFixed(1)
      console.log(`web client before the first join: ${kilobytes} kB gzip (limit ${limitKilobytes} kB)`)
      if (bytes > limitKilobytes * 1000) this.error('The web client is larger than its limit.')
    },
  }
}
