import { defineConfig } from 'vite'
import { firstLoadSize } from './build/first-load-size.js'
import { lucideIcons } from './build/lucide-icons.js'

export default defineConfig({
  appType: 'spa',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [lucideIcons(), firstLoadSize({ limitKilobytes: 150 })],
  build: {
    target: 'es2022',
    // Every asset is a file of its own: data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
  },
})
