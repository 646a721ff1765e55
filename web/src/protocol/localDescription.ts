/** Our own side of a peer connection: from the browser's SDP to what Jingle says of it. */
import { parse, write, type MediaDescription, type SessionDescription } from 'sdp-transform'
import type { MediaKind } from './api'
import { NS } from './namespaces'
import { sourceElements, type Source, type SourceGroup } from './sources'
import { xml, type Xml } from './xml'

export type Role = 'initiator' | 'responder'

/** SSRCs of a line's layers from low to high, each with the one of its retransmissions. */
export interface SimulcastSsrcs {
  layers: { ssrc: number; rtx?: number }[]
}

export const SIMULCAST_LAYERS = 3

/**
 * Makes Chromium send three layers on that line, each on its own SSRC: the extra SSRCs and the groups that tie them
 * together are written into the description before it is applied. (Layers told apart by rid, which `sendEncodings`
 * gives, have no signalled SSRCs and so don't fit Jingle.) A line that has its layers already is left alone.
 */
export function withSimulcast(sdp: string, mid: string, random: () => number = randomSsrc): string {
  const session = parse(sdp)
  const line = session.media.find((m) => String(m.mid) === mid)
  if (!line?.ssrcs?.length || line.ssrcGroups?.some((g) => g.semantics === 'SIM')) return sdp
  const pair = line.ssrcGroups?.find((g) => g.semantics === 'FID')?.ssrcs.split(' ').map(Number)
  const primary = pair?.[0] ?? Number(line.ssrcs[0]!.id)
  const attributes = line.ssrcs.filter((s) => Number(s.id) === primary)
  const layers: SimulcastSsrcs['layers'] = [{ ssrc: primary, ...(pair ? { rtx: pair[1]! } : {}) }]
  while (layers.length < SIMULCAST_LAYERS) layers.push({ ssrc: random(), ...(pair ? { rtx: random() } : {}) })
  line.ssrcGroups = [
    { semantics: 'SIM', ssrcs: layers.map((l) => l.ssrc).join(' ') },
    ...layers.flatMap((l) => (l.rtx === undefined ? [] : [{ semantics: 'FID', ssrcs: `${l.ssrc} ${l.rtx}` }])),
  ]
  line.ssrcs = layers
    .flatMap((l) => [l.ssrc, ...(l.rtx === undefined ? [] : [l.rtx])])
    .flatMap((id) => attributes.map((a) => ({ ...a, id })))
  return write(session)
}

/** What identifies a source of ours, before the browser has given it SSRCs. */
export interface SourceIdentity {
  mid: string
  name: string
  kind: MediaKind
  videoType: 'camera' | 'desktop'
  msid: string
}

/**
 * Our sources with the SSRCs that the browser gave them; those without any are left out. Layers that were asked for by rid
 * are in the order of their rids, from low to high.
 */
export function localSources(sdp: string, identities: readonly SourceIdentity[], owner: string): Source[] {
  const session = parse(sdp)
  const sources: Source[] = []
  for (const { mid, name, kind, videoType, msid } of identities) {
    const line = session.media.find((m) => String(m.mid) === mid)
    if (!line || line.port === 0 && !line.bundleOnly) continue
    // Firefox invents SSRCs for lines on which it sends nothing.
    if (line.direction !== 'sendrecv' && line.direction !== 'sendonly') continue
    const ssrcs = [...new Set((line.ssrcs ?? []).map((s) => Number(s.id)))]
    if (ssrcs.length === 0) continue
    const groups: SourceGroup[] = (line.ssrcGroups ?? []).map((g) => ({
      semantics: g.semantics,
      ssrcs: g.ssrcs.split(' ').map(Number),
    }))
    if (line.simulcast?.dir1 === 'send' && !groups.some((g) => g.semantics === 'SIM')) {
      const repairs = groups.filter((g) => g.semantics === 'FID').map((g) => g.ssrcs[1])
      groups.unshift({ semantics: 'SIM', ssrcs: ssrcs.filter((ssrc) => !repairs.includes(ssrc)) })
    }
    sources.push({ name, owner, kind, videoType, msid, ssrcs, groups })
  }
  return sources
}

/** Contents for the bridge, one for each kind, with the sources of all our lines. */
export function bridgeContents(sdp: string, sources: readonly Source[], lastN?: number): Xml[] {
  const session = parse(sdp)
  const contents: Xml[] = []
  for (const kind of ['audio', 'video'] as const) {
    const line = session.media.find((m) => m.type === kind && m.port !== 0)
    if (!line) continue
    contents.push(
      xml(
        'content',
        { creator: 'responder', name: kind, senders: 'both' },
        kind === 'video' && lastN !== undefined
          ? xml('initial-last-n', { xmlns: NS.COLIBRI2, value: lastN })
          : undefined,
        description(line, session, sources.filter((s) => s.kind === kind)),
        transport(line, session),
      ),
    )
  }
  return [...contents, group(contents)]
}

