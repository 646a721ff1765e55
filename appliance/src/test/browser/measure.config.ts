import { defineConfig } from '@playwright/test'

/** The measurements of appliance/README.md: `npm run measure`. They print figures and assert no time. */
export default defineConfig({
  testDir: 'measure',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 900_000,
  // Browsers and server share the machine: what is waited for may take its time, and is not what is measured.
  expect: { timeout: 120_000 },
  reporter: [['line']],
  outputDir: '../../../target/browser-measure',
})
