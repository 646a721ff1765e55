/**
 * The other side of a peer connection – bridge or peer – as a value that grows with the session: codecs and transport
 * from its first message, and one m-line for every source that comes and goes. Browsers are told of each change as a
 * new offer made from it, whoever made the first one.
 */
import type { MediaKind } from './api'
import type { SourceMapping } from './channel'
import { NS } from './namespaces'
import { parseSources, withoutSimulcast, type Source } from './sources'
import { attr, child, childrenOf, type Xml } from './xml'

interface PayloadType {
  id: string
  name: string
  clockRate: string
  channels: string | undefined
  parameters: string
  feedback: string[]
}

interface RtpDescription {
  payloadTypes: PayloadType[]
  extensions: { id: string; uri: string }[]
  extmapAllowMixed: boolean
}

interface Transport {
  ufrag: string
  pwd: string
  fingerprints: { hash: string; value: string; setup: string }[]
  /** SDP candidate attributes, without `a=`. */
  candidates: string[]
}

/** What of ours a line carries. */
export type Slot = 'audio' | 'camera' | 'screen'

export interface MediaLine {
  mid: string
  kind: MediaKind
  /** What the remote side sends here. */
  source?: Source
  /** What we send here. */
  slot?: Slot
  /** The stream is the bridge's own: what it stands for changes, the line stays. */
  mapped?: boolean
  /** Out of use; a new source of its kind takes its place under a new mid. */
  rejected: boolean
}

const MID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:mid'

export class RemoteDescription {
  readonly lines: MediaLine[] = []
  /** URL of the bridge channel, when one is offered. */
  readonly webSocketUrl: string | undefined
  readonly #descriptions = new Map<MediaKind, RtpDescription>()
  readonly #transport: Transport
  readonly #p2p: boolean
  #nextMid = 0
  #version = 1

