/** Reads statistics once a second and audio levels a few times a second, from the path in use. */
import type { ConnectionStats } from './api'
import type { MediaSession } from './mediaSession'
import type { Media } from './media'
import { participantStats, StatsReader, type SessionStats, type SourceStats, type StatsEntry } from './stats'
import { kindOf } from './presence'
import { ownerOf } from './roster'

const STATS_MS = 1000
const LEVELS_MS = 200

export interface MeterListener {
  stats(self: ConnectionStats, participants: Map<string, ConnectionStats>): void
  levels(levels: Map<string, number>): void
}

export class Meter {
  readonly #media: Media
  readonly #selfId: string
  readonly #listener: MeterListener
  readonly #readers = new WeakMap<MediaSession, StatsReader>()
  readonly #reported = new Map<string, Record<string, unknown>>()
  readonly #timers: ReturnType<typeof setInterval>[]
  #levelPending = false

  constructor(media: Media, selfId: string, listener: MeterListener) {
    this.#media = media
    this.#selfId = selfId
    this.#listener = listener
    media.on('endpoint-stats', ({ from, stats }) => this.#reported.set(from, stats))
    this.#timers = [
      setInterval(() => void this.#readStats(), STATS_MS),
      setInterval(() => void this.#readLevels(), LEVELS_MS),
    ]
  }

  participantLeft(id: string): void {
    this.#reported.delete(id)
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  async #readStats(): Promise<void> {
    const session = this.#media.current
    if (!session || session.closed) return
    let reader = this.#readers.get(session)
    if (!reader) {
      reader = new StatsReader(session === this.#media.p2p ? 'p2p' : 'bridge')
      this.#readers.set(session, reader)
    }
    let read: SessionStats
    try {
      read = reader.read(entries(await session.pc.getStats()))
    } catch {
      // Closed meanwhile.
      return
    }
    const bySender = new Map<string, { kind: 'audio' | 'video'; stats: SourceStats }[]>()
    const names = session.sourceByMid()
    for (const [mid, stats] of read.received) {
      const source = names.get(mid)
      if (!source || source.owner === 'jvb') continue
      const owner = ownerOf(source.name)
      const list = bySender.get(owner) ?? []
      list.push({ kind: kindOf(source.name), stats })
      bySender.set(owner, list)
    }
    const participants = new Map<string, ConnectionStats>()
    for (const [owner, sources] of bySender) {
      participants.set(owner, participantStats(read.self, sources, this.#reported.get(owner)))
    }
    this.#listener.stats(read.self, participants)
  }

  async #readLevels(): Promise<void> {
    const session = this.#media.current
    if (!session || session.closed || this.#levelPending) return
    const levels = new Map<string, number>()
    const names = session.sourceByMid()
    for (const { mid, receiver } of session.pc.getTransceivers()) {
      const source = mid === null ? undefined : names.get(mid)
      if (!source || receiver.track.kind !== 'audio' || source.owner === 'jvb') continue
      const [latest] = receiver.getSynchronizationSources()
      if (latest?.audioLevel !== undefined) levels.set(ownerOf(source.name), latest.audioLevel)
    }
    const sender = session.sender('audio')
    if (sender?.track) {
      this.#levelPending = true
      try {
        for (const entry of entries(await sender.getStats())) {
          if (entry.type === 'media-source' && entry.audioLevel !== undefined) levels.set(this.#selfId, entry.audioLevel)
        }
      } catch {
        // Closed meanwhile.
      }
      this.#levelPending = false
    } else levels.set(this.#selfId, 0)
    this.#listener.levels(levels)
  }
}

function entries(report: RTCStatsReport): StatsEntry[] {
  const list: StatsEntry[] = []
  report.forEach((entry: StatsEntry) => list.push(entry))
  return list
}
