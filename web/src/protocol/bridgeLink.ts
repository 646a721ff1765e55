/** The link to the bridge: the session that the focus made last, the one before it, and getting a new one. */
import type { ReceiverWishes } from './api'
import { BridgeSession } from './bridgeSession'
import { sendCodecs } from './codecs'
import type { JingleRouter } from './jingle'
import type { MediaEvents, MediaOptions } from './media'
import type { Emitter } from './emitter'
import { NS } from './namespaces'
import { attr, child, type Xml } from './xml'

/** An old session shows its last pictures for so long while a new one is being made. */
const RETIRED_MS = 10_000
/** Between two requests for a new session: the first pause, and the last of those that double. */
const RESTART_PAUSE_MS = 5000
const LAST_RESTART_PAUSE_MS = 60_000

type Timer = ReturnType<typeof setTimeout>

export class BridgeLink {
  readonly #options: MediaOptions
  readonly #router: JingleRouter
  readonly #events: Emitter<MediaEvents>
  #session: BridgeSession | undefined
  #retired: BridgeSession | undefined
  #wishes: ReceiverWishes | undefined
  #sending = true
  #retiredTimer: Timer | undefined
  #restartTimer: Timer | undefined
  #lastRestart = 0
  #restartPauseMs = RESTART_PAUSE_MS
  #closed = false

  constructor(options: MediaOptions, router: JingleRouter, events: Emitter<MediaEvents>) {
    this.#options = options
    this.#router = router
    this.#events = events
  }

  get session(): BridgeSession | undefined {
    return this.#session
  }

  /** What comes by way of the bridge, a new session's tracks before those of the old one. */
  tracks(): Map<string, MediaStreamTrack> {
    const tracks = this.#retired?.remoteTracks() ?? new Map<string, MediaStreamTrack>()
    for (const [name, track] of this.#session?.remoteTracks() ?? []) {
      // A new session's track takes over when it carries something.
      if (!track.muted || !tracks.has(name)) tracks.set(name, track)
    }
    return tracks
  }

  /** Whether our media goes to the bridge, be it in this session or in the next. */
  setSending(sending: boolean): void {
    this.#sending = sending
    this.#session?.setSending(sending)
  }

  setReceiverWishes(wishes: ReceiverWishes): void {
    this.#wishes = wishes
    this.#session?.channel?.setReceiverWishes(wishes)
  }

  updateVideoTypes(): void {
    for (const [name, state] of this.#options.local.sourceStates(this.#options.room.nick)) {
      if (state.videoType) this.#session?.channel?.setVideoType(name, state.muted ? 'none' : state.videoType)
    }
  }

  /** Others came or went, and with them what everybody can receive. */
  peersChanged(): void {
    this.#session?.preferCodecs(this.#codecs())
  }

  #codecs(): string[] {
    return sendCodecs(this.#options.codecs, this.#options.peers().map((peer) => peer.codecs))
  }

  /** The focus calls. */
  accept(jingle: Xml, from: string): void {
    clearTimeout(this.#restartTimer)
    if (this.#session) this.#retire(this.#session)
    const { connection, local, room } = this.#options
    const iceServers = this.#options.iceServers().filter((server) => this.#leadsToBridge(String(server.urls)))
    const session = new BridgeSession(
      {
        connection,
        local,
        nick: room.nick,
        sid: attr(jingle, 'sid') ?? '',
        peerJid: from,
        initiator: attr(jingle, 'initiator') ?? from,
        rtc: { iceServers },
      },
      jingle,
      this.#codecs(),
      (ended) => this.#onTerminated(ended),
    )
    this.#session = session
    this.#router.add(session)
    this.#wire(session)
    const startMuted = child(jingle, 'startmuted', NS.START_MUTED)
    const asked = (kind: string): boolean => attr(startMuted, kind) === 'true'
    this.#events.emit('start-muted', { audio: asked('audio'), video: asked('video') })
    session.accept().catch((error: unknown) => {
      if (session.closed || session !== this.#session) return
      console.error('The session with the bridge could not be made', error)
      this.#scheduleRestart(session)
    })
  }

  /** The bridge has an address of its own; relays serve those who reach it by TCP alone, unless asked for. */
  #leadsToBridge(url: string): boolean {
    return url.startsWith('turn') && (this.#options.config.useTurnUdp === true || url.includes('transport=tcp'))
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retiredTimer)
    clearTimeout(this.#restartTimer)
    this.#session?.close()
    this.#retired?.close()
  }

  #wire(session: BridgeSession): void {
    const events = this.#events
    session.on('tracks', () => events.emit('tracks', undefined))
    session.on('connected', () => {
      this.#restartPauseMs = RESTART_PAUSE_MS
      this.#dropRetired()
      events.emit('tracks', undefined)
    })
    session.on('interrupted', () => void this.#options.connection.ping())
    session.on('failed', () => {
      events.emit('bridge-failed', undefined)
      this.#scheduleRestart(session)
    })
    session.setSending(this.#sending)
    const { channel } = session
    if (!channel) return
    channel.on('forwarded', (sources) => events.emit('forwarded', sources))
    channel.on('dominant-speaker', (event) => events.emit('dominant-speaker', event))
    channel.on('connectivity', (event) => events.emit('connectivity', event))
    channel.on('message', (event) => events.emit('message', event))
    channel.on('endpoint-stats', (event) => events.emit('endpoint-stats', event))
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
    if (this.#closed || session !== this.#session || session.connected) return
    this.#lastRestart = Date.now()
    if (!alive) {
      // When the stream is back the question comes up again.
      this.#scheduleRestart(session)
      return
    }
    this.#restartPauseMs = Math.min(this.#restartPauseMs * 2, LAST_RESTART_PAUSE_MS)
    this.#session = undefined
    session.requestRestart()
    this.#retire(session)
  }

  #onTerminated(session: BridgeSession): void {
    if (session !== this.#session) {
      session.close()
      return
    }
    this.#session = undefined
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
    if (retired) this.#events.emit('tracks', undefined)
  }
}