  private constructor(jingle: Xml, p2p: boolean, codecs: readonly string[], soundTwice: boolean) {
    this.#p2p = p2p
    let transport: Xml | undefined
    for (const content of childrenOf(jingle, 'content')) {
      transport ??= child(content, 'transport', NS.ICE)
      const description = child(content, 'description', NS.RTP)
      const kind = attr(description, 'media')
      if ((kind !== 'audio' && kind !== 'video') || this.#descriptions.has(kind)) continue
      this.#descriptions.set(kind, parseDescription(description!, p2p, codecs, soundTwice))
    }
    if (!transport) throw new Error('The session has no transport')
    this.#transport = parseTransport(transport)
    this.webSocketUrl = attr(child(transport, 'web-socket', NS.COLIBRI), 'url')
  }

  /**
   * From the bridge's session-initiate. The first line of a kind carries what we send, and the bridge's own source;
   * each participant's source has a line to itself.
   *
   * @param codecs video codecs that we want to send, best first
   */
  static ofBridge(jingle: Xml, codecs: readonly string[]): RemoteDescription {
    // Sound that is sent twice is offered only where the server wants it sent.
    const remote = new RemoteDescription(jingle, false, codecs, true)
    const sources = parseSources(jingle, 'jvb').map(withoutSimulcast)
    for (const kind of remote.#kinds()) {
      const own = sources.find((s) => s.kind === kind && s.owner === 'jvb')
      const line: MediaLine = { mid: remote.#newMid(), kind, rejected: false }
      if (own) line.source = own
      remote.lines.push(line)
    }
    for (const source of sources) {
      if (source.owner !== 'jvb') remote.addSource(source)
    }
    return remote
  }

  /**
   * From a peer's session-initiate or session-accept, whose contents are its m-lines.
   *
   * @param codecs video codecs that we want to send, best first
   * @param soundTwice whether we want to send sound twice (RFC 2198), which every browser offers
   */
  static ofPeer(jingle: Xml, peer: string, codecs: readonly string[], soundTwice: boolean): RemoteDescription {
    const remote = new RemoteDescription(jingle, true, codecs, soundTwice)
    for (const content of childrenOf(jingle, 'content')) {
      const kind = attr(child(content, 'description', NS.RTP), 'media')
      const mid = attr(content, 'name')
      if ((kind !== 'audio' && kind !== 'video') || mid === undefined) continue
      const [source] = parseSources({ ...jingle, children: [content] }, peer).map(withoutSimulcast)
      remote.lines.push({
        mid,
        kind,
        rejected: attr(content, 'senders') === 'rejected',
        ...(source ? { source } : {}),
      })
    }
    // Compact sources of a session between two, should anybody send them.
    for (const source of parseSources({ ...jingle, children: childrenOf(jingle, 'json-message') }, peer)) {
      remote.addSource(withoutSimulcast(source))
    }
    return remote
  }

  /**
   * The order of the video codecs is another from now on; the browser hears of it with the next offer.
   *
   * @param codecs that we want to send, best first
   */
  preferCodecs(codecs: readonly string[]): void {
    const description = this.#descriptions.get('video')
    if (description) sortByPreference(description.payloadTypes, codecs)
  }

  /** The video codec that the browser sends, in small letters. */
  get videoCodec(): string | undefined {
    return this.#descriptions.get('video')?.payloadTypes[0]?.name.toLowerCase()
  }

  has(kind: MediaKind): boolean {
    return this.#descriptions.has(kind)
  }

  /** False when it was known already. */
  addSource(source: Source): boolean {
    if (!this.#descriptions.has(source.kind)) return false
    const known = this.lines.find((line) => line.source?.name === source.name)
    if (known) {
      if (sameSsrcs(known.source!, source)) return false
      this.removeSource(source.name)
    }
    const free = this.lines.find((line) =>
      this.#p2p ? line.kind === source.kind && !line.source && !line.rejected : line.kind === source.kind && line.rejected,
    )
    if (!free) this.lines.push({ mid: this.#newMid(), kind: source.kind, source, rejected: false })
    else {
      if (free.rejected) free.mid = this.#newMid()
      free.rejected = false
      free.source = source
    }
    return true
  }

  /**
   * The bridge says what one of its streams stands for. Another one that stood for the same stands for nothing then.
   *
   * @returns whether the stream is new, so that the browser has to be told
   */
  mapSource(kind: MediaKind, { source, owner, ssrc, rtx, desktop }: SourceMapping): boolean {
    const line = this.lines.find((l) => l.mapped && l.source?.ssrcs[0] === ssrc)
    for (const other of this.lines) if (other !== line && other.source?.name === source) this.#unname(other)
    if (line) {
      line.source = { ...line.source!, name: source, owner, videoType: desktop ? 'desktop' : 'camera' }
      return false
    }
    const stream = `remote-${kind}-${ssrc}`
    const added = this.addSource({
      name: source,
      owner,
      kind,
      videoType: desktop ? 'desktop' : 'camera',
      msid: `${stream} ${stream}`,
      cname: stream,
      ssrcs: rtx === undefined ? [ssrc] : [ssrc, rtx],
      groups: rtx === undefined ? [] : [{ semantics: 'FID', ssrcs: [ssrc, rtx] }],
    })
    if (added) this.lines.find((l) => l.source?.name === source)!.mapped = true
    return added
  }

  #unname(line: MediaLine): void {
    line.source = { ...line.source!, name: '', owner: '' }
  }

  removeSource(name: string): boolean {
    const line = this.lines.find((l) => l.source?.name === name)
    if (!line) return false
    if (line.mapped) {
      this.#unname(line)
      return false
    }
    delete line.source
    if (!line.slot && !this.#p2p) line.rejected = true
    return true
  }

  removeSourcesOf(owner: string): boolean {
    const names = this.lines.flatMap((l) => (l.source?.owner === owner ? [l.source.name] : []))
    return names.map((name) => this.removeSource(name)).some(Boolean)
  }

  /** The line on which we send that slot; made when there is none yet. */
  lineFor(slot: Slot): MediaLine | undefined {
    const present = this.lines.find((line) => line.slot === slot)
    if (present) return present
    const kind = slot === 'audio' ? 'audio' : 'video'
    if (!this.#descriptions.has(kind)) return undefined
    let line = slot === 'screen' ? undefined : this.lines.find((l) => l.kind === kind && !l.slot && !l.rejected)
    if (!line) this.lines.push((line = { mid: this.#newMid(), kind, rejected: false }))
    line.slot = slot
    return line
  }

  /** @param layers how many the browser is asked by rid to send of the camera; 0 where its SSRCs alone tell */
  toSdp(layers = 0): string {
    const live = this.lines.filter((line) => !line.rejected)
    const session = [
      'v=0',
      `o=- 1 ${++this.#version} IN IP4 0.0.0.0`,
      's=-',
      't=0 0',
      `a=group:BUNDLE ${live.map((line) => line.mid).join(' ')}`,
      'a=msid-semantic: WMS *',
    ]
    const media = this.lines.map((line) => this.#mediaSdp(line, line === live[0], layers))
    return [...session, ...media.flat(), ''].join('\r\n')
  }

  #mediaSdp(line: MediaLine, first: boolean, layers: number): string[] {
    const description = this.#descriptions.get(line.kind)!
    const ids = description.payloadTypes.map((p) => p.id).join(' ')
    const { ufrag, pwd, fingerprints, candidates } = this.#transport
    const source = line.rejected ? undefined : line.source
    const out = [
      `m=${line.kind} ${line.rejected ? 0 : 9} UDP/TLS/RTP/SAVPF ${ids}`,
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      `a=ice-ufrag:${ufrag}`,
      `a=ice-pwd:${pwd}`,
      ...fingerprints.flatMap((f) => [`a=fingerprint:${f.hash} ${f.value}`, `a=setup:${f.setup}`]),
      ...(first ? candidates.map((candidate) => `a=${candidate}`) : []),
      `a=mid:${line.mid}`,
      `a=${line.rejected ? 'inactive' : direction(source !== undefined, line.slot !== undefined)}`,
      'a=rtcp-mux',
    ]
    for (const { id, uri } of description.extensions) out.push(`a=extmap:${id} ${uri}`)
    if (description.extmapAllowMixed) out.push('a=extmap-allow-mixed')
    for (const type of description.payloadTypes) {
      out.push(`a=rtpmap:${type.id} ${type.name}/${type.clockRate}${type.channels ? `/${type.channels}` : ''}`)
      if (type.parameters) out.push(`a=fmtp:${type.id} ${type.parameters}`)
      for (const feedback of type.feedback) out.push(`a=rtcp-fb:${type.id} ${feedback}`)
    }
    if (layers > 0 && line.slot === 'camera') {
      const rids = Array.from({ length: layers }, (_, i) => String(i))
      out.push(...rids.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${rids.join(';')}`)
    }
    if (source) {
      for (const group of source.groups) out.push(`a=ssrc-group:${group.semantics} ${group.ssrcs.join(' ')}`)
      for (const ssrc of source.ssrcs) {
        out.push(`a=ssrc:${ssrc} cname:${clean(source.cname ?? source.owner)}`, `a=ssrc:${ssrc} msid:${clean(source.msid)}`)
      }
    }
    return out
  }

  *#kinds(): Iterable<MediaKind> {
    for (const kind of ['audio', 'video'] as const) if (this.#descriptions.has(kind)) yield kind
  }

  #newMid(): string {
    // As stock clients count them, so that both sides of a P2P session give a line the same mid.
    if (this.#p2p) return String(this.lines.length)
    return String(this.#nextMid++)
  }
}

/** Attributes of an RTCIceCandidate from a `<candidate>`. */
export function candidateLine(candidate: Xml): string | undefined {
  const a = candidate.attrs
  const protocol = a['protocol']?.toLowerCase()
  if (!a['ip'] || !a['port'] || !a['foundation'] || !a['priority'] || !protocol || !a['type']) return undefined
  const parts = [
    `candidate:${a['foundation']}`,
    a['component'] ?? '1',
    protocol === 'ssltcp' ? 'tcp' : protocol,
    a['priority'],
    a['ip'],
    a['port'],
    'typ',
    a['type'],
  ]
  if (a['rel-addr'] && a['rel-port']) parts.push('raddr', a['rel-addr'], 'rport', a['rel-port'])
  if (protocol !== 'udp') parts.push('tcptype', a['tcptype'] ?? 'active')
  parts.push('generation', a['generation'] ?? '0')
  return clean(parts.join(' '))
}

function parseTransport(transport: Xml): Transport {
  return {
    ufrag: clean(attr(transport, 'ufrag') ?? ''),
    pwd: clean(attr(transport, 'pwd') ?? ''),
    fingerprints: childrenOf(transport, 'fingerprint', NS.DTLS).map((f) => ({
      hash: clean(attr(f, 'hash') ?? 'sha-256'),
      value: clean(f.text.trim()),
      setup: clean(attr(f, 'setup') ?? 'actpass'),
    })),
    candidates: childrenOf(transport, 'candidate')
      .map(candidateLine)
      .filter((line) => line !== undefined),
  }
}

function parseDescription(description: Xml, p2p: boolean, codecs: readonly string[], soundTwice: boolean): RtpDescription {
  const payloadTypes = childrenOf(description, 'payload-type').map((type) => ({
    id: clean(attr(type, 'id') ?? ''),
    name: clean(attr(type, 'name') ?? ''),
    clockRate: clean(attr(type, 'clockrate') ?? '90000'),
    channels: attr(type, 'channels') === '1' ? undefined : attr(type, 'channels'),
    parameters: childrenOf(type, 'parameter')
      .map((p) => clean(attr(p, 'name') ? `${attr(p, 'name')}=${attr(p, 'value')}` : (attr(p, 'value') ?? '')))
      .join(';'),
    feedback: childrenOf(type, 'rtcp-fb', NS.RTCP_FB).map((fb) =>
      clean([attr(fb, 'type'), attr(fb, 'subtype')].filter(Boolean).join(' ')),
    ),
  }))
  const sound = soundTwice ? ['red', 'opus'] : ['opus']
  sortByPreference(payloadTypes, attr(description, 'media') === 'audio' ? sound : codecs)
  return {
    payloadTypes,
    extensions: childrenOf(description, 'rtp-hdrext', NS.HDREXT)
      .map((e) => ({ id: clean(attr(e, 'id') ?? ''), uri: clean(attr(e, 'uri') ?? '') }))
      // Mids are each side's own business between two: without them streams are told apart by SSRC alone.
      .filter((e) => !p2p || e.uri !== MID_EXTENSION),
    extmapAllowMixed: child(description, 'extmap-allow-mixed', NS.HDREXT) !== undefined,
  }
}

/** The first codec of the description is the one that the browser sends; sorting is stable. */
function sortByPreference(payloadTypes: PayloadType[], codecs: readonly string[]): void {
  const rank = (name: string): number => {
    const index = codecs.indexOf(name.toLowerCase())
    return index < 0 ? codecs.length : index
  }
  payloadTypes.sort((a, b) => rank(a.name) - rank(b.name))
}

function sameSsrcs(a: Source, b: Source): boolean {
  return a.ssrcs.length === b.ssrcs.length && a.ssrcs.every((ssrc, i) => b.ssrcs[i] === ssrc)
}

function direction(remoteSends: boolean, weSend: boolean): string {
  if (remoteSends) return weSend ? 'sendrecv' : 'sendonly'
  return weSend ? 'recvonly' : 'inactive'
}

/** Values of others become lines of SDP: nothing in them may start a new one. */
function clean(value: string): string {
  return value.replace(/[\r\n\0]/g, '')
}
