/** Media sources as Jingle signals them: XML per SSRC (XEP-0339 and the source names), or Jitsi's compact JSON. */
import type { MediaKind } from './api'
import { NS } from './namespaces'
import { parseObject, sourceName } from './presence'
import { attr, child, childrenOf, xml, type Xml } from './xml'

export interface SourceGroup {
  /** `SIM` orders the layers from low to high; `FID` pairs a stream with its retransmissions. */
  semantics: string
  ssrcs: number[]
}

/** One microphone, camera or screen with all its SSRCs. */
export interface Source {
  name: string
  /** Endpoint id; `jvb` for the bridge's own. */
  owner: string
  kind: MediaKind
  videoType: 'camera' | 'desktop'
  /** Stream and track id, separated by a space. */
  msid: string
  /** The sender's name in SDP; its owner's, if nothing else. */
  cname?: string
  ssrcs: number[]
  groups: SourceGroup[]
}

/** Peers can signal so many sources in one message at most. */
const MAX_SOURCES = 4000

/**
 * The sources in a Jingle element, from its contents and its JSON message alike. `defaultOwner` owns those that name
 * nobody, as in sessions between two.
 */
export function parseSources(jingle: Xml, defaultOwner: string): Source[] {
  const collector = new Collector()
  for (const content of childrenOf(jingle, 'content')) {
    const description = child(content, 'description', NS.RTP)
    const kind = attr(description, 'media')
    if (kind !== 'audio' && kind !== 'video') continue
    readDescription(collector, description!, kind, defaultOwner)
  }
  for (const message of childrenOf(jingle, 'json-message', NS.JITMEET)) readJson(collector, message.text)
  return collector.sources()
}

