import { test } from '@playwright/test'
import { Person } from '../person.js'

/** People meet on a server that runs elsewhere already: the address of its page is in MEET_URL. */
const url = process.env['MEET_URL'] ?? ''
let people: Person[] = []

test.afterEach(async ({}, info) => {
  for (const person of people) {
    if (info.status !== info.expectedStatus) await person.describe(info)
  }
  await Promise.all(people.map((person) => person.close()))
})

for (const [way, options] of [
  ['through the bridge', {}],
  ['by the relay inside TLS on 443 alone', { relay: /^turns:.*443/ }],
] as const) {
  test(`three people talk ${way}`, async () => {
    people = []
    const room = `trial-${way.length}`
    for (const name of ['Ada', 'Bob', 'Eve']) {
      people.push(await Person.join(name, url, room, { fragment: 'config.resolution=180', ...options }))
    }
    for (const person of people) {
      await person.expectPath('bridge')
      for (const other of people) {
        if (other !== person) await person.expectMoving(await other.id())
      }
      await person.expectSound()
    }
  })
}
