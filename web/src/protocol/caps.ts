/** What this client can do, for disco#info (XEP-0030) and entity capabilities (XEP-0115). */
import { NS } from './namespaces'
import { xml, type Xml } from './xml'

export interface Identity {
  category: string
  type: string
  lang?: string
  name?: string
}

export const CAPS_NODE = 'https://jitsi.org/jitsi-meet'

export const IDENTITIES: readonly Identity[] = [{ category: 'client', type: 'web', name: 'Meetjar' }]

/** The focus builds its offer from these; only what this client really does is listed. */
export const FEATURES: readonly string[] = [
  NS.CAPS,
  NS.DISCO_INFO,
  NS.PING,
  NS.JINGLE,
  NS.RTP,
  'urn:xmpp:jingle:apps:rtp:audio',
  'urn:xmpp:jingle:apps:rtp:video',
  NS.ICE,
  NS.DTLS,
  'http://jitsi.org/json-encoded-sources',
  'http://jitsi.org/source-name',
  'http://jitsi.org/receive-multiple-video-streams',
  'http://jitsi.org/ssrc-rewriting-1',
  'http://jitsi.org/opus-red',
  'http://jitsi.org/tcc',
  'urn:ietf:rfc:4588',
]

/** The verification string of XEP-0115, section 5.1, before hashing. */
export function capsString(identities: readonly Identity[], features: readonly string[]): string {
  const ids = identities.map((i) => `${i.category}/${i.type}/${i.lang ?? ''}/${i.name ?? ''}`)
  return [...ids.sort(byOctets), ...[...features].sort(byOctets)].map((s) => `${s}<`).join('')
}

/** The `ver` attribute: base64 of the SHA-1 of the verification string. */
export async function capsVersion(identities: readonly Identity[], features: readonly string[]): Promise<string> {
  const data = new TextEncoder().encode(capsString(identities, features))
  const digest = await crypto.subtle.digest('SHA-1', data)
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

let own: Promise<string> | undefined

/** The version of what this client can do; computed once. */
export function ownCapsVersion(): Promise<string> {
  return (own ??= capsVersion(IDENTITIES, FEATURES))
}

export function capsElement(version: string): Xml {
  return xml('c', { xmlns: NS.CAPS, hash: 'sha-1', node: CAPS_NODE, ver: version })
}

/** The answer to a disco#info query; `node` is the one asked for. */
export function discoInfo(node?: string): Xml {
  return xml(
    'query',
    { xmlns: NS.DISCO_INFO, node },
    IDENTITIES.map((i) => xml('identity', { category: i.category, type: i.type, name: i.name })),
    FEATURES.map((f) => xml('feature', { var: f })),
  )
}

function byOctets(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
