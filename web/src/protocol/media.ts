/**
 * Which way media goes: the session with the bridge, the session with the only other participant, and the change from
 * one to the other. The bridge's session is kept all the time; while two talk directly, neither sends to it.
 */
import type { ReceiverWishes, ServerConfig } from './api'
import { BridgeSession } from './bridgeSession'
import type { XmppConnection } from './connection'
import { Emitter } from './emitter'
import { jingleReason, JingleRouter, jingleStanza } from './jingle'
import type { LocalMedia } from './localMedia'
import type { MediaSession, SessionOptions } from './mediaSession'
import { NS } from './namespaces'
import { P2pSession } from './p2pSession'
import type { Occupant } from './presence'
import { kindOf } from './presence'
import type { Slot } from './remoteDescription'
import { FOCUS_NICK, type Room } from './room'
import { attr, child, type Xml } from './xml'

export interface MediaEvents {
  /** Tracks came, went or moved to the other path. */
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
  iceServers: readonly RTCIceServer[]
  /** Video codecs to send, best first. */
  codecs: readonly string[]
  /** Occupants that a session between two may be made with. */
  peers(): Occupant[]
  /** Full JID of the focus, when it is in the room under the account that it should have. */
  trustedFocus(): string | undefined
}

/** Sending to the bridge goes on so long after a direct connection stands, until the peer shows our direct media. */
const OVERLAP_MS = 1000
/** A peer that is never heard through the bridge is let go so long after the bridge is connected. */
const HANDOVER_MS = 5000
/** An old bridge session shows its last pictures for so long while a new one is being made. */
const RETIRED_MS = 10_000
const POLL_MS = 150
/** Between two requests for a new bridge session: the first pause, and the last of those that double. */
const RESTART_PAUSE_MS = 5000
const LAST_RESTART_PAUSE_MS = 60_000
/** How often the default is when the configuration says nothing. */
const BACK_TO_P2P_S = 5

type Timer = ReturnType<typeof setTimeout>

export class Media extends Emitter<MediaEvents> {
  readonly #options: MediaOptions
  readonly #router: JingleRouter
  #bridge: BridgeSession | undefined
  #retired: BridgeSession | undefined
  #p2p: P2pSession | undefined
  #p2pReported = false
  #failedPeer: string | undefined
  #wishes: ReceiverWishes | undefined
  #startTimer: Timer | undefined
  #overlapTimer: Timer | undefined
  #handoverTimer: Timer | undefined
  #retiredTimer: Timer | undefined
  #restartTimer: Timer | undefined
  #lastRestart = 0
  #restartPauseMs = RESTART_PAUSE_MS
  #closed = false

  constructor(options: MediaOptions) {
    super()
    this.#options = options
    this.#router = new JingleRouter(options.connection, (jingle, from, to) => this.#onInitiate(jingle, from, to))
  }

  get bridge(): BridgeSession | undefined {
    return this.#bridge
  }

  get p2p(): P2pSession | undefined {
    return this.#p2p
  }

  /** Media goes directly. */
  get direct(): boolean {
    return this.#p2p?.connected === true && !this.#p2p.closed
  }

  /** The session whose media is in use. */
  get current(): MediaSession | undefined {
    return this.direct ? this.#p2p : this.#bridge
  }

  /** Tracks by source name, each from the path on which it flows. */
  tracks(): Map<string, MediaStreamTrack> {
    const tracks = this.#retired?.remoteTracks() ?? new Map<string, MediaStreamTrack>()
    for (const [name, track] of this.#bridge?.remoteTracks() ?? []) {
      // A new session's track takes over when it carries something.
      if (!track.muted || !tracks.has(name)) tracks.set(name, track)
    }
    if (!this.direct) return tracks
    for (const [name, track] of this.#p2p!.remoteTracks()) {
      const other = tracks.get(name)
      if (!track.muted || !other || other.muted) tracks.set(name, track)
    }
    return tracks
  }

