import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'
import { LossyRelay } from '../lossy.js'
import type { Person } from '../person.js'

/** Each codec in a meeting of three, where the bridge chooses sizes, and between two. */
let appliance: Appliance
/** Between one person and the bridge: what passes there is seen. */
let relay: LossyRelay | undefined

/** A second's. */
const MANY = 30

const company = new Company(() => appliance)

test.beforeAll(async () => {
  appliance = await Appliance.start('--set', 'codecs.opus-red=true')
  // The browsers stay: most of the time would go into starting them.
  for (const name of ['Ada', 'Bob', 'Eve']) await company.open(name, `waiting-${name}`)
})

test.afterEach(({}, info) => company.describe(info))

test.afterAll(async () => {
  await company.disband()
  relay?.close()
  await appliance.stop()
})

const everybody = (): [Person, Person, Person] => company.people as [Person, Person, Person]
const prefers = (codec: string): string => `config.videoQuality.codecPreferenceOrder=["${codec}"]`

/** One sends, and of the two who look on one changes what size it wants. */
for (const codec of ['VP8', 'H264', 'VP9', 'AV1']) {
  test(`${codec} is seen in the size that is wanted, and goes from one to the other without a halt`, async () => {
    const [ada, bob, eve] = everybody()
    const room = `in-${codec.toLowerCase()}`
    const common = ['config.p2p.enabled=false', prefers(codec)]
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
    await expect.poll(() => height(eve), { ...seen, message: 'the other one has the large picture' }).toBe(360)
    await bob.expectMoving(id)
    const down = await behind()
    expect(down - before, 'pictures missed on the way down').toBeLessThan(MANY)
    await bob.showOnStage(id)
    await expect.poll(() => height(bob), { ...seen, message: `${codec} on stage again` }).toBe(360)
    await bob.expectMoving(id)
    expect((await behind()) - down, 'pictures missed on the way up').toBeLessThan(MANY)
  })
}

for (const codec of ['H264', 'AV1']) {
  test(`${codec} is seen between two who talk directly`, async () => {
    const [ada, bob] = everybody()
    const room = `directly-in-${codec.toLowerCase()}`
    for (const person of [ada, bob]) await person.goTo(appliance.url, room, [prefers(codec), 'config.resolution=180'])
    for (const [person, other] of [[ada, bob], [bob, ada]] as const) {
      await person.expectPath('p2p')
      await person.expectMoving(await other.id())
      expect(await person.videoPorts()).not.toContain(appliance.mediaPort)
      expect((await person.receivedVideo()).codec).toBe(codec)
    }
    expect([...(await ada.sentSound()).keys()], 'sound is sent twice here, too').toEqual(['red'])
  })
}

test('sound is sent twice where the server wants that, through the bridge as well, and is heard', async () => {
  const [ada] = everybody()
  const settings = ['config.p2p.enabled=false', 'config.startWithVideoMuted=true']
  relay = await LossyRelay.to(appliance.mediaPort)
  await ada.goTo(appliance.url, 'sound-twice', settings)
  const flo = await company.join('Flo', 'sound-twice', { fragment: settings.join('&'), bridgePort: relay.port })
  await ada.expectSound()
  await flo.expectSound()
  const sent = await flo.sentSound()
  expect([...sent.keys()]).toEqual(['red'])
  const [red] = sent.values()
  for (const way of ['up', 'down'] as const) {
    await expect.poll(() => relay!.seen(red!)[way], { message: `RED on the way ${way}` }).toBeGreaterThan(100)
  }
})
