/** Our own presence in the room: what it says, and sending it anew when that changes. */
import { ownCapsVersion } from './caps'
import type { LocalMedia } from './localMedia'
import { presenceExtensions } from './presence'
import type { Room } from './room'
import type { Xml } from './xml'

/** Changes that come within this time go out together. */
const GATHER_MS = 20

export class SelfPresence {
  displayName: string
  raisedHand = 0
  readonly #statsId: string
  readonly #codecs: readonly string[]
  readonly #local: LocalMedia
  #capsVersion = ''
  #sent = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(displayName: string, statsId: string, codecs: readonly string[], local: LocalMedia) {
    this.displayName = displayName
    this.#statsId = statsId
    this.#codecs = codecs
    this.#local = local
  }

  /** To be awaited before the first presence. */
  async prepare(): Promise<void> {
    this.#capsVersion ||= await ownCapsVersion()
  }

  async join(room: Room, password: string | undefined): Promise<void> {
    const extensions = this.#extensions(room)
    this.#sent = JSON.stringify(extensions)
    await room.join(extensions, password)
  }

  /** Tells the room what is new, if anything is. */
  publishSoon(room: Room | undefined): void {
    if (!room?.joined || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const extensions = this.#extensions(room)
      const written = JSON.stringify(extensions)
      if (!room.joined || written === this.#sent) return
      this.#sent = written
      room.sendPresence(extensions)
    }, GATHER_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #extensions(room: Room): Xml[] {
    return presenceExtensions({
      displayName: this.displayName,
      statsId: this.#statsId,
      capsVersion: this.#capsVersion,
      codecs: this.#codecs,
      raisedHand: this.raisedHand,
      sources: this.#local.sourceStates(room.nick),
    })
  }
}