/** Contents for a peer, one for each m-line, named by its mid. */
export function peerContents(
  sdp: string,
  sources: readonly Source[],
  identities: readonly SourceIdentity[],
  creator: Role,
): Xml[] {
  const session = parse(sdp)
  const contents = session.media
    .filter((line) => line.type === 'audio' || line.type === 'video')
    .map((line) => {
      const names = identities.filter((i) => i.mid === String(line.mid)).map((i) => i.name)
      const rejected = line.port === 0 && !line.bundleOnly
      return xml(
        'content',
        { creator, name: String(line.mid), senders: rejected ? 'rejected' : SENDERS[line.direction ?? 'sendrecv'] },
        description(line, session, sources.filter((s) => names.includes(s.name))),
        transport(line, session),
      )
    })
  return [...contents, group(contents)]
}

// Whoever writes counts as initiator here, as stock clients have it in both roles.
const SENDERS: Record<string, string> = {
  sendrecv: 'both',
  sendonly: 'initiator',
  recvonly: 'responder',
  inactive: 'none',
}

/** A transport-info's contents: candidates of one m-line. */
export function candidateContents(sdp: string, candidates: readonly RTCIceCandidate[], creator: Role): Xml[] {
  const session = parse(sdp)
  const contents: Xml[] = []
  session.media.forEach((line, index) => {
    const elements = candidates
      .filter((c) => c.sdpMLineIndex === index)
      .map((c) => candidateElement(c.candidate))
      .filter((c) => c !== undefined)
    if (elements.length === 0) return
    contents.push(
      xml('content', { creator, name: String(line.mid) }, transport(line, session, elements, true)),
    )
  })
  return contents
}

/** From an SDP candidate attribute. */
export function candidateElement(line: string): Xml | undefined {
  const parts = line.replace(/^a=/, '').replace(/^candidate:/, '').split(' ')
  const [foundation, component, protocol, priority, ip, port, typ, type, ...rest] = parts
  if (typ !== 'typ' || !ip || !type) return undefined
  const extra = new Map<string, string>()
  for (let i = 0; i + 1 < rest.length; i += 2) extra.set(rest[i]!, rest[i + 1]!)
  return xml('candidate', {
    foundation,
    component,
    protocol: protocol!.toLowerCase(),
    priority,
    ip,
    port,
    type,
    id: `${foundation}${port}${component}`,
    network: '0',
    generation: extra.get('generation') ?? '0',
    'rel-addr': extra.get('raddr'),
    'rel-port': extra.get('rport'),
    tcptype: extra.get('tcptype'),
  })
}

function description(line: MediaDescription, session: SessionDescription, sources: readonly Source[]): Xml {
  const payloadTypes = line.rtp.map((rtp) =>
    xml(
      'payload-type',
      { id: rtp.payload, name: rtp.codec, clockrate: rtp.rate ?? 90000, channels: rtp.encoding },
      (line.fmtp ?? []).filter((f) => f.payload === rtp.payload).flatMap((f) => parameters(f.config)),
      (line.rtcpFb ?? [])
        .filter((fb) => String(fb.payload) === String(rtp.payload) || String(fb.payload) === '*')
        .map((fb) => xml('rtcp-fb', { xmlns: NS.RTCP_FB, type: fb.type, subtype: fb.subtype })),
    ),
  )
  const extensions = (line.ext ?? []).map((e) => xml('rtp-hdrext', { xmlns: NS.HDREXT, id: e.value, uri: e.uri }))
  const mixed = line.extmapAllowMixed ?? session.extmapAllowMixed
  return xml(
    'description',
    { xmlns: NS.RTP, media: line.type },
    payloadTypes,
    sourceElements(sources),
    xml('rtcp-mux'),
    extensions,
    mixed ? xml('extmap-allow-mixed', { xmlns: NS.HDREXT }) : undefined,
  )
}

function parameters(config: string): Xml[] {
  return config
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0
        ? xml('parameter', { name: '', value: part })
        : xml('parameter', { name: part.slice(0, equals), value: part.slice(equals + 1) })
    })
}

function transport(
  line: MediaDescription,
  session: SessionDescription,
  candidates: readonly Xml[] = [],
  required = false,
): Xml {
  const fingerprint = line.fingerprint ?? session.fingerprint
  const setup = line.setup ?? session.setup
  return xml(
    'transport',
    { xmlns: NS.ICE, ufrag: line.iceUfrag ?? session.iceUfrag, pwd: line.icePwd ?? session.icePwd },
    xml('rtcp-mux'),
    fingerprint
      ? xml(
          'fingerprint',
          { xmlns: NS.DTLS, hash: fingerprint.type, setup, required: required ? true : undefined },
          fingerprint.hash,
        )
      : undefined,
    candidates,
  )
}

function group(contents: readonly Xml[]): Xml {
  return xml(
    'group',
    { xmlns: NS.GROUPING, semantics: 'BUNDLE' },
    contents.map((c) => xml('content', { name: c.attrs['name'] })),
  )
}

function randomSsrc(): number {
  // Zero and the top are kept out: some implementations take them for "none".
  return 1 + Math.floor(Math.random() * 0xfffffffd)
}
