import { test } from '@playwright/test'
import { Company } from '../company.js'

/** People meet on a server that runs elsewhere already: the address of its page is in MEET_URL. */
const url = process.env['MEET_URL'] ?? ''
const company = new Company(() => ({ url }))

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
})

for (const [way, options] of [
  ['through the bridge', {}],
  ['by the relay inside TLS on 443 alone', { relay: /^turns:.*443/ }],
] as const) {
  test(`three people talk ${way}`, async () => {
    const room = `trial-${way.length}`
    for (const name of ['Ada', 'Bob', 'Eve']) {
      await company.join(name, room, { fragment: 'config.resolution=180', ...options })
    }
    for (const person of company.people) {
      await person.expectPath('bridge')
      for (const other of company.people) {
        if (other !== person) await person.expectMoving(await other.id())
      }
      await person.expectSound()
    }
  })
}
