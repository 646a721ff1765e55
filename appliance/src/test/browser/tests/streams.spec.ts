import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'
import type { Guise } from '../inPage.js'

/** More people than streams: what a page shows and plays follows who speaks and who is looked at. */
let appliance: Appliance
const company = new Company(() => appliance)

test.beforeAll(async () => {
  appliance = await Appliance.start('--set', 'bridge.loudest-speakers=1')
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
})

test.afterAll(() => appliance.stop())

const guises: Record<string, Guise> = {
  Ruth: { colour: [200, 30, 30], pitch: 400 },
  Gina: { colour: [30, 170, 30], pitch: 700 },
  Blake: { colour: [30, 30, 200], pitch: 1100 },
}

const far = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))

test('with two streams for three pictures and one for three voices everybody is shown and heard in the right place', async () => {
  const common = 'config.p2p.enabled=false&config.resolution=180'
  const join = async (name: string, guise: Guise) => {
    const person = await company.join(name, 'more-than-streams', { guise, fragment: common })
    return { name, guise, person, id: await person.id() }
  }
  const senders = await Promise.all(Object.entries(guises).map(([name, guise]) => join(name, guise)))
  const [ruth, gina, blake] = senders
  const viv = await company.join('Viv', 'more-than-streams', {
    fragment: `${common}&config.channelLastN=2&config.startWithAudioMuted=true`,
    fps: 5,
  })

  /** Whoever has a picture has the own one; gives their names. */
  const shown = async (): Promise<string[]> => {
    const names: string[] = []
    for (const { name, guise, id } of senders) {
      const colour = await viv.shownColour(id)
      if (!colour) continue
      expect(far(colour, guise.colour), `the picture of ${name} is ${colour.join(' ')}`).toBeLessThan(60)
      names.push(name)
    }
    return names
  }

  for (const { name, guise, person, id } of [ruth!, gina!, blake!, ruth!]) {
    await person.hum(true)
    await expect.poll(shown, { message: `${name} speaks and is shown` }).toContain(name)
    await expect
      .poll(async () => Math.abs((await viv.playedPitch(id)) - guise.pitch), { message: `${name} is heard` })
      .toBeLessThan(30)
    await person.hum(false)
  }

  // Whoever is looked at is shown, spoken or not.
  const received = await viv.receivedPictures()
  expect(received).toHaveLength(2)
  const hidden = senders.find(({ id }) => !received.includes(id))!
  await viv.showOnStage(hidden.id)
  await expect.poll(shown, { message: `${hidden.name} is looked at` }).toContain(hidden.name)

  // Two lines for the others' pictures and one for their voices, each beside the one that carries our own.
  expect(await viv.receivingLines('video')).toBe(3)
  expect(await viv.receivingLines('audio')).toBe(2)
})
