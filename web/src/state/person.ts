import { computed, signal } from '@preact/signals'
import type { ConnectionStats, Participant, RemoteSource } from '../protocol/api'

/** How long somebody counts as speaking after the last loud moment, so that the ring does not flicker. */
const speakingHoldMs = 700
/** From this level on it is speech and not the room. */
const speakingLevel = 0.02

/** Somebody else in the meeting, each part observable on its own: a level that changes redraws one ring and no list. */
export class Person {
  readonly info
  readonly speaking = signal(false)
  readonly stats = signal<ConnectionStats | undefined>(undefined)
  /** How loud this person is played here, 0 to 1. */
  readonly volume = signal(1)
  readonly name = computed(() => this.info.value.displayName)
  readonly camera = computed(() => this.info.value.sources.find((s) => s.kind === 'video' && s.videoType === 'camera'))
  readonly screens = computed(() => this.info.value.sources.filter((s) => s.kind === 'video' && s.videoType === 'desktop' && !s.muted))
  readonly audio = computed(() => this.info.value.sources.filter((s) => s.kind === 'audio'))
  /** Nothing is heard from this person: no microphone, or a muted one. */
  readonly muted = computed(() => this.audio.value.every((s) => s.muted))
  private quiet: ReturnType<typeof setTimeout> | undefined

  constructor(participant: Participant) {
    this.info = signal(copy(participant))
  }

  get id(): string {
    return this.info.peek().id
  }

  /** Takes over a new state. The protocol may hand out the same object again, changed; observers need a new one. */
  update(participant: Participant): void {
    this.info.value = copy(participant)
  }

  heard(level: number): void {
    if (level < speakingLevel) return
    this.speaking.value = true
    clearTimeout(this.quiet)
    this.quiet = setTimeout(() => (this.speaking.value = false), speakingHoldMs)
  }
}

const copy = (participant: Participant): Participant => ({
  ...participant,
  sources: participant.sources.map((source): RemoteSource => ({ ...source })),
})
