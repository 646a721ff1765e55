/** What the server offers beside rooms: service addresses (XEP-0030) and STUN/TURN servers (XEP-0215). */
import type { XmppConnection } from './connection'
import { NS } from './namespaces'
import { attr, child, childrenOf, xml, type Xml } from './xml'

/** Addresses of the component services that this client uses; absent where the server has none. */
export interface Services {
  endConference?: string
}

export async function discoverServices(connection: XmppConnection, domain: string): Promise<Services> {
  const reply = await connection.iq('get', domain, xml('query', { xmlns: NS.DISCO_INFO }))
  return servicesIn(child(reply, 'query', NS.DISCO_INFO))
}

export function servicesIn(query: Xml | undefined): Services {
  const services: Services = {}
  for (const identity of childrenOf(query, 'identity')) {
    const address = attr(identity, 'name')
    if (attr(identity, 'category') !== 'component' || !address) continue
    if (attr(identity, 'type') === 'end_conference') services.endConference = address
  }
  return services
}

export async function discoverIceServers(connection: XmppConnection, domain: string): Promise<RTCIceServer[]> {
  const reply = await connection.iq('get', domain, xml('services', { xmlns: NS.EXTDISCO }))
  return iceServersIn(child(reply, 'services'))
}

export function iceServersIn(services: Xml | undefined): RTCIceServer[] {
  const servers: RTCIceServer[] = []
  for (const service of childrenOf(services, 'service')) {
    const type = attr(service, 'type')
    const host = attr(service, 'host')
    if (!host || (type !== 'stun' && type !== 'turn' && type !== 'turns')) continue
    const address = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    const port = attr(service, 'port')
    const authority = port ? `${address}:${port}` : address
    if (type === 'stun') {
      servers.push({ urls: `stun:${authority}` })
      continue
    }
    const username = attr(service, 'username')
    const credential = attr(service, 'password')
    // A browser refuses TURN servers without credentials, and everything else of the configuration with them.
    if (!username || !credential) continue
    const transport = attr(service, 'transport')
    servers.push({
      urls: `${type}:${authority}${transport ? `?transport=${transport}` : ''}`,
      username,
      credential,
    })
  }
  return servers
}
