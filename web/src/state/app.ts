import { batch, computed, effect, signal, untracked } from '@preact/signals'
import type { CreateMeeting, LeftReason, ServerConfig } from '../protocol/api'
import { applyOptions, flag, parseFragment, type FragmentOptions } from './fragment'
import { LocalMedia, type Device } from './local-media'
import { MeetingModel } from './meeting-model'
import { Notices } from './notices'
import { readableRoomName, roomFromPath } from './room-name'
import { Settings } from './settings'
import { keepAwake } from './wake-lock'

export interface Account {
  user: string
  password: string
}

/** Which screen the page shows. */
export type Screen = 'welcome' | 'prejoin' | 'joining' | 'waiting-for-host' | 'meeting' | 'left'

/** A question that must be answered before joining goes on. */
export type Question = { kind: 'password'; wrong: boolean } | { kind: 'login'; wrong: boolean }

export interface AppParts {
  /** From the server's `config.js`; undefined when that could not be loaded. */
  config: ServerConfig | undefined
  loadProtocol: () => Promise<CreateMeeting>
  settings?: Settings
  location?: { pathname: string; hash: string }
}

/** The whole client as state: where we are, who we are, and the meeting if there is one. */
export class App {
  readonly settings: Settings
  readonly notices = new Notices()
  readonly media: LocalMedia
  /** The room's path segment; empty on the welcome page. */
  readonly room = signal('')
  readonly account = signal<Account | null>(null)
  readonly question = signal<Question | null>(null)
  readonly model = signal<MeetingModel | null>(null)
  readonly left = signal<LeftReason | null>(null)
  readonly joining = signal(false)
  /** The link asked to skip the prejoin screen. */
  private readonly skipPrejoin = signal(false)
  readonly screen = computed<Screen>(() => this.currentScreen())
  readonly title = computed(() => this.model.value?.subject.value || this.linkSubject.value || readableRoomName(this.room.value))
  private readonly linkSubject = signal('')
  private config: ServerConfig | undefined
  private readonly loadProtocol: () => Promise<CreateMeeting>
  private password = ''
  private protocol: Promise<CreateMeeting> | undefined

  constructor({ config, loadProtocol, settings, location = globalThis.location }: AppParts) {
    this.serverConfig = config
    this.loadProtocol = loadProtocol
    this.settings = settings ?? new Settings()
    this.media = new LocalMedia(this.settings)
    this.media.onLost = (kind) => this.deviceLost(kind)
    this.media.onFound = (kind, device) => this.deviceFound(kind, device)
    this.enter(roomFromPath(location.pathname), parseFragment(location.hash))
    effect(() => {
      const screen = this.media.screenProblem.value
      if (screen) this.notices.show({ key: 'notice.shareFailed', tone: 'problem', tag: 'share' })
    })
  }

  readonly serverConfig: ServerConfig | undefined

  get serverName(): string {
    return this.serverConfig?.serverName || this.serverConfig?.hosts.domain || 'Meetjar'
  }

  get needsAccount(): boolean {
    return this.serverConfig?.policy === 'members' || this.serverConfig?.policy === 'hosts'
  }

  /** Goes to a room's prejoin screen, or with an empty room to the welcome page. */
  enter(room: string, options: FragmentOptions = { config: new Map() }): void {
    this.config = this.serverConfig && applyOptions(this.serverConfig, options)
    batch(() => {
      this.room.value = room
      this.left.value = room && !this.config ? { kind: 'unreachable' } : null
      this.question.value = null
      this.password = ''
      if (options.displayName !== undefined) this.settings.displayName.value = options.displayName
      this.applyMediaOptions()
    })
    if (!room || !this.config) return
    void this.protocolModule().catch(() => undefined)
    void this.media.start()
    if (this.skipPrejoin.value) void this.join()
  }

  /** Loads the protocol layer in the background, so that joining is quick. */
  private protocolModule(): Promise<CreateMeeting> {
    this.protocol ??= this.loadProtocol().catch((error: unknown) => {
      this.protocol = undefined
      throw error
    })
    return this.protocol
  }

  private applyMediaOptions(): void {
    const { config } = this
    if (!config) return
    if (flag(config, 'startWithAudioMuted', false)) this.settings.forThisVisit('microphoneMuted', true)
    if (flag(config, 'startWithVideoMuted', false)) this.settings.forThisVisit('cameraOff', true)
    if (flag(config, 'startAudioOnly', false)) this.settings.forThisVisit('quality', 'audio-only')
    const { resolution, subject } = config
    this.media.cameraHeight = typeof resolution === 'number' && resolution >= 90 && resolution <= 2160 ? resolution : 720
    this.linkSubject.value = typeof subject === 'string' ? subject.slice(0, 120) : ''
    this.skipPrejoin.value = !flag(config, 'prejoinConfig.enabled', flag(config, 'prejoinPageEnabled', true))
  }

