/** The direct link between two: when it is begun, when it is in use, and how it is given up without a gap. */
import type { BridgeLink } from './bridgeLink'
import { sendCodecs } from './codecs'
import type { Emitter } from './emitter'
import { jingleReason, jingleStanza, type JingleRouter } from './jingle'
import type { MediaEvents, MediaOptions } from './media'
import { P2pSession, type P2pOptions } from './p2pSession'
import { kindOf, type Occupant } from './presence'
import { attr, child, type Xml } from './xml'

/** Sending to the bridge goes on so long after the direct link stands, until the peer shows our direct media. */
const OVERLAP_MS = 1000
/** A peer that is never seen through the bridge is let go so long after the bridge is connected. */
const HANDOVER_MS = 5000
const POLL_MS = 150
/** Seconds before two who were left alone talk directly again, where the configuration says nothing. */
const BACK_TO_P2P_S = 5
const JIGASI = 'http://jitsi.org/protocol/jigasi'

type Timer = ReturnType<typeof setTimeout>

export class PeerLink {
  readonly #options: MediaOptions
  readonly #router: JingleRouter
  readonly #events: Emitter<MediaEvents>
  readonly #bridge: BridgeLink
  #session: P2pSession | undefined
  #told = false
  /** Whom no direct link could be made with; somebody else may be tried. */
  #failedPeer: string | undefined
  #heights: () => ReadonlyMap<string, number> = () => new Map()
  #startTimer: Timer | undefined
  #overlapTimer: Timer | undefined
  #handoverTimer: Timer | undefined
  #closed = false

  constructor(options: MediaOptions, router: JingleRouter, events: Emitter<MediaEvents>, bridge: BridgeLink) {
    this.#options = options
    this.#router = router
    this.#events = events
    this.#bridge = bridge
  }

  get session(): P2pSession | undefined {
    return this.#session
  }

  /** Media goes this way. */
  get inUse(): boolean {
    return this.#session?.connected === true && !this.#session.closed
  }

  /** How large the peer's pictures are wanted; asked when a session begins, and when it is told again. */
  setHeights(heights: () => ReadonlyMap<string, number>): void {
    this.#heights = heights
    this.#session?.setReceiveHeights(heights())
  }

