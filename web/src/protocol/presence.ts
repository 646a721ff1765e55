/** What occupants tell of themselves in their presence: ours written, theirs read (wire contract, section 4). */
import type { MediaKind } from './api'
import { capsElement } from './caps'
import { NS } from './namespaces'
import { attr, child, childText, childrenOf, xml, type Xml } from './xml'

/** One entry of the presence's `SourceInfo`. */
export interface SourceState {
  muted: boolean
  videoType?: 'camera' | 'desktop'
}

/** What we say of ourselves. */
export interface SelfState {
  displayName: string
  statsId: string
  capsVersion: string
  codecs: readonly string[]
  raisedHand: number
  sources: ReadonlyMap<string, SourceState>
}

export function presenceExtensions(self: SelfState): Xml[] {
  return [
    xml('stats-id', {}, self.statsId),
    capsElement(self.capsVersion),
    xml('nick', { xmlns: NS.NICK }, self.displayName),
    xml('jitsi_participant_codecList', {}, self.codecs.join(',')),
    xml('SourceInfo', {}, sourceInfo(self.sources)),
    ...(self.raisedHand ? [xml('jitsi_participant_raisedHand', {}, String(self.raisedHand))] : []),
  ]
}

export function sourceInfo(sources: ReadonlyMap<string, SourceState>): string {
  const written: Record<string, SourceState> = {}
  for (const [name, state] of sources) {
    // A camera is what a video source is when nothing is said.
    written[name] = state.videoType === 'desktop' ? { muted: state.muted, videoType: 'desktop' } : { muted: state.muted }
  }
  return JSON.stringify(written)
}

/** An occupant as its presence shows it. */
export interface Occupant {
  nick: string
  /** Full JID of the account behind the nick. */
  realJid: string
  affiliation: string
  role: string
  displayName: string
  raisedHand: number
  sources: Map<string, SourceState>
  /** Video codecs that it can receive, in small letters; empty when it does not say. */
  codecs: readonly string[]
  /** Features named in the presence itself, those of gateways among them. */
  features: Set<string>
  /** A recorder, a gateway or another service rather than a person. */
  botType?: string
  statusCodes: Set<number>
}

export function parseOccupant(presence: Xml, nick: string): Occupant {
  const user = child(presence, 'x', NS.MUC_USER)
  const item = child(user, 'item')
  const botType = attr(child(presence, 'bot'), 'type')
  return {
    nick,
    realJid: attr(item, 'jid') ?? '',
    affiliation: attr(item, 'affiliation') ?? 'none',
    role: attr(item, 'role') ?? 'none',
    displayName: childText(presence, 'nick', NS.NICK).slice(0, 200),
    raisedHand: parseRaisedHand(childText(presence, 'jitsi_participant_raisedHand')),
    sources: parseSourceInfo(presence, nick),
    codecs: parseCodecs(presence),
    features: new Set(childrenOf(child(presence, 'features'), 'feature').map((f) => attr(f, 'var') ?? '')),
    ...(botType === undefined ? {} : { botType }),
    statusCodes: statusCodes(user),
  }
}

function parseCodecs(presence: Xml): string[] {
  const list = childText(presence, 'jitsi_participant_codecList') || childText(presence, 'jitsi_participant_codecType')
  return list
    .slice(0, 200)
    .split(',')
    .map((codec) => codec.trim().toLowerCase())
    .filter(Boolean)
}

export function statusCodes(user: Xml | undefined): Set<number> {
  return new Set(childrenOf(user, 'status').map((s) => Number(attr(s, 'code'))))
}

/** A timestamp of stock clients; older ones wrote `true`. */
function parseRaisedHand(text: string): number {
  if (text === 'true') return 1
  const time = Number(text)
  return Number.isFinite(time) && time > 0 ? time : 0
}

function parseSourceInfo(presence: Xml, nick: string): Map<string, SourceState> {
  const states = new Map<string, SourceState>()
  const text = childText(presence, 'SourceInfo')
  if (text) {
    for (const [name, value] of Object.entries(parseObject(text))) {
      // Nobody speaks for another's sources.
      if (!name.startsWith(`${nick}-`) || typeof value !== 'object' || value === null) continue
      const { muted, videoType } = value as { muted?: unknown; videoType?: unknown }
      states.set(name, {
        muted: muted === true,
        ...(kindOf(name) === 'video' ? { videoType: isDesktop(videoType) ? 'desktop' : 'camera' } : {}),
      })
    }
    return states
  }
  // Clients from before source names.
  const audio = child(presence, 'audiomuted')
  const video = child(presence, 'videomuted')
  if (audio) states.set(`${nick}-a0`, { muted: audio.text === 'true' })
  if (video) {
    const desktop = isDesktop(childText(presence, 'videoType'))
    states.set(`${nick}-v0`, { muted: video.text === 'true', videoType: desktop ? 'desktop' : 'camera' })
  }
  return states
}

function isDesktop(videoType: unknown): boolean {
  return videoType === 'desktop' || videoType === 'desktop_high_fps'
}

/** From a source's name, `<endpoint>-<a or v><index>`. */
export function kindOf(sourceName: string): MediaKind {
  return /-a\d+$/.test(sourceName) ? 'audio' : 'video'
}

export function sourceName(endpoint: string, kind: MediaKind, index: number): string {
  return `${endpoint}-${kind === 'audio' ? 'a' : 'v'}${index}`
}

export function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
