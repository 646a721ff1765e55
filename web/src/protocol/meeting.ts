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
} from './api'
import { discoInfo } from './caps'
import { Chat } from './chat'
import { meetingCodecs } from './codecs'
import { stanza, StanzaError, XmppConnection } from './connection'
import { discoverIceServers, discoverServices, type Services } from './disco'
import { Emitter } from './emitter'
import { captureSize } from './encodings'
import { Entrance, pause } from './entrance'
import type { ConferenceReply } from './focus'
import { LocalMedia } from './localMedia'
import { Media } from './media'
import { Meter } from './meter'
import { NS } from './namespaces'
import { Participants } from './participants'
import { Ended, reasonOf, sentenceFor } from './refusals'
import type { Slot } from './remoteDescription'
import { FOCUS_NICK, Room, type Removal } from './room'
import { isModerator } from './roster'
import { normaliseRoomName } from './roomName'
import { SelfPresence } from './selfPresence'
import { endpointStats } from './stats'
import { attr, child, xml } from './xml'

export function createMeeting(options: MeetingOptions): Meeting {
  return new LiveMeeting(options)
}

/** Before a room that failed us is entered again. */
const REJOIN_PAUSE_MS = 1000
/** The others hear of our connection with every so many readings. */
const TELL_STATS_EVERY = 10

class LiveMeeting extends Emitter<MeetingEvents> implements Meeting {
  readonly #options: MeetingOptions
  readonly #local = new LocalMedia()
  readonly #chat = new Chat()
  readonly #participants: Participants
  readonly #presence: SelfPresence
  readonly #codecs: readonly string[]
  readonly #roomJid: string
  readonly #machineId = crypto.randomUUID()
  #connection: XmppConnection | undefined
  #room: Room | undefined
  #media: Media | undefined
  #meter: Meter | undefined
  #services: Services = {}
  #iceServers: readonly RTCIceServer[] = []
  #state: MeetingState = 'connecting'
  #selfId = ''
  #moderator = false
  #toldSelf = ''
  #wishes: ReceiverWishes | undefined
  /** Counts attempts to be in the room: what belongs to an earlier one is void. */
  #stay = 0
  #settled: { resolve(): void; reject(reason: LeftReason): void } | undefined
  #statsCount = 0
  #everJoined = false
  #askedToStartMuted = false

  constructor(options: MeetingOptions) {
    super()
    const { config, displayName, room } = options
    this.#options = { ...options }
    this.#local.muted.audio = options.startAudioMuted ?? false
    this.#local.muted.video = options.startVideoMuted ?? false
    this.#codecs = meetingCodecs(config)
    this.#roomJid = `${normaliseRoomName(room)}@${config.hosts.muc}`
    this.#participants = new Participants(this, config['hiddenDomain'])
    this.#presence = new SelfPresence(displayName, this.#machineId, this.#codecs, this.#local)
  }

  get state(): MeetingState {
    return this.#state
  }

  get selfId(): string {
    return this.#selfId
  }

