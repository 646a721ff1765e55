import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'

/** A server whose memory allows one person, so that the second finds it full. */
let appliance: Appliance
const company = new Company(() => appliance)

test.beforeEach(async () => {
  appliance = await Appliance.start('--set', 'muc.participants=1')
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
  await appliance.stop()
})

test('who finds the server full is told in the page, and may try again', async () => {
  const ada = await company.join('Ada', 'full')
  const bob = await company.open('Bob', 'full')
  const screen = bob.page.getByTestId('left-screen')
  await expect(screen).toContainText('The server is full.')
  await expect(screen).toContainText('Try again in a few minutes')
  expect(await ada.state()).toBe('joined')

  await ada.leave()
  await expect
    .poll(
      async () => {
        if ((await bob.state()) === 'left') await bob.page.getByTestId('left-rejoin').click()
        return bob.state()
      },
      { intervals: [500], timeout: 90_000 },
    )
    .toBe('joined')
})