  async updateTrack(slot: Slot): Promise<void> {
    await Promise.all([this.#bridge?.updateTrack(slot), this.#p2p?.updateTrack(slot)])
    this.updateVideoTypes()
  }

  updateVideoTypes(): void {
    for (const [name, state] of this.#options.local.sourceStates(this.#options.room.nick)) {
      if (state.videoType) this.#bridge?.channel?.setVideoType(name, state.muted ? 'none' : state.videoType)
    }
  }

  setReceiverWishes(wishes: ReceiverWishes): void {
    this.#wishes = wishes
    this.#bridge?.channel?.setReceiverWishes(wishes)
    this.#p2p?.setReceiveHeights(this.#heights())
  }

  /** Call when occupants came or went, or the sources of one of them. */
  peersChanged(someoneLeft = false): void {
    if (this.#closed) return
    const peer = this.#wantedPeer()
    clearTimeout(this.#startTimer)
    this.#startTimer = undefined
    if (peer === undefined || peer.nick !== this.#failedPeer) this.#failedPeer = undefined
    if (!peer) {
      this.#leaveP2p()
      return
    }
    if (this.#p2p && this.#p2p.peer !== peer.nick) this.#stopP2p('success', 'Turning off P2P session')
    if (this.#p2p) {
      // The third left before the change was made.
      this.#cancelHandover()
      return
    }
    if (this.#failedPeer || this.#options.room.nick >= peer.nick) return
    const delay = this.#options.config.p2p?.backToP2PDelay ?? BACK_TO_P2P_S
    if (!someoneLeft) this.#startP2p(peer)
    else this.#startTimer = setTimeout(() => this.#startIfStillWanted(peer.nick), delay * 1000)
  }

  /** Whoever left takes its sources along. */
  participantLeft(nick: string): void {
    this.#bridge?.removeSourcesOf(nick)
    this.peersChanged(true)
  }

  close(): void {
    this.#closed = true
    for (const timer of [this.#startTimer, this.#overlapTimer, this.#handoverTimer, this.#retiredTimer, this.#restartTimer]) {
      clearTimeout(timer)
    }
    this.#router.clear()
    this.#p2p?.close()
    this.#bridge?.close()
    this.#retired?.close()
    this.clear()
  }

  #onInitiate(jingle: Xml, from: string, to: string): void {
    const { room } = this.#options
    if (from === room.occupantJid(FOCUS_NICK)) {
      if (this.#options.trustedFocus()) this.#acceptBridge(jingle, from)
      else this.#refuse(jingle, from, 'security-error', 'Only session-initiate from the focus is accepted')
      return
    }
    this.#acceptP2p(jingle, from, to)
  }

  #sessionOptions(jingle: Xml, from: string, rtc: RTCConfiguration): SessionOptions {
    const { connection, local, room } = this.#options
    return {
      connection,
      local,
      nick: room.nick,
      sid: attr(jingle, 'sid') ?? '',
      peerJid: from,
      initiator: attr(jingle, 'initiator') ?? from,
      rtc,
    }
  }

  #acceptBridge(jingle: Xml, from: string): void {
    clearTimeout(this.#restartTimer)
    if (this.#bridge) this.#retire(this.#bridge)
    // The bridge has an address of its own; relays serve those who reach it by TCP alone.
    const iceServers = this.#options.iceServers.filter((s) => /^turns?:.*transport=tcp/.test(String(s.urls)))
    const options = this.#sessionOptions(jingle, from, { iceServers: [...iceServers] })
    const session = new BridgeSession(options, jingle, this.#options.codecs, (s, r) => this.#onBridgeTerminated(s, r))
    this.#bridge = session
    this.#router.add(session)
    this.#wireBridge(session)
    const startMuted = child(jingle, 'startmuted', NS.START_MUTED)
    const asked = (kind: string): boolean => attr(startMuted, kind) === 'true'
    this.emit('start-muted', { audio: asked('audio'), video: asked('video') })
    session.accept().catch((error: unknown) => {
      if (session.closed || session !== this.#bridge) return
      console.error('The session with the bridge could not be made', error)
      this.#scheduleRestart(session)
    })
  }

  #wireBridge(session: BridgeSession): void {
    session.on('tracks', () => this.emit('tracks', undefined))
    session.on('connected', () => {
      this.#restartPauseMs = RESTART_PAUSE_MS
      this.#dropRetired()
      this.emit('tracks', undefined)
    })
    session.on('interrupted', () => void this.#options.connection.ping())
    session.on('failed', () => {
      this.emit('bridge-failed', undefined)
      this.#scheduleRestart(session)
    })
    if (this.direct) session.setSending(false)
    const { channel } = session
    if (!channel) return
    channel.on('forwarded', (sources) => this.emit('forwarded', sources))
    channel.on('dominant-speaker', (event) => this.emit('dominant-speaker', event))
    channel.on('connectivity', (event) => this.emit('connectivity', event))
    channel.on('message', (event) => this.emit('message', event))
    channel.on('endpoint-stats', (event) => this.emit('endpoint-stats', event))
    if (this.#wishes) channel.setReceiverWishes(this.#wishes)
    this.updateVideoTypes()
  }

  /** A new session, once the server has answered and the last request is some time ago. */
  #scheduleRestart(session: BridgeSession): void {
    clearTimeout(this.#restartTimer)
    const wait = Math.max(0, this.#lastRestart + this.#restartPauseMs - Date.now())
    this.#restartTimer = setTimeout(() => void this.#restart(session), wait)
  }

  async #restart(session: BridgeSession): Promise<void> {
    const alive = await this.#options.connection.ping()
    if (this.#closed || session !== this.#bridge || session.connected) return
    if (!alive) {
      // When the stream is back the question comes up again.
      this.#lastRestart = Date.now()
      this.#scheduleRestart(session)
      return
    }
    this.#lastRestart = Date.now()
    this.#restartPauseMs = Math.min(this.#restartPauseMs * 2, LAST_RESTART_PAUSE_MS)
    this.#router.remove(session)
    session.requestRestart()
    this.#retire(session)
    this.#bridge = undefined
  }

  #onBridgeTerminated(session: BridgeSession, _reason: string): void {
    if (session !== this.#bridge) {
      session.close()
      return
    }
    this.#bridge = undefined
    this.#retire(session)
  }

  #retire(session: BridgeSession): void {
    this.#router.remove(session)
    this.#dropRetired()
    session.channel?.close()
    this.#retired = session
    this.#retiredTimer = setTimeout(() => this.#dropRetired(), RETIRED_MS)
  }

  #dropRetired(): void {
    clearTimeout(this.#retiredTimer)
    const retired = this.#retired
    this.#retired = undefined
    retired?.close()
    if (retired) this.emit('tracks', undefined)
  }

  #refuse(jingle: Xml, to: string, condition: string, text: string): void {
    const attrs = { initiator: attr(jingle, 'initiator') ?? to }
    const refusal = jingleStanza('session-terminate', attr(jingle, 'sid') ?? '', attrs, [jingleReason(condition, text)])
    this.#options.connection.iq('set', to, refusal).catch(() => undefined)
  }

  // Sessions between two

  #wantedPeer(): Occupant | undefined {
    if (this.#options.config.p2p?.enabled === false) return undefined
    const peers = this.#options.peers()
    const [peer] = peers
    if (peers.length !== 1 || !peer || peer.botType !== undefined) return undefined
    return peer.features.has('http://jitsi.org/protocol/jigasi') ? undefined : peer
  }

  #startIfStillWanted(nick: string): void {
    const peer = this.#wantedPeer()
    if (peer?.nick === nick && !this.#p2p && !this.#closed) this.#startP2p(peer)
  }

  #startP2p(peer: Occupant): void {
    const { connection, local, room, codecs } = this.#options
    const session = this.#newP2p({
      connection,
      local,
      nick: room.nick,
      sid: Math.random().toString(16).slice(2, 14),
      peerJid: room.occupantJid(peer.nick),
      initiator: connection.jid,
      rtc: this.#p2pConfiguration(),
      codecs,
      initiating: true,
      onTerminated: (s, reason) => this.#onP2pTerminated(s, reason),
    })
    session.invite().catch((error: unknown) => this.#p2pBroken(session, error))
  }

  #acceptP2p(jingle: Xml, from: string, _to: string): void {
    const peer = this.#wantedPeer()
    const unified = /^[01]$/.test(attr(child(jingle, 'content'), 'name') ?? '')
    if (this.#p2p && !this.#p2p.closed && this.#p2p.connected) {
      return this.#refuse(jingle, from, 'busy', 'P2P already in progress')
    }
    if (!unified || !peer || this.#options.room.occupantJid(peer.nick) !== from) {
      return this.#refuse(jingle, from, 'decline', 'P2P requirements not met')
    }
    // The peer tries anew: what was begun before is void.
    if (this.#p2p) this.#closeP2p(this.#p2p)
    const session = this.#newP2p({
      ...this.#sessionOptions(jingle, from, this.#p2pConfiguration()),
      codecs: this.#options.codecs,
      initiating: false,
      onTerminated: (s, reason) => this.#onP2pTerminated(s, reason),
    })
    session.accept(jingle).catch((error: unknown) => this.#p2pBroken(session, error))
  }

  #newP2p(options: ConstructorParameters<typeof P2pSession>[0]): P2pSession {
    const session = new P2pSession(options)
    this.#p2p = session
    this.#router.add(session)
    session.setReceiveHeights(this.#heights())
    session.on('tracks', () => this.emit('tracks', undefined))
    session.on('connected', () => this.#onP2pConnected(session))
    session.on('interrupted', () => {
      // The bridge takes over at once; the direct way may come back.
      clearTimeout(this.#overlapTimer)
      this.#bridge?.setSending(true)
      this.#reportPath()
    })
    session.on('failed', () => {
      this.#failedPeer = session.peer
      if (session === this.#p2p) this.#stopP2p('connectivity-error', 'ICE FAILED')
    })
    return session
  }

  #p2pConfiguration(): RTCConfiguration {
    const stun = (this.#options.config.p2p?.stunServers ?? []).map(({ urls }) => ({ urls }))
    return { iceServers: [...this.#options.iceServers, ...stun] }
  }

  #p2pBroken(session: P2pSession, error: unknown): void {
    if (session.closed) return
    console.warn('The direct session could not be made', error)
    this.#failedPeer = session.peer
    if (session === this.#p2p) this.#stopP2p('failed-application', 'Negotiation failed')
  }

  #onP2pConnected(session: P2pSession): void {
    if (session !== this.#p2p) return
    this.#reportPath()
    clearTimeout(this.#overlapTimer)
    this.#overlapTimer = setTimeout(() => {
      if (this.direct && this.#handoverTimer === undefined) this.#bridge?.setSending(false)
    }, OVERLAP_MS)
    // Somebody came while it was being made.
    if (!this.#wantedPeer()) this.#leaveP2p()
  }

  #onP2pTerminated(session: P2pSession, reason: string): void {
    if (session !== this.#p2p) return session.close()
    if (reason === 'connectivity-error' || reason === 'decline') this.#failedPeer = session.peer
    this.#closeP2p(session)
  }

  #stopP2p(condition: string, text: string): void {
    const session = this.#p2p
    if (!session) return
    // Our media is on the other way before this one closes.
    this.#bridge?.setSending(true)
    session.stop(condition, text)
    this.#closeP2p(session)
  }

  #closeP2p(session: P2pSession): void {
    this.#cancelHandover(false)
    clearTimeout(this.#overlapTimer)
    this.#router.remove(session)
    this.#p2p = undefined
    this.#bridge?.setSending(true)
    session.close()
    this.#reportPath()
    this.emit('tracks', undefined)
  }

  /** To the bridge, once the peer is seen and heard through it. */
  #leaveP2p(): void {
    const session = this.#p2p
    if (!session || this.#handoverTimer !== undefined) return
    const stillThere = this.#options.peers().some((p) => p.nick === session.peer)
    if (!this.direct || !stillThere) {
      this.#stopP2p('success', 'Turning off P2P session')
      return
    }
    clearTimeout(this.#overlapTimer)
    this.#bridge?.setSending(true)
    const needed = [...session.remoteTracks().keys()].filter((name) => {
      const occupant = this.#options.peers().find((p) => p.nick === session.peer)
      return kindOf(name) === 'video' && occupant?.sources.get(name)?.muted === false
    })
    const seen = new Map<string, number>()
    const flowing = new Set<string>()
    let connectedFor = 0
    const look = (): void => {
      this.#handoverTimer = undefined
      if (session !== this.#p2p || this.#closed) return
      if (this.#bridge?.connected) {
        connectedFor += POLL_MS
        for (const [name, time] of this.#bridge.lastPackets()) {
          if (seen.has(name) && seen.get(name) !== time) flowing.add(name)
          seen.set(name, time)
        }
      }
      const proven = connectedFor > POLL_MS && needed.every((name) => flowing.has(name))
      if (proven || connectedFor >= HANDOVER_MS) this.#stopP2p('success', 'Turning off P2P session')
      else this.#handoverTimer = setTimeout(look, POLL_MS)
    }
    this.#handoverTimer = setTimeout(look, POLL_MS)
  }

  #cancelHandover(backToDirect = true): void {
    if (this.#handoverTimer === undefined) return
    clearTimeout(this.#handoverTimer)
    this.#handoverTimer = undefined
    if (backToDirect && this.direct) this.#bridge?.setSending(false)
  }

  #reportPath(): void {
    if (this.direct === this.#p2pReported) return
    this.#p2pReported = this.direct
    this.emit('path', { p2p: this.direct })
    this.emit('tracks', undefined)
  }

  #heights(): Map<string, number> {
    const heights = new Map<string, number>()
    const peer = this.#options.peers()[0]
    for (const name of peer?.sources.keys() ?? []) {
      if (kindOf(name) === 'video' && this.#wishes) {
        heights.set(name, this.#wishes.maxHeights.get(name) ?? this.#wishes.defaultMaxHeight)
      }
    }
    return heights
  }
}
