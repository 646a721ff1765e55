/** From a peer connection's statistics to figures for people: rates, loss, sizes, and one number for quality. */
import type { ConnectionStats } from './api'

/** The fields that are read from the entries of an RTCStatsReport; which of them exist depends on the type. */
export interface StatsEntry {
  id: string
  type: string
  timestamp: number
  kind?: string
  mid?: string
  codecId?: string
  mimeType?: string
  bytesSent?: number
  bytesReceived?: number
  packetsReceived?: number
  packetsLost?: number
  packetsSent?: number
  fractionLost?: number
  frameWidth?: number
  frameHeight?: number
  framesPerSecond?: number
  qualityLimitationReason?: string
  currentRoundTripTime?: number
  selectedCandidatePairId?: string
  localCandidateId?: string
  remoteCandidateId?: string
  nominated?: boolean
  selected?: boolean
  state?: string
  candidateType?: string
  protocol?: string
  relayProtocol?: string
  address?: string
  port?: number
  audioLevel?: number
}

export interface SourceStats {
  bitrate: number
  /** Percent. */
  loss: number
  codec?: string
  width?: number
  height?: number
  framesPerSecond?: number
}

export interface SessionStats {
  self: ConnectionStats
  /** What is received, by mid. */
  received: Map<string, SourceStats>
}

/** Turns one report after the other into rates. */
export class StatsReader {
  #previous = new Map<string, StatsEntry>()
  readonly #path: 'p2p' | 'bridge'

  constructor(path: 'p2p' | 'bridge') {
    this.#path = path
  }

