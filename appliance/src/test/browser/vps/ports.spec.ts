import { expect, test } from '@playwright/test'
import { Company } from '../company.js'

/**
 * Two people meet through the bridge of a server whose page is at MEET_URL, and their media has to go in the way of
 * MEET_WAY: `direct`, by the `relay` (over TCP or inside TLS), by the relay inside `tls`, or with `only-tls` the same
 * for browsers that use nothing else.
 */
const { MEET_URL: url = '', MEET_WAY: way = 'direct', MEET_ROOM: room = 'ports' } = process.env
const allowed: Record<string, readonly string[]> = {
  direct: ['not by relay: host', 'not by relay: prflx', 'not by relay: srflx'],
  relay: ['udp', 'tcp', 'tls'],
  tls: ['tls'],
  'only-tls': ['tls'],
}
const company = new Company(() => ({ url }))

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
})

test(`two people talk in the room ${room}, ${way}`, async () => {
  const options = {
    fragment: 'config.resolution=180&config.p2p.enabled=false',
    ...(way === 'only-tls' ? { relay: /^turns:/ } : {}),
  }
  const ada = await company.join('Ada', room, options)
  const bob = await company.join('Bob', room, options)
  await ada.expectMoving(await bob.id())
  await bob.expectMoving(await ada.id())
  await ada.expectSound()
  for (const person of company.people) {
    for (const protocol of await person.relayProtocols()) expect(allowed[way]).toContain(protocol)
  }
})
