import { expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { Company } from '../company.js'
import type { Person } from '../person.js'

/** Browsers whose networks let nothing through but the relay. */
let appliance: Appliance
const company = new Company(() => appliance)

test.beforeAll(async () => {
  appliance = await Appliance.start('--set', 'turn.port=0')
})

test.afterEach(async ({}, info) => {
  await company.describe(info)
  await company.disband()
})

test.afterAll(async () => {
  await appliance.stop()
})

const ways = [
  { name: 'UDP', protocol: 'udp', servers: /^turn:.*transport=udp/ },
  { name: 'TCP', protocol: 'tcp', servers: /^turn:.*transport=tcp/ },
  { name: 'TLS', protocol: 'tls', servers: /^turns:.*transport=tcp/ },
]

/** Someone whose every connection goes by the relay, in this way alone. */
function join(name: string, room: string, way: (typeof ways)[number], fragment: string): Promise<Person> {
  return company.join(name, room, { fragment: ['config.resolution=180', fragment].filter(Boolean).join('&'), relay: way.servers })
}

for (const way of ways) {
  test(`two people talk directly by relay over ${way.name}`, async () => {
    const room = `relayed-${way.protocol}`
    const ada = await join('Ada', room, way, '')
    const bob = await join('Bob', room, way, '')
    await ada.expectPath('p2p')
    await bob.expectPath('p2p')
    await ada.expectMoving(await bob.id())
    await bob.expectMoving(await ada.id())
    for (const person of company.people) {
      expect(await person.relayProtocols()).toEqual([way.protocol])
      expect(await person.videoPorts()).not.toContain(appliance.mediaPort)
    }
  })

  // Clients leave UDP to the bridge to their direct ways, unless they are told otherwise.
  const bridged = `config.p2p.enabled=false${way.protocol === 'udp' ? '&config.useTurnUdp=true' : ''}`
  test(`two people talk through the bridge by relay over ${way.name}`, async () => {
    const room = `bridged-${way.protocol}`
    const ada = await join('Ada', room, way, bridged)
    const bob = await join('Bob', room, way, bridged)
    await ada.expectMoving(await bob.id())
    await bob.expectMoving(await ada.id())
    for (const person of company.people) {
      expect(await person.relayProtocols()).toEqual([way.protocol])
      expect(await person.videoPorts()).toEqual([appliance.mediaPort])
    }
  })
}
