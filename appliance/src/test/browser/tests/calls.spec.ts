import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'
import type { Person } from '../person.js'

/** People in real browsers meet through the packaged jar. */
let appliance: Appliance
const company = new Company(() => appliance)

test.beforeAll(async () => {
  appliance = await Appliance.start()
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
})

test.afterAll(async () => {
  await appliance.stop()
})

/** Small pictures where their size is not what is tested: two cores have enough to do with three browsers. */
const small = 'config.resolution=180'

const join = (name: string, room: string, fragment = ''): Promise<Person> => company.join(name, room, { fragment })

test('two people talk directly', async () => {
  const ada = await join('Ada', 'two-directly', small)
  const bob = await join('Bob', 'two-directly', small)

  await ada.expectPath('p2p')
  await bob.expectPath('p2p')
  await ada.expectMoving(await bob.id())
  await bob.expectMoving(await ada.id())
  await ada.expectSound()
  await bob.expectSound()
  // What is shown came over the direct connection: its remote port is not the bridge's.
  for (const person of [ada, bob]) {
    expect(await person.videoPorts()).not.toContain(appliance.mediaPort)
    expect([...(await person.sentSound()).keys()], 'sound is sent once').toEqual(['opus'])
  }
})

test('three people talk through the bridge, and two directly again when one leaves', async () => {
  const ada = await join('Ada', 'three-of-us')
  const bob = await join('Bob', 'three-of-us')
  await ada.expectPath('p2p')
  await ada.page.evaluate(() => ((window as unknown as { marker: number }).marker = 1))
  const eve = await join('Eve', 'three-of-us')

  for (const person of company.people) {
    await person.expectPath('bridge')
    for (const other of company.people) {
      if (other !== person) await person.expectMoving(await other.id())
    }
    await person.expectSound()
    await person.expectVoices(2)
    expect(await person.videoPorts()).toEqual([appliance.mediaPort])
  }

  // On stage in full size, the other one as a thumbnail.
  await ada.showOnStage(await bob.id())
  await expect.poll(async () => ada.shownWidth(await bob.id()), { timeout: 60_000, message: 'the one on stage' }).toBe(1280)
  await expect.poll(async () => ada.shownWidth(await eve.id()), { timeout: 60_000, message: 'the thumbnail' }).toBe(320)

  await eve.leave()
  await expect.poll(() => ada.others()).toEqual([await bob.id()])
  await ada.expectPath('p2p')
  await bob.expectPath('p2p')
  await ada.expectMoving(await bob.id())
  await bob.expectMoving(await ada.id())
  // Without a reload.
  expect(await ada.page.evaluate(() => (window as unknown as { marker: number }).marker)).toBe(1)
})

test('one of three shares a screen', async () => {
  const ada = await join('Ada', 'shared-screen', small)
  const bob = await join('Bob', 'shared-screen', small)
  const eve = await join('Eve', 'shared-screen', small)
  for (const person of company.people) await person.expectPath('bridge')

  await ada.press('share')
  const screen = `${await ada.id()}-v1`
  for (const person of [bob, eve]) {
    await expect.poll(() => person.videoTypes(), { message: `${person.name} is told of the screen` }).toContain('desktop')
    await person.expectMoving(screen)
    await person.expectMoving(await ada.id())
  }
  await ada.press('share')
  for (const person of [bob, eve]) {
    await expect.poll(() => person.liveScreens(), { message: `${person.name} no longer sees the screen` }).toBe(0)
  }
})

test('chat, a raised hand, mute by the moderator and a kick', async () => {
  const ada = await join('Ada', 'manners', small)
  const bob = await join('Bob', 'manners', small)
  const eve = await join('Eve', 'manners', small)
  const bobId = await bob.id()

  // Chat, with markup that must stay text.
  await ada.say('Hello <b>everyone</b> & welcome')
  for (const person of [bob, eve]) {
    await person.openChat()
    await expect(person.page.getByTestId('chat-panel')).toContainText('Hello <b>everyone</b> & welcome')
  }

  await bob.press('hand')
  for (const person of [ada, eve]) {
    await expect.poll(() => person.handOf(bobId), { message: `${person.name} sees the hand` }).toBeGreaterThan(0)
  }

  // The first in the room is its moderator; the others are not.
  expect(await ada.isModerator()).toBe(true)
  expect(await bob.isModerator()).toBe(false)
  await ada.page.evaluate((id) => window.meetjar.meeting!.muteParticipant(id, 'audio'), bobId)
  await expect.poll(() => eve.mutedAudio(bobId), { message: 'Eve sees that Bob is muted' }).toBe(true)
  await expect.poll(() => bob.isMuted(), { message: 'Bob knows that he is muted' }).toBe(true)

  // Who is no moderator can't.
  const refused = await eve.page.evaluate((id) => window.meetjar.meeting!.kick(id).then(() => 'done', () => 'refused'), bobId)
  expect(refused).toBe('refused')

  await ada.page.evaluate((id) => window.meetjar.meeting!.kick(id, 'Too loud'), bobId)
  await expect.poll(() => bob.state()).toBe('left')
  for (const person of [ada, eve]) await expect.poll(() => person.others(), { message: 'Bob is gone' }).not.toContain(bobId)
})