  async join(): Promise<void> {
    const { config } = this
    if (!config || this.joining.value) return
    const room = this.room.value
    batch(() => {
      this.joining.value = true
      this.question.value = null
      this.left.value = null
    })
    try {
      const createMeeting = await this.protocolModule()
      if (room !== this.room.value) return
      const account = this.account.value
      const meeting = createMeeting({
        config,
        room,
        displayName: this.settings.displayName.value.trim(),
        startAudioMuted: this.media.muted.value,
        startVideoMuted: this.media.cameraOff.value,
        ...(this.password && { password: this.password }),
        ...(account && { account }),
      })
      const lastN = typeof config['channelLastN'] === 'number' ? config['channelLastN'] : -1
      await this.stay(new MeetingModel(meeting, this.media, this.settings, this.notices, lastN), room)
    } catch (error) {
      // Our own code did not load or did not start.
      console.error(error)
      if (room === this.room.value) this.left.value = { kind: 'unreachable' }
    } finally {
      this.joining.value = false
    }
  }

  /** Follows one stay in the room from here to its end. */
  private async stay(model: MeetingModel, room: string): Promise<void> {
    this.model.value = model
    let awake: (() => void) | undefined
    const stop = effect(() => {
      const reason = model.left.value
      if (reason) {
        awake?.()
        queueMicrotask(() => {
          stop()
          this.ended(model, reason)
        })
      } else if (model.joinedOnce.value && !awake) {
        awake = keepAwake()
        untracked(() => this.settings.rememberRoom(room, Date.now()))
      }
    })
    try {
      await model.join()
    } catch (reason) {
      // Usually told by an event already; what comes second changes nothing.
      model.left.value ??= isLeftReason(reason) ? reason : { kind: 'failed', text: String(reason) }
    }
  }

  private ended(model: MeetingModel, reason: LeftReason): void {
    model.dispose()
    if (this.model.value !== model) return
    batch(() => {
      this.model.value = null
      if (reason.kind === 'password-required') this.question.value = { kind: 'password', wrong: this.password !== '' }
      else if (reason.kind === 'login-required') this.question.value = { kind: 'login', wrong: reason.wrong }
      else {
        this.left.value = reason
        this.media.stop()
      }
    })
  }

  /** Leaves the meeting, or stops trying to get in. */
  async leave(): Promise<void> {
    const model = this.model.value
    if (!model) return
    const joined = model.joinedOnce.value
    // The page does not wait for the network to say goodbye.
    this.ended(model, { kind: 'hangup' })
    if (!joined) {
      this.left.value = null
      void this.media.start()
    }
    await model.leave().catch(() => undefined)
  }

  /** Sets the room's password as a moderator, and remembers it for when we come back. */
  async setPassword(password: string): Promise<void> {
    await this.model.value?.meeting.setPassword(password)
    this.password = password
  }

  answerPassword(password: string): Promise<void> {
    this.password = password
    return this.join()
  }

  /** Signs in, and goes on joining when that was the question. */
  async signIn(account: Account): Promise<void> {
    this.account.value = account
    const waiting = this.model.value
    if (waiting && !waiting.joinedOnce.value) await this.leave()
    this.question.value = null
    if (this.room.value) await this.join()
  }

  signOut(): void {
    this.account.value = null
  }

  /** From the last screen back into the same room, as it was. */
  async rejoin(): Promise<void> {
    this.left.value = null
    if (!this.serverConfig) return globalThis.location.reload()
    await this.media.start()
    await this.join()
  }

  /** To the welcome page. */
  home(): void {
    void this.leave()
    this.media.stop()
    this.notices.shown.value = []
    this.enter('')
  }

  private deviceLost(kind: 'microphone' | 'camera'): void {
    this.notices.show({
      key: `notice.lost.${kind}`,
      tone: 'warning',
      tag: `lost-${kind}`,
      action: {
        key: 'action.useAnother',
        run: () => void (kind === 'camera' ? this.media.setCameraOff(false) : this.media.selectMicrophone('')),
      },
    })
  }

  private deviceFound(kind: 'microphone' | 'camera', { id, label }: Device): void {
    if (!this.model.value) return
    this.notices.show({
      key: `notice.found.${kind}`,
      values: { name: label },
      tag: `found-${kind}`,
      action: { key: 'action.use', run: () => void (kind === 'camera' ? this.media.selectCamera(id) : this.media.selectMicrophone(id)) },
    })
  }

  private currentScreen(): Screen {
    if (!this.room.value) return 'welcome'
    if (this.left.value) return 'left'
    const model = this.model.value
    if (model?.joinedOnce.value) return 'meeting'
    if (model?.state.value === 'waiting-for-host') return 'waiting-for-host'
    return this.skipPrejoin.value && !this.question.value ? 'joining' : 'prejoin'
  }
}

const isLeftReason = (value: unknown): value is LeftReason =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