  get participants(): ReadonlyMap<string, Participant> {
    return this.#participants.all
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
    if (name === this.#presence.displayName) return
    this.#presence.displayName = name
    this.#presence.publishSoon(this.#room)
    this.#tellSelf()
  }

  setRaisedHand(raised: boolean): void {
    this.#presence.raisedHand = raised ? Date.now() : 0
    this.#presence.publishSoon(this.#room)
  }

  sendChat(text: string, privateTo?: string): void {
    const id = crypto.randomUUID()
    this.#room?.sendMessage(text, id, privateTo)
    // The room echoes what goes to all, and nothing else.
    if (privateTo === undefined) return
    const { displayName } = this.#presence
    this.emit('chat', { id, from: this.#selfId, displayName, text, time: new Date(), privateTo, own: true })
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

  /** A session is there: on into the room, until that succeeds or something forbids it. */
  async #enter(): Promise<void> {
    const stay = ++this.#stay
    const connection = this.#connection!
    const { config } = this.#options
    this.#forgetRoom()
    const wanted = (): boolean => stay === this.#stay && this.#state !== 'left' && connection.online
    const iceServers = this.#discover(connection, config.hosts.domain)
    const entrance = new Entrance({
      connection,
      config,
      roomJid: this.#roomJid,
      machineId: this.#machineId,
      prepare: (nick, conference) => this.#prepare(nick, conference),
      join: async (room) => {
        this.#iceServers = await iceServers
        await this.#presence.prepare()
        await this.#presence.join(room, this.#options.password)
      },
      discard: () => this.#forgetRoom(),
      wanted,
      patient: () => this.#everJoined,
      tell: (state) => {
        if (state === 'waiting-for-host') this.#setState(state)
        else if (this.#state === 'waiting-for-host') this.#setState(this.#everJoined ? 'reconnecting' : state)
      },
    })
    try {
      const room = await entrance.enter()
      if (room && wanted()) this.#onJoined(room)
    } catch (error) {
      if (stay !== this.#stay) return
      this.#end(error instanceof Ended ? error.reason : { kind: 'failed', text: String(error) })
    }
  }

  /** Services and relays of the server; an answer that does not come is no obstacle. */
  #discover(connection: XmppConnection, domain: string): Promise<RTCIceServer[]> {
    discoverServices(connection, domain)
      .then((services) => (this.#services = services))
      .catch(() => undefined)
    return discoverIceServers(connection, domain).catch(() => [])
  }

  /** The room and its media, wired; the focus may call before the join has come back. */
  #prepare(nick: string, conference: ConferenceReply): Room {
    const connection = this.#connection!
    const room = new Room(connection, this.#roomJid, nick)
    let focusJid: string | undefined
    const media = new Media({
      connection,
      room,
      config: this.#options.config,
      local: this.#local,
      iceServers: () => this.#iceServers,
      codecs: this.#codecs,
      peers: () => this.#participants.people(room),
      trustedFocus: () => focusJid,
    })
    this.#room = room
    this.#media = media
    this.#selfId = nick
    this.#participants.follow(room, media)
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
    room.on('occupant-joined', () => media.peersChanged())
    room.on('occupant-left', ({ occupant }) => {
      this.#meter?.participantLeft(occupant.nick)
      media.participantLeft(occupant.nick)
    })
    room.on('subject', (subject) => this.emit('subject', { subject }))
    room.on('announcement', (text) => this.emit('notice', { key: 'notice.announcement', values: { text } }))
    room.on('removed', (removal) => this.#onRemoved(removal))
    room.on('message', (message) => {
      const shown = this.#chat.receive(message, nick, (id) => this.#nameOf(id))
      if (shown) this.emit('chat', shown)
    })
    this.#wireMedia(media)
    return room
  }

  #wireMedia(media: Media): void {
    media.on('path', ({ p2p }) => this.emit('media-path', { p2p }))
    media.on('dominant-speaker', (event) => this.emit('dominant-speaker', event))
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
    this.#presence.publishSoon(room)
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
    await pause(REJOIN_PAUSE_MS)
    if (this.#connection.online) await this.#enter()
  }

  #forgetRoom(): void {
    this.#closeMedia()
    const room = this.#room
    this.#room = undefined
    room?.dispose()
    this.#participants.forget()
  }

  #closeMedia(): void {
    const wasDirect = this.#media?.direct
    this.#meter?.close()
    this.#meter = undefined
    this.#media?.close()
    this.#media = undefined
    if (wasDirect) this.emit('media-path', { p2p: false })
  }

  #end(reason: LeftReason): void {
    if (this.#state === 'left') return
    this.#stay++
    this.#presence.close()
    globalThis.removeEventListener?.('pagehide', this.#onPageHide)
    this.#closeMedia()
    this.#room?.dispose()
    this.#room = undefined
    this.#connection?.close()
    this.#local.close()
    this.#participants.all.clear()
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
    const self = { id: this.#selfId, moderator: this.#moderator, displayName: this.#presence.displayName }
    const told = JSON.stringify(self)
    if (!self.id || told === this.#toldSelf) return
    this.#toldSelf = told
    this.emit('self', self)
  }

  #nameOf(id: string): string {
    return id === this.#selfId ? this.#presence.displayName : (this.#participants.all.get(id)?.displayName ?? '')
  }

  async #updateTrack(slot: Slot): Promise<void> {
    this.#presence.publishSoon(this.#room)
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