  read(entries: Iterable<StatsEntry>): SessionStats {
    const now = new Map<string, StatsEntry>()
    for (const entry of entries) now.set(entry.id, entry)
    const before = this.#previous
    this.#previous = now

    const received = new Map<string, SourceStats>()
    const self = emptyStats(this.#path)
    let lost = 0
    let expected = 0
    let lossUpSum = 0
    let lossUpCount = 0
    let largest: StatsEntry | undefined
    let audioBitrate = 0
    let videoBitrate = 0
    const codecName = (entry: StatsEntry): string | undefined =>
      entry.codecId === undefined ? undefined : now.get(entry.codecId)?.mimeType?.replace(/^.*\//, '')

    for (const entry of now.values()) {
      const old = before.get(entry.id)
      switch (entry.type) {
        case 'inbound-rtp': {
          const bitrate = rate(entry, old, 'bytesReceived')
          const lostNow = Math.max(0, difference(entry, old, 'packetsLost'))
          const all = lostNow + Math.max(0, difference(entry, old, 'packetsReceived'))
          lost += lostNow
          expected += all
          self.bitrateDown += bitrate
          if (entry.mid === undefined) break
          const source: SourceStats = { bitrate, loss: percent(lostNow, all) }
          const codec = codecName(entry)
          if (codec !== undefined) source.codec = codec
          if (entry.frameWidth !== undefined) source.width = entry.frameWidth
          if (entry.frameHeight !== undefined) source.height = entry.frameHeight
          if (entry.framesPerSecond !== undefined) source.framesPerSecond = entry.framesPerSecond
          received.set(entry.mid, source)
          break
        }
        case 'outbound-rtp': {
          const bitrate = rate(entry, old, 'bytesSent')
          self.bitrateUp += bitrate
          const codec = codecName(entry)
          if (entry.kind === 'audio') {
            audioBitrate += bitrate
            if (codec) self.audioCodec = codec
          } else {
            videoBitrate += bitrate
            if (bitrate > 0 && (entry.frameHeight ?? 0) >= (largest?.frameHeight ?? 0)) largest = entry
          }
          break
        }
        case 'remote-inbound-rtp':
          if (entry.fractionLost !== undefined) {
            lossUpSum += entry.fractionLost * 100
            lossUpCount++
          }
          break
      }
    }
    self.audioBitrate = audioBitrate
    self.videoBitrate = videoBitrate
    self.lossDown = percent(lost, expected)
    self.lossUp = lossUpCount ? round1(lossUpSum / lossUpCount) : 0
    if (largest) {
      const codec = codecName(largest)
      if (codec) self.codec = codec
      if (largest.frameWidth !== undefined) self.width = largest.frameWidth
      if (largest.frameHeight !== undefined) self.height = largest.frameHeight
      if (largest.framesPerSecond !== undefined) self.framesPerSecond = largest.framesPerSecond
      if (largest.qualityLimitationReason !== undefined) self.limitedBy = largest.qualityLimitationReason
    }
    readPath(now, self)
    self.quality = quality(self)
    return { self, received }
  }
}

/** What one participant's sources amount to, on the path that the session's own figures tell of. */
export function participantStats(
  session: ConnectionStats,
  sources: readonly { kind: 'audio' | 'video'; stats: SourceStats }[],
  reported: Record<string, unknown> | undefined,
): ConnectionStats {
  const { path, relayed, transport, roundTripMs, localAddress, remoteAddress } = session
  const stats: ConnectionStats = { ...emptyStats(path), relayed, transport }
  if (roundTripMs !== undefined) stats.roundTripMs = roundTripMs
  if (localAddress !== undefined) stats.localAddress = localAddress
  if (remoteAddress !== undefined) stats.remoteAddress = remoteAddress
  let loss = 0
  for (const { kind, stats: source } of sources) {
    stats.bitrateDown += source.bitrate
    loss = Math.max(loss, source.loss)
    if (kind === 'audio') {
      stats.audioBitrate = source.bitrate
      if (source.codec) stats.audioCodec = source.codec
    } else if (stats.height === undefined || (source.height ?? 0) > stats.height) {
      stats.videoBitrate = source.bitrate
      if (source.codec) stats.codec = source.codec
      if (source.width !== undefined) stats.width = source.width
      if (source.height !== undefined) stats.height = source.height
      if (source.framesPerSecond !== undefined) stats.framesPerSecond = source.framesPerSecond
    }
  }
  stats.lossDown = loss
  if (path === 'p2p') {
    stats.bitrateUp = session.bitrateUp
    stats.lossUp = session.lossUp
  }
  stats.quality = quality(stats)
  // The participant knows its own connection best.
  const told = reported?.['connectionQuality']
  if (typeof told === 'number' && told >= 0 && told <= 100) stats.quality = Math.round(Math.min(told, stats.quality))
  return stats
}

/** What we tell the others of our connection, in the form that stock clients read. */
export function endpointStats(self: ConnectionStats, maxEnabledResolution: number): Record<string, unknown> {
  const kbps = (bits: number): number => Math.round(bits / 1000)
  return {
    bitrate: { upload: kbps(self.bitrateUp), download: kbps(self.bitrateDown) },
    packetLoss: {
      total: Math.round(Math.max(self.lossUp, self.lossDown)),
      upload: Math.round(self.lossUp),
      download: Math.round(self.lossDown),
    },
    connectionQuality: self.quality,
    maxEnabledResolution,
    ...(self.roundTripMs === undefined ? {} : { jvbRTT: self.roundTripMs }),
  }
}

function readPath(entries: Map<string, StatsEntry>, self: ConnectionStats): void {
  let pair: StatsEntry | undefined
  for (const entry of entries.values()) {
    if (entry.type === 'transport' && entry.selectedCandidatePairId) pair = entries.get(entry.selectedCandidatePairId)
  }
  if (!pair) {
    for (const entry of entries.values()) {
      // Firefox marks the pair itself.
      if (entry.type === 'candidate-pair' && (entry.selected || (entry.nominated && entry.state === 'succeeded'))) {
        pair = entry
      }
    }
  }
  if (!pair) return
  if (pair.currentRoundTripTime !== undefined) self.roundTripMs = Math.round(pair.currentRoundTripTime * 1000)
  const local = entries.get(pair.localCandidateId ?? '')
  const remote = entries.get(pair.remoteCandidateId ?? '')
  self.relayed = local?.candidateType === 'relay' || remote?.candidateType === 'relay'
  const protocol = local?.relayProtocol ?? local?.protocol
  self.transport = protocol === 'udp' ? 'udp' : protocol ? 'tcp' : 'unknown'
  if (local?.address) self.localAddress = `${local.address}:${local.port ?? ''}`
  if (remote?.address) self.remoteAddress = `${remote.address}:${remote.port ?? ''}`
}

function emptyStats(path: 'p2p' | 'bridge'): ConnectionStats {
  return {
    path,
    relayed: false,
    transport: 'unknown',
    bitrateUp: 0,
    bitrateDown: 0,
    lossUp: 0,
    lossDown: 0,
    quality: 100,
  }
}

/** Loss hurts most; round trips begin to be felt beyond 150 ms; a sender without bandwidth shows it. */
export function quality(stats: ConnectionStats): number {
  const loss = Math.max(stats.lossUp, stats.lossDown)
  const slow = Math.max(0, (stats.roundTripMs ?? 0) - 150)
  const starved = stats.limitedBy === 'bandwidth' ? 20 : 0
  return Math.max(0, Math.round(100 - Math.min(70, loss * 5) - Math.min(30, slow / 10) - starved))
}

type Counter = 'bytesSent' | 'bytesReceived' | 'packetsReceived' | 'packetsLost'

function difference(entry: StatsEntry, old: StatsEntry | undefined, counter: Counter): number {
  return old ? (entry[counter] ?? 0) - (old[counter] ?? 0) : 0
}

function rate(entry: StatsEntry, old: StatsEntry | undefined, counter: Counter): number {
  const seconds = old ? (entry.timestamp - old.timestamp) / 1000 : 0
  return seconds > 0 ? Math.max(0, Math.round((difference(entry, old, counter) * 8) / seconds)) : 0
}

function percent(part: number, whole: number): number {
  return whole > 0 ? round1((100 * part) / whole) : 0
}

function round1(value: number): number {
  return Math.round(value * 10) / 10
}
