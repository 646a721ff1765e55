/** The meeting as the rest of the client sees it: holds the parts together and keeps them alive. */
import type {
  LeftReason,
  MediaKind,
  Meeting,
  MeetingDebug,
  MeetingEvents,
  MeetingOptions,
  MeetingState,
  Participant,
  ReceiverWishes,
  ServerConfig,
} from './api'
import { discoInfo, ownCapsVersion } from './caps'
import { stanza, StanzaError, XmppConnection, type ConnectFailure } from './connection'
import { discoverIceServers, discoverServices, type Services } from './disco'
import { Emitter } from './emitter'
import { refusalOf, requestConference, type ConferenceReply } from './focus'
import { endpointId, randomHex8 } from './jid'
import { LocalMedia } from './localMedia'
import { Media } from './media'
import { Meter } from './meter'
import { NS } from './namespaces'
import { presenceExtensions, type Occupant } from './presence'
import type { Slot } from './remoteDescription'
import { FOCUS_NICK, Room, type Removal } from './room'
import { describeParticipant, isModerator, sameParticipant, type MediaView } from './roster'
import { normaliseRoomName } from './roomName'
import { captureSize } from './encodings'
import { endpointStats } from './stats'
import { attr, child, xml, type Xml } from './xml'

export function createMeeting(options: MeetingOptions): Meeting {
  return new LiveMeeting(options)
}

/** Video codecs where the server names none: every bridge can thin out VP8. */
const USUAL_CODECS = ['vp8'] as const
const HOST_RETRY_MS = 3000
const RETRY_MS = 1000
/** Failures of one kind that end a first attempt to join; a rejoin goes on. */
const MAX_FAILURES = 8
/** The others hear of our connection this often. */
const TELL_STATS_EVERY = 10
/** Messages that are remembered, to know them again. */
const MAX_HEARD = 1000

type Timer = ReturnType<typeof setTimeout>

class Ended extends Error {
  constructor(readonly reason: LeftReason) {
    super(reason.kind)
  }
}

class LiveMeeting extends Emitter<MeetingEvents> implements Meeting {
  readonly #options: MeetingOptions
  readonly #local = new LocalMedia()
  readonly #participants = new Map<string, Participant>()
  readonly #roomJid: string
  readonly #machineId = crypto.randomUUID()
  readonly #codecs: readonly string[]
  #connection: XmppConnection | undefined
  #room: Room | undefined
  #media: Media | undefined
  #meter: Meter | undefined
  #services: Services = {}
  #state: MeetingState = 'connecting'
  #selfId = ''
  #moderator = false
  #toldSelf = ''
  #sentPresence = ''
  #displayName: string
  #raisedHand = 0
  #sessionId: string | undefined
  #capsVersion = ''
  #wishes: ReceiverWishes | undefined
  #forwarded: Set<string> | undefined
  readonly #inactive = new Set<string>()
  readonly #heard = new Set<string>()
  #stay = 0
  #settled: { resolve(): void; reject(reason: LeftReason): void } | undefined
  #presenceTimer: Timer | undefined
  #statsCount = 0
  #everJoined = false
  #askedToStartMuted = false

  constructor(options: MeetingOptions) {
    super()
    this.#options = options
    this.#displayName = options.displayName
    this.#codecs = meetingCodecs(options.config)
    this.#local.muted.audio = options.startAudioMuted ?? false
    this.#local.muted.video = options.startVideoMuted ?? false
    this.#roomJid = `${normaliseRoomName(options.room)}@${options.config.hosts.muc}`
  }

  get state(): MeetingState {
    return this.#state
  }

  get selfId(): string {
    return this.#selfId
  }

  get participants(): ReadonlyMap<string, Participant> {
    return this.#participants
  }

  debug(): MeetingDebug {
    const bridge = this.#media?.bridge?.pc
    const p2p = this.#media?.p2p?.pc
    return { ...(bridge ? { bridge } : {}), ...(p2p ? { p2p } : {}) }
  }

