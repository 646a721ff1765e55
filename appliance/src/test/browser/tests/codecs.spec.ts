import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Person } from '../person.js'

/** Each codec in a meeting of three: one sends, and of the two who look on one changes what size it wants. */
let appliance: Appliance

/** A second's. */
const MANY = 30

let people: Person[] = []

test.beforeAll(async () => {
  appliance = await Appliance.start()
  // The browsers stay: most of the time would go into starting them.
  for (const name of ['Ada', 'Bob', 'Eve']) people.push(await Person.open(name, appliance.url, `waiting-${name}`))
})

test.afterEach(async ({}, info) => {
  if (info.status === info.expectedStatus) return
  for (const person of people) await person.describe(info)
  await info.attach('appliance.log', { body: appliance.log() })
})

test.afterAll(async () => {
  await Promise.all(people.map((person) => person.close()))
  await appliance.stop()
  people = []
})

for (const codec of ['VP8', 'H264', 'VP9', 'AV1']) {
  test(`${codec} is seen in the size that is wanted, and goes from one to the other without a halt`, async () => {
    const [ada, bob, eve] = people as [Person, Person, Person]
    const room = `in-${codec.toLowerCase()}`
    const common = ['config.p2p.enabled=false', `config.videoQuality.codecPreferenceOrder=["${codec}"]`]
    const looking = [...common, 'config.startWithVideoMuted=true']
    await ada.goTo(appliance.url, room, [...common, 'config.resolution=360'])
    await bob.goTo(appliance.url, room, looking)
    await eve.goTo(appliance.url, room, looking)
    const id = await ada.id()
    for (const person of [bob, eve]) {
      await person.expectMoving(id)
      await person.showOnStage(id)
    }
    const height = async (person: Person): Promise<number> => (await person.receivedVideo()).height
    const seen = { timeout: 45_000, message: `${codec} on stage` }
    await expect.poll(() => height(eve), seen).toBe(360)
    await expect.poll(() => height(bob), seen).toBe(360)
    expect((await bob.receivedVideo()).codec).toBe(codec)

    // Counted in pictures that the other one sees meanwhile: a machine with too much to do halts both.
    const behind = async (): Promise<number> => (await eve.receivedVideo()).pictures - (await bob.receivedVideo()).pictures
    const before = await behind()
    await bob.showOnStage(await eve.id())
    await expect.poll(() => height(bob), { ...seen, message: `${codec} as a thumbnail` }).toBe(180)
    expect(await height(eve), 'the other one keeps the large picture').toBe(360)
    await bob.expectMoving(id)
    const down = await behind()
    expect(down - before, 'pictures missed on the way down').toBeLessThan(MANY)
    await bob.showOnStage(id)
    await expect.poll(() => height(bob), { ...seen, message: `${codec} on stage again` }).toBe(360)
    await bob.expectMoving(id)
    expect((await behind()) - down, 'pictures missed on the way up').toBeLessThan(MANY)
  })
}
