import { defineConfig } from '@playwright/test'

/** The call of `../vps/trial.sh`, with the server of MEET_URL: not among the tests that a build runs. */
export default defineConfig({
  testDir: 'vps',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 150_000,
  expect: { timeout: 45_000 },
  reporter: [['line']],
  outputDir: '../../../target/browser-vps',
})
