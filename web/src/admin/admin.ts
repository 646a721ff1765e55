import { signal } from '@preact/signals'
import { Notices } from '../state/notices'
import { ApiError, type Account, type Api, type Load, type Me, type Policy, type Role, type Room, type Settings, type Status, type Token } from './api'

export type Screen = 'loading' | 'setup' | 'setup-over' | 'sign-in' | 'main'
export type Tab = 'overview' | 'accounts' | 'settings'
export const tabs: readonly Tab[] = ['overview', 'accounts', 'settings']

/** How often live figures are asked for while somebody looks. */
const lookEveryMs = 2500

/** A longer time between two samples is a gap. */
const missedMs = 15_000

/** A quarter of an hour, as the server keeps it. */
const keptSamples = 180

/** The admin page as observable state. Nothing here knows of elements or texts. */
export class Admin {
  readonly screen = signal<Screen>('loading')
  readonly me = signal<Me | undefined>(undefined)
  readonly tab = signal<Tab>('overview')
  readonly status = signal<Status | undefined>(undefined)
  readonly samples = signal<readonly Load[]>([])
  readonly rooms = signal<readonly Room[] | undefined>(undefined)
  /** Whether the last question for live figures was answered. */
  readonly reachable = signal(true)
  readonly accounts = signal<readonly Account[] | undefined>(undefined)
  readonly settings = signal<Settings | undefined>(undefined)
  readonly tokens = signal<readonly Token[] | undefined>(undefined)
  readonly notices = new Notices()

  private settingsTag = ''
  private looking: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly api: Api,
    private readonly setupToken = '',
  ) {}

  /** Finds out where to begin: at the first run's link, signing in, or inside. */
  async begin(): Promise<void> {
    if (this.setupToken) {
      try {
        this.settings.value = await this.api.checkSetup(this.setupToken)
        this.screen.value = 'setup'
        return
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'setup-over') this.tell(error)
        this.screen.value = 'setup-over'
        return
      }
    }
    try {
      this.enter(await this.api.me())
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) this.tell(error)
      this.screen.value = 'sign-in'
    }
  }

  async setUp(wanted: { name: string; password: string; serverName?: string; policy?: Policy }): Promise<void> {
    this.enter(await this.api.setUp({ token: this.setupToken, ...wanted }))
  }

  async signIn(name: string, password: string): Promise<void> {
    this.enter(await this.api.signIn(name, password))
  }

  async signOut(): Promise<void> {
    await this.api.signOut().catch(() => undefined)
    this.leave()
  }

  show(tab: Tab): void {
    this.tab.value = tab
    void this.load(tab)
  }

  /** Asks for live figures again and again, until {@link stopLooking}. */
  look(): void {
    this.stopLooking()
    const round = async () => {
      if (document.visibilityState !== 'hidden') await this.refresh()
      if (this.screen.peek() === 'main') this.looking = setTimeout(() => void round(), lookEveryMs)
    }
    this.looking = setTimeout(() => void round(), 0)
  }

  stopLooking(): void {
    clearTimeout(this.looking)
    this.looking = undefined
  }

  async refresh(): Promise<void> {
    try {
      const [status, rooms] = await Promise.all([this.api.status(), this.api.rooms()])
      this.status.value = status
      this.rooms.value = rooms
      this.append(status.load)
      this.reachable.value = true
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.leave()
      else this.reachable.value = false
    }
  }

  /** Does something and says what came of it; true when it worked. */
  async attempt(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await work()
      if (done) this.notices.show({ key: done, tag: 'done' })
      return true
    } catch (error) {
      if (error instanceof ApiError && error.code === 'sign-in') this.leave()
      else this.tell(error)
      return false
    }
  }

  endRoom = (room: string) => this.attempt(() => this.api.endRoom(room).then(() => this.refresh()), 'admin.notice.ended')

  drain = (on: boolean) =>
    this.attempt(async () => {
      const draining = await this.api.drain(on)
      if (this.status.value) this.status.value = { ...this.status.value, draining }
    })

  addAccount = async (account: { name: string; password: string; role: Role }) => {
    await this.api.addAccount(account)
    await this.load('accounts')
  }
  removeAccount = (name: string) => this.attempt(() => this.api.removeAccount(name).then(() => this.load('accounts')), 'admin.notice.removed')
  setRole = (name: string, role: Role) => this.attempt(() => this.api.setRole(name, role).then(() => this.load('accounts')), 'admin.notice.role')

  async saveSettings(wanted: Partial<Settings>): Promise<boolean> {
    const saved = await this.attempt(async () => this.keep(await this.api.saveSettings(wanted, this.settingsTag)))
    if (!saved) await this.load('settings')
    return saved
  }

  removeToken = (id: string) => this.attempt(() => this.api.removeToken(id).then(() => this.load('settings')))

  async load(tab: Tab): Promise<void> {
    if (tab === 'overview') {
      await this.attempt(async () => (this.samples.value = await this.api.history()))
    } else if (tab === 'accounts') {
      await this.attempt(async () => (this.accounts.value = await this.api.accounts()))
    } else {
      await this.attempt(async () => {
        this.keep(await this.api.settings())
        this.tokens.value = await this.api.tokens()
      })
    }
  }

  tell(error: unknown): void {
    this.notices.show({ key: problemKey(error), tone: 'problem', tag: 'problem', seconds: 8 })
  }

  private keep({ value, tag }: { value: Settings; tag: string }): void {
    this.settings.value = value
    this.settingsTag = tag
    if (this.status.value) this.status.value = { ...this.status.value, serverName: value.serverName, policy: value.policy }
  }

  private append(load: Load | undefined): void {
    const before = this.samples.value
    const last = before.at(-1)
    if (!load || last?.at === load.at) return
    // Nobody looked for a while: the server has what was missed.
    if (last && load.at - last.at > missedMs) void this.load('overview')
    this.samples.value = [...before, load].slice(-keptSamples)
  }

  private enter(me: Me): void {
    this.me.value = me
    this.screen.value = 'main'
    this.show(this.tab.peek())
    this.look()
  }

  private leave(): void {
    this.stopLooking()
    this.me.value = undefined
    this.status.value = undefined
    this.rooms.value = undefined
    this.accounts.value = undefined
    this.tokens.value = undefined
    this.samples.value = []
    this.screen.value = 'sign-in'
  }
}

const known = [
  'busy',
  'changed',
  'exists',
  'fixed',
  'last-owner',
  'member',
  'name',
  'network',
  'owner-only',
  'password',
  'server-name',
  'setup-over',
  'token-name',
  'too-fast',
  'wrong-password',
]

/** The catalogue's key for what went wrong. */
export function problemKey(error: unknown): string {
  const code = error instanceof ApiError ? error.code : ''
  return `admin.problem.${known.includes(code) ? code : 'other'}`
}