  join(): Promise<void> {
    if (this.#connection) return Promise.reject(new Error('A meeting is joined once'))
    const { config, account } = this.#options
    const { domain, anonymousdomain } = config.hosts
    const url = new URL(config.websocket)
    url.searchParams.set('room', normaliseRoomName(this.#options.room))
    const connection = new XmppConnection({
      url: url.href,
      domain: account ? domain : (anonymousdomain ?? domain),
      pingTarget: domain,
      account,
    })
    this.#connection = connection
    this.#answerQueries(connection)
    connection.on('connected', () => void this.#enter())
    connection.on('interrupted', () => {
      if (this.#state === 'joined') this.#setState('reconnecting')
    })
    connection.on('resumed', () => {
      if (this.#room?.joined) this.#setState('joined')
    })
    connection.on('failed', (failure) => this.#end(reasonOf(failure)))
    globalThis.addEventListener?.('pagehide', this.#onPageHide)
    return new Promise((resolve, reject) => {
      this.#settled = { resolve, reject }
      connection.connect()
    })
  }

  async leave(): Promise<void> {
    if (this.#state === 'left') return
    const room = this.#room
    this.#stay++
    this.#media?.p2p?.stop('success', 'Leaving')
    this.#closeMedia()
    if (this.#connection?.online) await room?.leave()
    this.#end({ kind: 'hangup' })
  }

  async setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    this.#local.microphone = track
    this.#local.updateMix()
    await this.#updateTrack('audio')
  }

  async setCamera(track: MediaStreamTrack | null): Promise<void> {
    this.#local.camera = track
    await this.#updateTrack('camera')
  }

  async setScreen(video: MediaStreamTrack | null, audio: MediaStreamTrack | null = null): Promise<void> {
    this.#local.screen = video
    this.#local.screenAudio = video ? audio : null
    if (video) {
      this.#local.screenSignalled = true
      // Text before motion, unless the page has said otherwise.
      if (!video.contentHint) video.contentHint = 'detail'
    }
    this.#local.updateMix()
    await Promise.all([this.#updateTrack('screen'), this.#updateTrack('audio')])
  }

  async setMuted(kind: MediaKind, muted: boolean): Promise<void> {
    if (this.#local.muted[kind] === muted) return
    this.#local.muted[kind] = muted
    if (kind === 'audio') this.#local.updateMix()
    await this.#updateTrack(kind === 'audio' ? 'audio' : 'camera')
  }

  setDisplayName(name: string): void {
    if (name === this.#displayName) return
    this.#displayName = name
    this.#presenceSoon()
    this.#tellSelf()
  }

  setRaisedHand(raised: boolean): void {
    this.#raisedHand = raised ? Date.now() : 0
    this.#presenceSoon()
  }

  sendChat(text: string, privateTo?: string): void {
    const id = crypto.randomUUID()
    this.#room?.sendMessage(text, id, privateTo)
    // The room echoes what goes to all, and nothing else.
    if (privateTo === undefined) return
    const { selfId: from } = this
    this.emit('chat', { id, from, displayName: this.#displayName, text, time: new Date(), privateTo, own: true })
  }

  sendReaction(reaction: string): void {
    this.#media?.bridge?.channel?.sendMessage('', {
      name: 'endpoint-reaction',
      reactions: [reaction],
      timestamp: Date.now(),
    })
  }

  setSubject(subject: string): void {
    this.#room?.setSubject(subject)
  }

  setReceiverWishes(wishes: ReceiverWishes): void {
    this.#wishes = wishes
    this.#media?.setReceiverWishes(wishes)
  }

  kick(id: string, reason?: string): Promise<void> {
    return this.#ask((room) => room.kick(id, reason))
  }

  muteParticipant(id: string, kind: MediaKind | 'desktop'): Promise<void> {
    return this.#ask((room) => room.mute(id, kind))
  }

  grantModerator(id: string): Promise<void> {
    return this.#ask((room) => room.grantOwner(id))
  }

  setPassword(password: string): Promise<void> {
    return this.#ask(async (room) => {
      await room.setPassword(password)
      // Needed when we have to join anew.
      this.#options.password = password
    })
  }

  endForAll(): Promise<void> {
    return this.#ask(async (room) => {
      const { endConference } = this.#services
      if (endConference) this.#connection?.send(stanza('message', { to: endConference }, xml('end_conference')))
      else await room.destroy()
    })
  }

  // Getting in, and in again

  /** A session is there: asks for the conference and joins the room, until that succeeds or something forbids it. */
  async #enter(): Promise<void> {
    const stay = ++this.#stay
    const connection = this.#connection!
    this.#forgetRoom()
    const stillHere = (): boolean => stay === this.#stay && this.#state !== 'left' && connection.online
    try {
      this.#capsVersion ||= await ownCapsVersion()
      const { domain } = this.#options.config.hosts
      const iceServers = discoverIceServers(connection, domain).catch(() => [])
      discoverServices(connection, domain)
        .then((services) => (this.#services = services))
        .catch(() => undefined)
      for (let failures = 0; stillHere(); ) {
        try {
          const conference = await this.#conference(stillHere)
          if (!conference) return
          await this.#joinRoom(conference, await iceServers, stillHere)
          return
        } catch (error) {
          if (!stillHere()) return
          if (error instanceof Ended) throw error
          const text = error instanceof Error ? error.message : String(error)
          if (++failures >= MAX_FAILURES && !this.#everJoined) throw new Ended({ kind: 'failed', text })
          this.#forgetRoom()
          await pause(RETRY_MS)
        }
      }
    } catch (error) {
      if (stay !== this.#stay) return
      this.#end(error instanceof Ended ? error.reason : { kind: 'failed', text: String(error) })
    }
  }

  /** Asks until the focus is ready; undefined when the session ended meanwhile. */
  async #conference(stillHere: () => boolean): Promise<ConferenceReply | undefined> {
    const { config } = this.#options
    const focus = config.hosts.focus ?? `focus.${config.hosts.domain}`
    for (let waitMs = RETRY_MS; stillHere(); ) {
      try {
        const request = { machineId: this.#machineId, sessionId: this.#sessionId }
        const reply = await requestConference(this.#connection!, focus, this.#roomJid, request)
        this.#sessionId = reply.sessionId ?? this.#sessionId
        if (reply.ready) return reply
        await pause(waitMs)
        waitMs = Math.min(waitMs * 2, 120_000)
      } catch (error) {
        if (!(error instanceof StanzaError)) throw error
        const refusal = refusalOf(error)
        if (refusal === 'session-invalid' && this.#sessionId !== undefined) this.#sessionId = undefined
        else if (refusal === 'not-authorized') {
          if (config.policy === 'members') throw new Ended({ kind: 'login-required', wrong: false })
          this.#setState('waiting-for-host')
          await pause(HOST_RETRY_MS)
        } else throw error
      }
    }
    return undefined
  }

  async #joinRoom(
    conference: ConferenceReply,
    iceServers: readonly RTCIceServer[],
    stillHere: () => boolean,
  ): Promise<void> {
    const connection = this.#connection!
    if (this.#state === 'waiting-for-host') this.#setState(this.#everJoined ? 'reconnecting' : 'connecting')
    let nick = endpointId(connection.jid, connection.anonymous)
    while (stillHere()) {
      const room = this.#prepare(nick, conference, iceServers)
      try {
        const extensions = this.#extensions()
        this.#sentPresence = JSON.stringify(extensions)
        await room.join(extensions, this.#options.password)
        this.#onJoined(room)
        return
      } catch (error) {
        if (!stillHere() || !(error instanceof StanzaError)) throw error
        this.#forgetRoom()
        const refusal = joinRefusal(error)
        if (refusal === 'conflict') nick = randomHex8()
        else if (refusal === 'waiting-for-host') {
          this.#setState('waiting-for-host')
          await pause(HOST_RETRY_MS)
        } else if (refusal === 'retry') throw error
        else throw new Ended(refusal)
      }
    }
  }

  /** The room and its media, wired; the focus may call before the join has come back. */
  #prepare(nick: string, conference: ConferenceReply, iceServers: readonly RTCIceServer[]): Room {
    const room = new Room(this.#connection!, this.#roomJid, nick)
    let focusJid: string | undefined
    this.#room = room
    this.#selfId = nick
    const media = new Media({
      connection: this.#connection!,
      room,
      config: this.#options.config,
      local: this.#local,
      iceServers,
      codecs: this.#codecs,
      peers: () => this.#people(room),
      trustedFocus: () => focusJid,
    })
    this.#media = media
    room.on('self', (occupant) => {
      this.#moderator = isModerator(occupant)
      this.#tellSelf()
    })
    room.on('focus', (focus) => {
      const jid = focus?.occupant.realJid
      focusJid = jid?.startsWith(`${conference.focusJid}/`) ? jid : undefined
      if (focus && child(focus.presence, 'bridgeNotAvailable')) this.emit('notice', { key: 'bridge-not-available' })
      if (!focus && room.joined) void this.#rejoin()
    })
    room.on('occupant-joined', (occupant) => {
      this.#describe(occupant)
      media.peersChanged()
    })
    room.on('occupant-changed', (occupant) => {
      this.#describe(occupant)
    })
    room.on('occupant-left', ({ occupant, departure }) => {
      // Whoever was not heard any more did not leave by will.
      const silent = this.#inactive.delete(occupant.nick)
      this.#meter?.participantLeft(occupant.nick)
      media.participantLeft(occupant.nick)
      const reason = departure === 'left' && silent ? 'lost' : departure
      if (this.#participants.delete(occupant.nick)) this.emit('participant-left', { id: occupant.nick, reason })
    })
    room.on('subject', (subject) => this.emit('subject', { subject }))
    room.on('removed', (removal) => this.#onRemoved(removal))
    room.on('message', (message) => {
      const displayName = message.displayName ?? this.#nameOf(message.nick)
      const { id, nick: from, text, time } = message
      const own = from === nick
      // A room that is entered again tells what was said before.
      const key = `${from} ${id}`
      if (this.#heard.has(key)) return
      this.#heard.add(key)
      if (this.#heard.size > MAX_HEARD) this.#heard.delete(this.#heard.values().next().value!)
      // Our own private messages were shown when they were sent.
      if (own && message.privately) return
      this.emit('chat', { id, from, displayName, text, time, own, ...(message.privately ? { privateTo: nick } : {}) })
    })
    this.#wireMedia(media)
    return room
  }

  #wireMedia(media: Media): void {
    media.on('tracks', () => this.#describeAll())
    media.on('path', ({ p2p }) => {
      this.emit('media-path', { p2p })
      this.#describeAll()
    })
    media.on('forwarded', (sources) => {
      this.#forwarded = new Set(sources)
      this.#describeAll()
    })
    media.on('dominant-speaker', (event) => this.emit('dominant-speaker', event))
    media.on('connectivity', ({ id, active }) => {
      if (active) this.#inactive.delete(id)
      else this.#inactive.add(id)
      this.#describeAll()
    })
    media.on('message', ({ from, payload }) => {
      const { name, reactions } = payload
      if (name !== 'endpoint-reaction' || !Array.isArray(reactions)) return
      this.emit('reaction', { from, reactions: reactions.filter((r) => typeof r === 'string').slice(0, 50) })
    })
    media.on('start-muted', ({ audio, video }) => {
      // Asked of newcomers only; whoever comes back keeps what was chosen.
      if (this.#askedToStartMuted) return
      this.#askedToStartMuted = true
      for (const [kind, asked] of [['audio', audio], ['video', video]] as const) {
        if (!asked || this.#local.muted[kind]) continue
        void this.setMuted(kind, true)
        this.emit('muted-by', { kind, by: '' })
      }
    })
    media.on('bridge-failed', () => {
      if (!media.direct) this.emit('notice', { key: 'bridge-unreachable' })
    })
    if (this.#wishes) media.setReceiverWishes(this.#wishes)
  }

  #onJoined(room: Room): void {
    this.#everJoined = true
    this.#setState('joined')
    // What changed while the join was under way.
    this.#presenceSoon()
    const media = this.#media!
    this.#meter = new Meter(media, room.nick, {
      levels: (levels) => this.emit('audio-levels', levels),
      stats: (self, participants) => {
        this.emit('stats', { self, participants })
        if (this.#statsCount++ % TELL_STATS_EVERY === 0) {
          media.bridge?.channel?.sendStats(endpointStats(self, captureSize(this.#local.track('camera')).height))
        }
      },
    })
    media.peersChanged()
    this.#settled?.resolve()
    this.#settled = undefined
  }

  #onRemoved(removal: Removal): void {
    if (removal.kind === 'lost') void this.#rejoin()
    else this.#end(removal)
  }

  /** The stream is well, the room or its focus is not. */
  async #rejoin(): Promise<void> {
    if (this.#state === 'left' || !this.#connection?.online) return
    this.#setState('reconnecting')
    this.#stay++
    await this.#room?.leave()
    await pause(RETRY_MS)
    if (this.#connection.online) await this.#enter()
  }

  #forgetRoom(): void {
    this.#closeMedia()
    const room = this.#room
    this.#room = undefined
    room?.dispose()
    for (const id of [...this.#participants.keys()]) {
      this.#participants.delete(id)
      this.emit('participant-left', { id, reason: 'left' })
    }
  }

  #closeMedia(): void {
    const wasDirect = this.#media?.direct
    this.#meter?.close()
    this.#meter = undefined
    this.#media?.close()
    this.#media = undefined
    this.#forwarded = undefined
    this.#inactive.clear()
    if (wasDirect) this.emit('media-path', { p2p: false })
  }

  #end(reason: LeftReason): void {
    if (this.#state === 'left') return
    this.#stay++
    clearTimeout(this.#presenceTimer)
    globalThis.removeEventListener?.('pagehide', this.#onPageHide)
    this.#closeMedia()
    this.#room?.dispose()
    this.#room = undefined
    this.#connection?.close()
    this.#local.close()
    this.#participants.clear()
    this.#setState('left', reason)
    this.#settled?.reject(reason)
    this.#settled = undefined
  }

  readonly #onPageHide = (): void => {
    this.#room?.sayGoodbye()
    this.#end({ kind: 'hangup' })
  }

  // What is told

  #setState(state: MeetingState, left?: LeftReason): void {
    if (state === this.#state) return
    this.#state = state
    this.emit('state', left ? { state, left } : { state })
  }

  #tellSelf(): void {
    const self = { id: this.#selfId, moderator: this.#moderator, displayName: this.#displayName }
    const told = JSON.stringify(self)
    if (!self.id || told === this.#toldSelf) return
    this.#toldSelf = told
    this.emit('self', self)
  }

  /** Occupants that are people: no recorders and the like. */
  #people(room: Room): Occupant[] {
    return [...room.occupants.values()].filter((occupant) => !this.#hidden(occupant))
  }

  #hidden(occupant: Occupant): boolean {
    const domain = this.#options.config['hiddenDomain']
    return typeof domain === 'string' && domain !== '' && occupant.realJid.split('/')[0]!.endsWith(`@${domain}`)
  }

  #nameOf(nick: string): string {
    return nick === this.#selfId ? this.#displayName : (this.#participants.get(nick)?.displayName ?? '')
  }

  #describeAll(): void {
    if (!this.#room) return
    for (const occupant of this.#room.occupants.values()) this.#describe(occupant)
  }

  #describe(occupant: Occupant): void {
    if (this.#hidden(occupant)) return
    const before = this.#participants.get(occupant.nick)
    const now = describeParticipant(occupant, this.#mediaView())
    if (before && sameParticipant(before, now)) return
    this.#participants.set(now.id, now)
    this.emit(before ? 'participant-changed' : 'participant-joined', now)
  }

  #mediaView(): MediaView {
    return {
      tracks: this.#media?.tracks() ?? new Map(),
      forwarded: this.#forwarded,
      direct: this.#media?.direct ?? false,
      inactive: this.#inactive,
    }
  }

  #extensions(): Xml[] {
    const nick = this.#room?.nick ?? ''
    return presenceExtensions({
      displayName: this.#displayName,
      statsId: this.#machineId,
      capsVersion: this.#capsVersion,
      codecs: this.#codecs,
      raisedHand: this.#raisedHand,
      sources: this.#local.sourceStates(nick),
    })
  }

  /** Changes that come together go out together. */
  #presenceSoon(): void {
    if (!this.#room?.joined || this.#presenceTimer !== undefined) return
    this.#presenceTimer = setTimeout(() => {
      this.#presenceTimer = undefined
      const extensions = this.#extensions()
      const written = JSON.stringify(extensions)
      if (!this.#room?.joined || written === this.#sentPresence) return
      this.#sentPresence = written
      this.#room.sendPresence(extensions)
    }, 20)
  }

  async #updateTrack(slot: Slot): Promise<void> {
    this.#presenceSoon()
    await this.#media?.updateTrack(slot)
  }

  // What is asked of us

  #answerQueries(connection: XmppConnection): void {
    connection.handleIq('query', NS.DISCO_INFO, (query) => discoInfo(attr(query, 'node')))
    connection.handleIq('ping', NS.PING, () => undefined)
    for (const [ns, kind] of [
      [NS.MUTE_AUDIO, 'audio'],
      [NS.MUTE_VIDEO, 'video'],
      [NS.MUTE_DESKTOP, 'desktop'],
    ] as const) {
      connection.handleIq('mute', ns, (mute, iq) => {
        // Only the focus may, who has looked at the moderator's role.
        if (attr(iq, 'from') !== this.#room?.occupantJid(FOCUS_NICK)) throw new StanzaError('not-allowed')
        if (mute.text !== 'true') return undefined
        const by = (attr(mute, 'actor') ?? '').replace(/^.*\//, '')
        void (kind === 'desktop' ? this.setScreen(null) : this.setMuted(kind, true))
        this.emit('muted-by', { kind, by })
        return undefined
      })
    }
  }

  async #ask(action: (room: Room) => Promise<void>): Promise<void> {
    if (!this.#room?.joined) throw new Error('You are not in the meeting at the moment.')
    try {
      await action(this.#room)
    } catch (error) {
      throw new Error(sentenceFor(error))
    }
  }
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof StanzaError)) return 'That did not work.'
  switch (error.condition) {
    case 'not-allowed':
    case 'forbidden':
    case 'not-authorized':
      return 'Only moderators can do that.'
    case 'item-not-found':
      return 'That participant is no longer here.'
    case 'remote-server-timeout':
      return 'The server did not answer.'
    default:
      return 'The server refused.'
  }
}

function joinRefusal(error: StanzaError): LeftReason | 'conflict' | 'waiting-for-host' | 'retry' {
  const has = (name: string): boolean => error.element?.children.some((c) => c.name === name) ?? false
  switch (error.condition) {
    case 'conflict':
      return 'conflict'
    case 'not-authorized':
      return { kind: 'password-required' }
    case 'service-unavailable':
      return { kind: 'full' }
    case 'registration-required':
      return has('waiting-for-host') ? 'waiting-for-host' : { kind: 'not-allowed', text: 'members-only' }
    case 'not-allowed':
      if (has('room-does-not-exist') || /creation is restricted/i.test(error.message)) return 'retry'
      return { kind: 'not-allowed', text: error.message }
    default:
      return 'retry'
  }
}

function reasonOf(failure: ConnectFailure): LeftReason {
  return failure.kind === 'login' ? { kind: 'login-required', wrong: failure.wrong } : { kind: 'unreachable' }
}

/**
 * Video codecs of the meeting, best first: those that the server's bridge forwards, as far as this browser knows them.
 * Others send us nothing else, stock clients take whatever everybody lists.
 */
export function meetingCodecs(config: ServerConfig): string[] {
  const named: unknown = (config['videoQuality'] as { codecPreferenceOrder?: unknown } | undefined)?.codecPreferenceOrder
  const wanted = Array.isArray(named) ? named.map((codec) => String(codec).toLowerCase()) : [...USUAL_CODECS]
  const capabilities = globalThis.RTCRtpReceiver?.getCapabilities('video')?.codecs ?? []
  const known = new Set(capabilities.map((c) => c.mimeType.replace(/^.*\//, '').toLowerCase()))
  const usable = wanted.filter((codec) => known.has(codec))
  return usable.length > 0 ? usable : [...USUAL_CODECS]
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
