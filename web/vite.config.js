import { defineConfig } from 'vite'
import { firstLoadSize } from './build/first-load-size.js'
import { lucideIcons } from './build/lucide-icons.js'

export default defineConfig({
  appType: 'spa',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [lucideIcons(), firstLoadSize({ page: 'index.html', limitKilobytes: 150 }), firstLoadSize({ page: 'admin.html', limitKilobytes: 60 })],
  build: {
    target: 'es2022',
    // Every asset is a file of its own: data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The meeting and the admin page; what only one of them needs the other never loads.
    rolldownOptions: { input: ['index.html', 'admin.html'] },
    reportCompressedSize: false,
  },
  // `npm run dev` beside a running appliance: pages from here, everything else from there.
  server: {
    proxy: Object.fromEntries(
      ['/api', '/config.js', '/xmpp-websocket', '/colibri-ws'].map((path) => [path, { target: 'http://localhost:8080', ws: true }]),
    ),
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
  },
})
