import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'
import type { Person } from '../person.js'
import { Wire } from '../wire.js'

/** What happens when somebody or something goes away without a goodbye. */
let appliance: Appliance
const company = new Company(() => appliance)
let wires: Wire[] = []

test.beforeEach(async () => {
  appliance = await Appliance.start()
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
  await Promise.all(wires.map((wire) => wire.close()))
  wires = []
  await appliance.stop()
})

/** Ada, Bob and Eve in one room, on the bridge; Eve comes by another address when one is given. */
async function three(room: string, eveComesBy = appliance.url): Promise<[Person, Person, Person]> {
  // Small pictures: what is tested here is who is there, and two cores have enough to do with three browsers.
  const small = { fragment: 'config.resolution=180' }
  const ada = await company.join('Ada', room, small)
  const bob = await company.join('Bob', room, small)
  const eve = await company.join('Eve', room, small, eveComesBy)
  for (const person of company.people) await person.expectPath('bridge')
  await ada.expectMoving(await eve.id())
  return [ada, bob, eve]
}

test('a browser killed without goodbye is marked as lost within 10 s and gone within 60 s', async () => {
  const [ada, bob, eve] = await three('killed')
  const eveId = await eve.id()
  const killed = Date.now()
  await eve.kill()
  for (const person of [ada, bob]) {
    await expect.poll(() => person.connectionOf(eveId), { timeout: 15_000, intervals: [100] }).not.toBe('active')
  }
  expect(Date.now() - killed).toBeLessThan(10_000)
  for (const person of [ada, bob]) {
    await expect.poll(() => person.others(), { timeout: 70_000, intervals: [200] }).not.toContain(eveId)
  }
  expect(Date.now() - killed).toBeLessThan(60_000)
})

test('one whose network returns in time resumes without leaving the room', async () => {
  const wire = await Wire.to(appliance.httpPort)
  wires.push(wire)
  const [ada, bob, eve] = await three('resumed', wire.url)
  const eveId = await eve.id()
  await ada.watchDepartures()
  expect(wire.cut()).toBeGreaterThan(0)
  await expect.poll(() => eve.state()).toBe('reconnecting')
  wire.mend()
  await expect.poll(() => eve.state(), { timeout: 30_000 }).toBe('joined')
  expect(await eve.id()).toBe(eveId)
  // The session still works both ways, and nobody saw Eve leave.
  await eve.say('back again')
  await bob.openChat()
  await expect(bob.page.getByTestId('chat-panel')).toContainText('back again')
  expect(await ada.departures()).toEqual([])
  await ada.expectMoving(eveId)
})

test('clients rejoin by themselves within 10 s of the return of a killed server', async () => {
  const [ada, bob, eve] = await three('restarted')
  await appliance.kill()
  for (const person of [ada, bob, eve]) await expect.poll(() => person.state()).toBe('reconnecting')
  await appliance.run()
  const returned = Date.now()
  for (const person of [ada, bob, eve]) {
    await expect.poll(() => person.state(), { timeout: 20_000, intervals: [100], message: `${person.name} is back` }).toBe('joined')
    await expect.poll(async () => (await person.others()).length, { timeout: 20_000, intervals: [100] }).toBe(2)
  }
  expect(Date.now() - returned).toBeLessThan(10_000)
  for (const person of [ada, bob, eve]) {
    for (const id of await person.others()) await person.expectMoving(id)
  }
})
