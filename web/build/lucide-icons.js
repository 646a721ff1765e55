import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Lets `import mic from 'lucide-static/icons/mic.svg?icon'` give the icon's shapes as data (`[tag, attributes][]`), so
 * that icons are drawn as elements and no markup is ever parsed at run time. Only what is imported is in the bundle.
 */
export function lucideIcons() {
  let nodes
  return {
    name: 'lucide-icons',
    enforce: 'pre',
    resolveId(source) {
      const match = /^lucide-static\/icons\/([a-z0-9-]+)\.svg\?icon$/.exec(source)
      return match ? `\0lucide-icon:${match[1]}` : undefined
    },
    load(id) {
      if (!id.startsWith('\0lucide-icon:')) return undefined
      const name = basename(id.slice('\0lucide-icon:'.length))
      nodes ??= JSON.parse(readFileSync(require.resolve('lucide-static/icon-nodes.json'), 'utf8'))
      if (!nodes[name]) this.error(`lucide-static has no icon "${name}"`)
      return `export default ${JSON.stringify(nodes[name])}`
    },
  }
}