  /** Begins, keeps or gives up the link, as the occupants have it. */
  peersChanged(someoneLeft: boolean): void {
    if (this.#closed) return
    const peer = this.#wantedPeer()
    clearTimeout(this.#startTimer)
    if (peer?.nick !== this.#failedPeer) this.#failedPeer = undefined
    if (!peer) return this.#leave()
    if (this.#session && this.#session.peer !== peer.nick) this.#stop('success', 'Turning off P2P session')
    // The third left before the change was made.
    if (this.#session) return this.#cancelHandover()
    if (this.#failedPeer || this.#options.room.nick >= peer.nick) return
    const delay = this.#options.config.p2p?.backToP2PDelay ?? BACK_TO_P2P_S
    if (!someoneLeft) this.#start(peer)
    else this.#startTimer = setTimeout(() => this.#startIfStillWanted(peer.nick), delay * 1000)
  }

  /** A peer calls. */
  accept(jingle: Xml, from: string): void {
    const peer = this.#wantedPeer()
    if (this.inUse) return this.refuse(jingle, from, 'busy', 'P2P already in progress')
    const unified = /^[01]$/.test(attr(child(jingle, 'content'), 'name') ?? '')
    if (!unified || !peer || this.#options.room.occupantJid(peer.nick) !== from) {
      return this.refuse(jingle, from, 'decline', 'P2P requirements not met')
    }
    // The peer tries anew: what was begun before is void.
    if (this.#session) this.#drop(this.#session)
    const session = this.#newSession(false, from, attr(jingle, 'sid') ?? '', attr(jingle, 'initiator') ?? from)
    session.accept(jingle).catch((error: unknown) => this.#broken(session, error))
  }

  refuse(jingle: Xml, to: string, condition: string, text: string): void {
    const attrs = { initiator: attr(jingle, 'initiator') ?? to }
    const refusal = jingleStanza('session-terminate', attr(jingle, 'sid') ?? '', attrs, [jingleReason(condition, text)])
    this.#options.connection.iq('set', to, refusal).catch(() => undefined)
  }

  close(): void {
    this.#closed = true
    for (const timer of [this.#startTimer, this.#overlapTimer, this.#handoverTimer]) clearTimeout(timer)
    this.#session?.close()
  }

  #wantedPeer(): Occupant | undefined {
    if (this.#options.config.p2p?.enabled === false) return undefined
    const peers = this.#options.peers()
    const [peer] = peers
    if (peers.length !== 1 || !peer || peer.botType !== undefined) return undefined
    return peer.features.has(JIGASI) ? undefined : peer
  }

  #startIfStillWanted(nick: string): void {
    const peer = this.#wantedPeer()
    if (peer?.nick === nick && !this.#session && !this.#closed) this.#start(peer)
  }

  #start(peer: Occupant): void {
    const { connection, room } = this.#options
    const sid = Math.random().toString(16).slice(2, 14)
    const session = this.#newSession(true, room.occupantJid(peer.nick), sid, connection.jid)
    session.invite().catch((error: unknown) => this.#broken(session, error))
  }

  #newSession(initiating: boolean, peerJid: string, sid: string, initiator: string): P2pSession {
    const { connection, local, room, config } = this.#options
    const codecs = sendCodecs(this.#options.codecs, this.#options.peers().map((peer) => peer.codecs))
    const stun = (config.p2p?.stunServers ?? []).map(({ urls }) => ({ urls }))
    const options: P2pOptions = {
      connection,
      local,
      nick: room.nick,
      sid,
      peerJid,
      initiator,
      rtc: { iceServers: [...this.#options.iceServers(), ...stun] },
      codecs,
      soundTwice: config.enableOpusRed === true,
      initiating,
      onTerminated: (ended, reason) => this.#onTerminated(ended, reason),
    }
    const session = new P2pSession(options)
    this.#session = session
    this.#router.add(session)
    session.setReceiveHeights(this.#heights())
    session.on('tracks', () => this.#events.emit('tracks', undefined))
    session.on('connected', () => this.#onConnected(session))
    session.on('interrupted', () => {
      // The bridge takes over at once; the direct way may come back.
      clearTimeout(this.#overlapTimer)
      this.#bridge.setSending(true)
      this.#tell()
    })
    session.on('failed', () => {
      this.#failedPeer = session.peer
      if (session === this.#session) this.#stop('connectivity-error', 'ICE FAILED')
    })
    return session
  }

  #broken(session: P2pSession, error: unknown): void {
    if (session.closed) return
    console.warn('The direct session could not be made', error)
    this.#failedPeer = session.peer
    if (session === this.#session) this.#stop('failed-application', 'Negotiation failed')
  }

  #onConnected(session: P2pSession): void {
    if (session !== this.#session) return
    this.#tell()
    clearTimeout(this.#overlapTimer)
    this.#overlapTimer = setTimeout(() => {
      if (this.inUse && this.#handoverTimer === undefined) this.#bridge.setSending(false)
    }, OVERLAP_MS)
    // Somebody came while it was being made.
    if (!this.#wantedPeer()) this.#leave()
  }

  #onTerminated(session: P2pSession, reason: string): void {
    if (session !== this.#session) return session.close()
    if (reason === 'connectivity-error' || reason === 'decline') this.#failedPeer = session.peer
    this.#drop(session)
  }

  #stop(condition: string, text: string): void {
    const session = this.#session
    if (!session) return
    // Our media is on the other way before this one closes.
    this.#bridge.setSending(true)
    session.stop(condition, text)
    this.#drop(session)
  }

  #drop(session: P2pSession): void {
    this.#cancelHandover(false)
    clearTimeout(this.#overlapTimer)
    this.#router.remove(session)
    this.#session = undefined
    this.#bridge.setSending(true)
    session.close()
    this.#tell()
    this.#events.emit('tracks', undefined)
  }

  /** To the bridge, once the peer is seen through it. */
  #leave(): void {
    const session = this.#session
    if (!session || this.#handoverTimer !== undefined) return
    const peer = this.#options.peers().find((p) => p.nick === session.peer)
    if (!this.inUse || !peer) return this.#stop('success', 'Turning off P2P session')
    clearTimeout(this.#overlapTimer)
    this.#bridge.setSending(true)
    const pictures = [...session.remoteTracks().keys()].filter(
      (name) => kindOf(name) === 'video' && peer.sources.get(name)?.muted === false,
    )
    this.#watchHandover(session, pictures)
  }

  #watchHandover(session: P2pSession, pictures: readonly string[]): void {
    const seen = new Map<string, number>()
    const flowing = new Set<string>()
    let connectedForMs = 0
    const look = (): void => {
      this.#handoverTimer = undefined
      if (session !== this.#session || this.#closed) return
      const bridge = this.#bridge.session
      if (bridge?.connected) {
        connectedForMs += POLL_MS
        for (const [name, time] of bridge.lastPackets()) {
          if (seen.has(name) && seen.get(name) !== time) flowing.add(name)
          seen.set(name, time)
        }
      }
      const proven = connectedForMs > POLL_MS && pictures.every((name) => flowing.has(name))
      if (proven || connectedForMs >= HANDOVER_MS) this.#stop('success', 'Turning off P2P session')
      else this.#handoverTimer = setTimeout(look, POLL_MS)
    }
    this.#handoverTimer = setTimeout(look, POLL_MS)
  }

  #cancelHandover(backToDirect = true): void {
    if (this.#handoverTimer === undefined) return
    clearTimeout(this.#handoverTimer)
    this.#handoverTimer = undefined
    if (backToDirect && this.inUse) this.#bridge.setSending(false)
  }

  #tell(): void {
    if (this.inUse === this.#told) return
    this.#told = this.inUse
    this.#events.emit('path', { p2p: this.inUse })
    this.#events.emit('tracks', undefined)
  }
}
