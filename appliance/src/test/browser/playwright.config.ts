import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests',
  // Several browsers run in each test already: one test at a time is what two cores bear.
  workers: 1,
  fullyParallel: false,
  // A test that passes at the second try is a defect.
  retries: 0,
  timeout: 150_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list']],
  outputDir: '../../../target/browser-tests',
})