function readDescription(collector: Collector, description: Xml, kind: MediaKind, defaultOwner: string): void {
  for (const source of childrenOf(description, 'source')) {
    const ssrc = parseSsrc(attr(source, 'ssrc'))
    if (ssrc === undefined) continue
    // Some senders write the owner as the occupant's address.
    const owner = (attr(child(source, 'ssrc-info'), 'owner') ?? defaultOwner).replace(/^.*\//, '')
    const msid = childrenOf(source, 'parameter').find((p) => attr(p, 'name') === 'msid')
    collector.add(kind, ssrc, {
      owner,
      name: attr(source, 'name'),
      msid: attr(msid, 'value'),
      desktop: /^desktop/.test(attr(source, 'videoType') ?? ''),
    })
  }
  for (const group of childrenOf(description, 'ssrc-group')) {
    const ssrcs = childrenOf(group, 'source').map((s) => parseSsrc(attr(s, 'ssrc')))
    collector.group(attr(group, 'semantics') ?? '', ssrcs)
  }
}

/** `{"sources":{"<owner>":[[video],[video groups],[audio],[audio groups]]}}` */
function readJson(collector: Collector, json: string): void {
  const sources = parseObject(json)['sources']
  if (typeof sources !== 'object' || sources === null) return
  for (const [owner, lists] of Object.entries(sources)) {
    if (!Array.isArray(lists)) continue
    const [video, videoGroups, audio, audioGroups] = lists as unknown[]
    for (const [kind, entries] of [['video', video], ['audio', audio]] as const) {
      for (const entry of asArray(entries)) {
        if (typeof entry !== 'object' || entry === null) continue
        const { s, n, m, v } = entry as { s?: unknown; n?: unknown; m?: unknown; v?: unknown }
        const ssrc = parseSsrc(s)
        if (ssrc === undefined) continue
        collector.add(kind, ssrc, { owner, name: asString(n), msid: asString(m), desktop: v !== undefined && v !== 'c' })
      }
    }
    for (const group of [...asArray(videoGroups), ...asArray(audioGroups)]) {
      const [semantics, ...ssrcs] = asArray(group)
      const names: Record<string, string> = { f: 'FID', s: 'SIM' }
      collector.group(names[String(semantics)] ?? String(semantics), ssrcs.map(parseSsrc))
    }
  }
}

/** Puts SSRCs and groups together into sources. */
class Collector {
  readonly #byName = new Map<string, Source>()
  readonly #bySsrc = new Map<number, Source>()
  readonly #groups: SourceGroup[] = []

  add(
    kind: MediaKind,
    ssrc: number,
    of: { owner: string; name: string | undefined; msid: string | undefined; desktop: boolean },
  ): void {
    if (this.#bySsrc.has(ssrc) || this.#bySsrc.size >= MAX_SOURCES) return
    const name = of.name ?? sourceName(of.owner, kind, 0)
    let source = this.#byName.get(name)
    if (!source) {
      source = {
        name,
        owner: of.owner,
        kind,
        videoType: kind === 'video' && of.desktop ? 'desktop' : 'camera',
        msid: of.msid ?? `${name} ${name}`,
        ssrcs: [],
        groups: [],
      }
      this.#byName.set(name, source)
    }
    source.ssrcs.push(ssrc)
    this.#bySsrc.set(ssrc, source)
  }

  group(semantics: string, ssrcs: (number | undefined)[]): void {
    const valid = ssrcs.filter((ssrc) => ssrc !== undefined)
    if (valid.length > 1 && valid.length === ssrcs.length) this.#groups.push({ semantics, ssrcs: valid })
  }

  sources(): Source[] {
    for (const group of this.#groups) this.#bySsrc.get(group.ssrcs[0]!)?.groups.push(group)
    return [...this.#byName.values()]
  }
}

/**
 * What a receiver needs of a source: its first stream and that one's retransmissions. The bridge sends a single
 * encoding, on the first SSRC of the simulcast group.
 */
export function withoutSimulcast(source: Source): Source {
  const simulcast = source.groups.find((g) => g.semantics === 'SIM')
  const primary = simulcast?.ssrcs[0] ?? source.groups.find((g) => g.semantics === 'FID')?.ssrcs[0] ?? source.ssrcs[0]
  if (primary === undefined) return source
  const pair = source.groups.find((g) => g.semantics === 'FID' && g.ssrcs[0] === primary)
  return { ...source, ssrcs: pair ? [...pair.ssrcs] : [primary], groups: pair ? [pair] : [] }
}

/** The children of an RTP description that announce the sources. */
export function sourceElements(sources: readonly Source[]): Xml[] {
  const elements: Xml[] = []
  for (const source of sources) {
    for (const ssrc of source.ssrcs) {
      const videoType = source.kind === 'video' ? source.videoType : undefined
      const msid = xml('parameter', { name: 'msid', value: source.msid })
      elements.push(xml('source', { xmlns: NS.SSMA, ssrc, name: source.name, videoType }, msid))
    }
  }
  for (const source of sources) {
    for (const group of source.groups) {
      const members = group.ssrcs.map((ssrc) => xml('source', { ssrc }))
      elements.push(xml('ssrc-group', { xmlns: NS.SSMA, semantics: group.semantics }, members))
    }
  }
  return elements
}

/** Contents for source-add and source-remove; `nameOf` names the content of a source. */
export function sourceContents(sources: readonly Source[], nameOf: (source: Source) => string): Xml[] {
  const byContent = new Map<string, Source[]>()
  for (const source of sources) {
    const name = nameOf(source)
    byContent.set(name, [...(byContent.get(name) ?? []), source])
  }
  return [...byContent].map(([name, list]) =>
    xml(
      'content',
      { name, creator: 'responder', senders: 'both' },
      xml('description', { xmlns: NS.RTP, media: list[0]!.kind }, sourceElements(list)),
    ),
  )
}

function parseSsrc(value: unknown): number | undefined {
  const ssrc = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN
  return Number.isInteger(ssrc) && ssrc >= 0 && ssrc <= 0xffffffff ? ssrc : undefined
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
