/** The server's REST interface as the admin page uses it (`/api/v1/`). */

export type Policy = 'open' | 'hosts' | 'members'
export type Role = 'member' | 'admin' | 'owner'

export interface Me {
  name: string
  role: Role
}

export interface Settings {
  serverName: string
  policy: Policy
  /** What was decided when the server was started. */
  fixed: readonly ('serverName' | 'policy')[]
}

/** The machine at one moment; rates are of the seconds before. */
export interface Load {
  /** Milliseconds since 1970. */
  at: number
  /** The part of all processors in use, 0 to 1. */
  cpu: number
  residentBytes: number
  heapUsedBytes: number
  bitsInPerSecond: number
  bitsOutPerSecond: number
  meetings: number
  people: number
}

export interface Certificate {
  names: readonly string[]
  /** Empty for one of the server's own making. */
  issuer: string
  notAfter: string
  trusted: boolean
  /** What is being waited for; empty when all is well. */
  problem: string
}

export interface Status {
  serverName: string
  policy: Policy
  domain: string
  version: string
  startedAt: string
  draining: boolean
  /** How many people may be in meetings at a time. */
  participantsLimit: number
  processors: number
  heapLimitBytes: number
  load?: Load
  /** None where a proxy in front of the server has it. */
  certificate?: Certificate
}

export interface PersonInRoom {
  id: string
  name: string
  moderator: boolean
  account: boolean
  roundTripMs?: number
  receivesBitsPerSecond?: number
  sendsBitsPerSecond?: number
  loss?: number
}

export interface Room {
  room: string
  name: string
  since: string
  people: readonly PersonInRoom[]
}

export interface Account {
  name: string
  role: Role
  created: string
}

export interface Token {
  id: string
  name: string
  mayChange: boolean
  created: string
}

/** A refusal: the server's word for it, or `network` when there was no answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code)
  }
}

export interface Tagged<T> {
  value: T
  tag: string
}

export class Api {
  constructor(private readonly base = '/api/v1/') {}

  checkSetup = (token: string) => this.call<Settings>('POST', 'setup', { token })
  setUp = (wanted: { token: string; name: string; password: string; serverName?: string; policy?: Policy }) => this.call<Me>('POST', 'setup', wanted)

  me = () => this.call<Me>('GET', 'session')
  signIn = (name: string, password: string) => this.call<Me>('POST', 'session', { name, password })
  signOut = () => this.call<void>('DELETE', 'session')

  status = () => this.call<Status>('GET', 'status')
  history = async () => (await this.call<{ samples: Load[] }>('GET', 'status/history')).samples
  rooms = async () => (await this.call<{ rooms: Room[] }>('GET', 'rooms')).rooms
  endRoom = (room: string) => this.call<void>('DELETE', `rooms/${encodeURIComponent(room)}`)
  drain = async (draining: boolean) => (await this.call<{ draining: boolean }>('PUT', 'drain', { draining })).draining

  accounts = async () => (await this.call<{ accounts: Account[] }>('GET', 'accounts')).accounts
  addAccount = (account: { name: string; password: string; role: Role }) => this.call<Account>('POST', 'accounts', account)
  removeAccount = (name: string) => this.call<void>('DELETE', `accounts/${encodeURIComponent(name)}`)
  setPassword = (name: string, password: string) => this.call<void>('PUT', `accounts/${encodeURIComponent(name)}/password`, { password })
  setRole = (name: string, role: Role) => this.call<Account>('PUT', `accounts/${encodeURIComponent(name)}/role`, { role })

  settings = () => this.tagged<Settings>('GET', 'settings')
  /** Refused as `changed` when somebody else has changed them since `tag`. */
  saveSettings = (wanted: Partial<Settings>, tag: string) => this.tagged<Settings>('PUT', 'settings', wanted, tag)

  tokens = async () => (await this.call<{ tokens: Token[] }>('GET', 'tokens')).tokens
  /** The secret is told this once. */
  addToken = (name: string, mayChange: boolean) => this.call<Token & { secret: string }>('POST', 'tokens', { name, mayChange })
  removeToken = (id: string) => this.call<void>('DELETE', `tokens/${encodeURIComponent(id)}`)

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.tagged<T>(method, path, body)).value
  }

  private async tagged<T>(method: string, path: string, body?: unknown, tag?: string): Promise<Tagged<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (tag) headers['If-Match'] = tag
    let response: Response
    try {
      response = await fetch(this.base + path, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch {
      throw new ApiError(0, 'network')
    }
    const answer = (response.status === 204 ? undefined : await response.json().catch(() => undefined)) as unknown
    if (!response.ok) throw new ApiError(response.status, wordOf(answer) ?? (response.status === 503 ? 'busy' : 'unknown'))
    return { value: answer as T, tag: response.headers.get('ETag') ?? '' }
  }
}

function wordOf(answer: unknown): string | undefined {
  const word = answer && typeof answer === 'object' ? (answer as { error?: unknown }).error : undefined
  return typeof word === 'string' ? word : undefined
}
