import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vite.config.js'

// Tests run the build of Strophe that browsers run; its Node build brings a socket of its own.
const strophe = fileURLToPath(new URL('node_modules/strophe.js/dist/strophe.esm.js', import.meta.url))

export default mergeConfig(base, defineConfig({ resolve: { alias: { 'strophe.js': strophe } } }))
