import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { FirefoxPerson } from '../firefox.js'
import { Company } from '../company.js'

/** Firefox and Chromium in one room. */
let appliance: Appliance
let ada: FirefoxPerson | undefined
const company = new Company(() => appliance)

test.beforeAll(async () => {
  appliance = await Appliance.start()
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await Promise.all([ada?.close(), company.disband()])
  ada = undefined
})

test.afterAll(async () => {
  await appliance.stop()
})

test('Firefox and Chromium talk directly', async () => {
  ada = await FirefoxPerson.join('Ada', appliance.url, 'two-kinds', 'config.resolution=180')
  const bob = await company.join('Bob', 'two-kinds', { fragment: 'config.resolution=180' })
  await bob.expectPath('p2p')
  await expect.poll(() => ada!.direct(), { message: 'Ada sees a direct path' }).toBe(true)
  await bob.expectMoving(await ada.id())
  await bob.expectSound()
  await ada.expectMedia()
})

test('Firefox sends its layers to the bridge, and Chromium is given the one that fits', async () => {
  const fragment = 'config.p2p.enabled=false'
  ada = await FirefoxPerson.join('Ada', appliance.url, 'two-kinds-bridged', fragment)
  const bob = await company.join('Bob', 'two-kinds-bridged', { fragment })
  const id = await ada.id()
  await bob.expectMoving(id)
  await bob.expectSound()
  expect(await bob.videoPorts()).toEqual([appliance.mediaPort])
  await ada.expectMedia()
  // Alone with her, Bob sees her large; Firefox' made-up camera has 640 by 360 in its middle layer.
  await expect.poll(() => ada!.layersSent(), { message: 'layers leave Firefox' }).toBeGreaterThanOrEqual(2)
  await expect.poll(() => bob.shownWidth(id), { timeout: 60_000, message: 'a larger layer' }).toBeGreaterThanOrEqual(640)
})
