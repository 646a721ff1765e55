import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { LossyRelay } from '../lossy.js'
import { Company } from '../company.js'
import type { Person } from '../person.js'
import type { Reception } from '../receiver.js'

/** Somebody whose network loses, delays and narrows what the bridge sends, and comes and goes. */
let appliance: Appliance
let relay: LossyRelay
const company = new Company(() => appliance)
let ada: Person
let bob: Person

test.beforeAll(async () => {
  appliance = await Appliance.start()
  relay = await LossyRelay.to(appliance.mediaPort)
  const byBridge = 'config.p2p.enabled=false'
  ada = await company.join('Ada', 'rough', { fragment: byBridge })
  bob = await company.join('Bob', 'rough', { fragment: byBridge, bridgePort: relay.port })
})

test.afterEach(({}, info) => company.describe(info))

test.afterAll(async () => {
  await company.disband()
  relay.close()
  await appliance.stop()
})

const PACKETS_PER_SECOND = 50

/** What has come from now on, once so many seconds of sound have. */
async function listen(person: Person, seconds: number): Promise<Reception> {
  const before = await person.reception()
  let now = before
  const enough = seconds * PACKETS_PER_SECOND
  await expect
    .poll(async () => (now = await person.reception()).soundPackets - before.soundPackets, { message: 'sound goes on', timeout: 60_000 })
    .toBeGreaterThan(enough)
  const since = Object.entries(now).map(([name, value]) => [name, value - before[name as keyof Reception]])
  return { ...(Object.fromEntries(since) as unknown as Reception), height: now.height }
}

/** Waits until Bob sees Ada in full. */
async function inFull(message: string): Promise<void> {
  await expect.poll(async () => (await bob.reception()).height, { message, timeout: 60_000 }).toBe(720)
}

/** Waits until a few seconds of sound have come without a gap. */
async function gapFree(message: string): Promise<void> {
  await expect.poll(async () => (await listen(bob, 3)).interruptions, { message, timeout: 60_000 }).toBe(0)
}

test('pictures follow a link that becomes narrow and wide again, and sound stays', async () => {
  await bob.showOnStage(await ada.id())
  expect(await bob.videoPorts()).toEqual([relay.port])
  await inFull('Ada in full')

  relay.downlink({ bitsPerSecond: 500_000 })
  await expect.poll(async () => (await bob.reception()).height, { message: 'a smaller picture' }).toBeLessThan(720)
  await gapFree('sound beside the smaller picture')
  await bob.expectMoving(await ada.id())

  relay.downlink({ bitsPerSecond: 150_000 })
  await gapFree('sound on a link for little else')

  relay.downlink({})
  await inFull('Ada in full again')
})

test('losses are repaired, and a change of address is survived', async () => {
  relay.both({ loss: 0.05, delayMs: 20, jitterMs: 5, reordered: 0.01 })
  await gapFree('sound with losses')
  await bob.expectMoving(await ada.id())
  await ada.expectMoving(await bob.id())

  relay.both({ loss: 0.3, delayMs: 20 })
  await listen(bob, 7)
  relay.both({})
  await gapFree('sound after many losses')
  await inFull('Ada in full after many losses')

  expect(relay.moveClients()).toBeGreaterThan(0)
  const since = await listen(bob, 3)
  expect(since.frames).toBeGreaterThan(10)
  await gapFree('sound from elsewhere')
})
