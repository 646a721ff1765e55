/**
 * Media of a stay in the room, over two links: the one to the bridge is kept all the time, the one between two carries
 * media instead of it while there are two.
 */
import type { ReceiverWishes, ServerConfig } from './api'
import { BridgeLink } from './bridgeLink'
import type { BridgeSession } from './bridgeSession'
import type { XmppConnection } from './connection'
import { Emitter } from './emitter'
import { JingleRouter } from './jingle'
import type { LocalMedia } from './localMedia'
import type { MediaSession } from './mediaSession'
import type { P2pSession } from './p2pSession'
import { PeerLink } from './peerLink'
import { kindOf, type Occupant } from './presence'
import type { Slot } from './remoteDescription'
import { FOCUS_NICK, type Room } from './room'
import type { Xml } from './xml'

export interface MediaEvents {
  /** Tracks came, went or moved to the other link. */
  tracks: undefined
  path: { p2p: boolean }
  forwarded: string[]
  'dominant-speaker': { id: string; previous: string[] }
  connectivity: { id: string; active: boolean }
  message: { from: string; payload: Record<string, unknown> }
  'endpoint-stats': { from: string; stats: Record<string, unknown> }
  /** What the meeting asks of those who come: to begin with microphone or camera off. */
  'start-muted': { audio: boolean; video: boolean }
  /** The bridge cannot be reached; attempts go on. */
  'bridge-failed': undefined
}

export interface MediaOptions {
  connection: XmppConnection
  room: Room
  config: ServerConfig
  local: LocalMedia
  iceServers(): readonly RTCIceServer[]
  /** Video codecs that we send and receive, best first. */
  codecs: readonly string[]
  /** Occupants that a session between two may be made with. */
  peers(): Occupant[]
  /** Full JID of the focus, when it is in the room under the account that it should have. */
  trustedFocus(): string | undefined
}

export class Media extends Emitter<MediaEvents> {
  readonly #options: MediaOptions
  readonly #router: JingleRouter
  readonly #bridge: BridgeLink
  readonly #peer: PeerLink
  #wishes: ReceiverWishes | undefined

  constructor(options: MediaOptions) {
    super()
    this.#options = options
    this.#router = new JingleRouter(options.connection, (jingle, from) => this.#onInitiate(jingle, from))
    this.#bridge = new BridgeLink(options, this.#router, this)
    this.#peer = new PeerLink(options, this.#router, this, this.#bridge)
  }

  get bridge(): BridgeSession | undefined {
    return this.#bridge.session
  }

  get p2p(): P2pSession | undefined {
    return this.#peer.session
  }

  /** Media goes directly. */
  get direct(): boolean {
    return this.#peer.inUse
  }

  /** The session whose media is in use. */
  get current(): MediaSession | undefined {
    return this.direct ? this.p2p : this.bridge
  }

  /** Tracks by source name, each from the link on which it flows. */
  tracks(): Map<string, MediaStreamTrack> {
    const tracks = this.#bridge.tracks()
    if (!this.direct) return tracks
    for (const [name, track] of this.p2p?.remoteTracks() ?? []) {
      const other = tracks.get(name)
      if (!track.muted || !other || other.muted) tracks.set(name, track)
    }
    return tracks
  }

  async updateTrack(slot: Slot): Promise<void> {
    await Promise.all([this.bridge?.updateTrack(slot), this.p2p?.updateTrack(slot)])
    this.#bridge.updateVideoTypes()
  }

  setReceiverWishes(wishes: ReceiverWishes): void {
    this.#wishes = wishes
    this.#bridge.setReceiverWishes(wishes)
    this.#peer.setHeights(() => this.#heights())
  }

  /** Call when occupants came or went. */
  peersChanged(someoneLeft = false): void {
    this.#bridge.peersChanged()
    this.#peer.peersChanged(someoneLeft)
  }

  /** Whoever left takes its sources along. */
  participantLeft(nick: string): void {
    this.bridge?.removeSourcesOf(nick)
    this.peersChanged(true)
  }

  close(): void {
    this.#router.clear()
    this.#peer.close()
    this.#bridge.close()
    this.clear()
  }

  #onInitiate(jingle: Xml, from: string): void {
    if (from !== this.#options.room.occupantJid(FOCUS_NICK)) this.#peer.accept(jingle, from)
    else if (this.#options.trustedFocus()) this.#bridge.accept(jingle, from)
    else this.#peer.refuse(jingle, from, 'security-error', 'Only session-initiate from the focus is accepted')
  }

  /** What we want of the only other participant's pictures. */
  #heights(): Map<string, number> {
    const heights = new Map<string, number>()
    for (const name of this.#options.peers()[0]?.sources.keys() ?? []) {
      if (kindOf(name) === 'video' && this.#wishes) {
        heights.set(name, this.#wishes.maxHeights.get(name) ?? this.#wishes.defaultMaxHeight)
      }
    }
    return heights
  }
}
