/** The others in the meeting, kept up to date from the room and from media, and told when they look different. */
import type { MeetingEvents, Participant } from './api'
import type { Emitter } from './emitter'
import type { Media } from './media'
import type { Occupant } from './presence'
import type { Departure, Room } from './room'
import { describeParticipant, sameParticipant, type MediaView } from './roster'

export class Participants {
  readonly all = new Map<string, Participant>()
  readonly #events: Emitter<MeetingEvents>
  readonly #hiddenDomain: string | undefined
  /** Whom the bridge does not hear. */
  readonly #inactive = new Set<string>()
  #forwarded: ReadonlySet<string> | undefined
  #room: Room | undefined
  #media: Media | undefined

  /** @param hiddenDomain accounts of recorders and other services that are not shown */
  constructor(events: Emitter<MeetingEvents>, hiddenDomain: unknown) {
    this.#events = events
    this.#hiddenDomain = typeof hiddenDomain === 'string' && hiddenDomain !== '' ? hiddenDomain : undefined
  }

  /** Begins to follow a room and its media. */
  follow(room: Room, media: Media): void {
    this.#room = room
    this.#media = media
    room.on('occupant-joined', (occupant) => this.#describe(occupant, this.#view()))
    room.on('occupant-changed', (occupant) => this.#describe(occupant, this.#view()))
    room.on('occupant-left', ({ occupant, departure }) => this.#left(occupant.nick, departure))
    media.on('tracks', () => this.#describeAll())
    media.on('path', () => this.#describeAll())
    media.on('forwarded', (sources) => {
      this.#forwarded = new Set(sources)
      this.#describeAll()
    })
    media.on('connectivity', ({ id, active }) => {
      if (active) this.#inactive.delete(id)
      else this.#inactive.add(id)
      this.#describeAll()
    })
  }

  /** Occupants that are people. */
  people(room: Room): Occupant[] {
    return [...room.occupants.values()].filter((occupant) => !this.#hidden(occupant))
  }

  /** Everybody is gone with the room. */
  forget(): void {
    this.#room = undefined
    this.#media = undefined
    this.#forwarded = undefined
    this.#inactive.clear()
    for (const id of [...this.all.keys()]) {
      this.all.delete(id)
      this.#events.emit('participant-left', { id, reason: 'left' })
    }
  }

  #left(id: string, departure: Departure): void {
    // Whoever was not heard any more did not leave by will.
    const silent = this.#inactive.delete(id) && !this.#media?.direct
    const reason = departure === 'left' && silent ? 'lost' : departure
    if (this.all.delete(id)) this.#events.emit('participant-left', { id, reason })
  }

  #describeAll(): void {
    const view = this.#view()
    for (const occupant of this.#room?.occupants.values() ?? []) this.#describe(occupant, view)
  }

  #describe(occupant: Occupant, view: MediaView): void {
    if (this.#hidden(occupant)) return
    const before = this.all.get(occupant.nick)
    const now = describeParticipant(occupant, view)
    if (before && sameParticipant(before, now)) return
    this.all.set(now.id, now)
    this.#events.emit(before ? 'participant-changed' : 'participant-joined', now)
  }

  #view(): MediaView {
    return {
      tracks: this.#media?.tracks() ?? new Map<string, MediaStreamTrack>(),
      forwarded: this.#forwarded,
      direct: this.#media?.direct ?? false,
      inactive: this.#inactive,
    }
  }

  #hidden(occupant: Occupant): boolean {
    return this.#hiddenDomain !== undefined && occupant.realJid.split('/')[0]!.endsWith(`@${this.#hiddenDomain}`)
  }
}
