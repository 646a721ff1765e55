/**
 * The XMPP stream over WebSocket (RFC 7395): login, keepalive, stream management (XEP-0198) and coming back after the
 * network or the server was away. Strophe speaks the stream; what it forgets when a socket breaks – handlers, pending
 * queries, stanzas to send – is held here, so that a resumed stream goes on as if nothing had happened.
 */
import { Strophe, type StanzaView, type StreamManagementController } from 'strophe.js'
import { Emitter } from './emitter'
import { NS } from './namespaces'
import { retryDelayMs } from './retry'
import { attr, child, childText, fromElement, toBuilder, withAttrs, xml, type Xml } from './xml'

export interface ConnectionOptions {
  /** URL of the WebSocket. */
  url: string
  /** Domain to log in to. */
  domain: string
  /** Domain that answers pings. */
  pingTarget: string
  /** Absent for an anonymous login. */
  account?: { user: string; password: string } | undefined
}

export type ConnectFailure =
  /** The server asks for an account, or refuses the one given. */
  | { kind: 'login'; wrong: boolean }
  /** The server has no room for another client. */
  | { kind: 'server-full' }
  /** Nobody answered. */
  | { kind: 'unreachable' }

export interface ConnectionEvents {
  /** A stream with a new session: everything that the server knew of us is gone. */
  connected: { jid: string }
  /** The stream broke; attempts to come back go on by themselves. */
  interrupted: undefined
  /** The old session goes on; nothing was lost. */
  resumed: undefined
  /** No further attempts are made. */
  failed: ConnectFailure
  presence: Xml
  message: Xml
}

/** Answers a query; what it returns goes into the result. Throws {@link StanzaError} to refuse. */
export type IqHandler = (query: Xml, iq: Xml) => Xml | undefined

/** A stanza error: condition, text and the whole error element. */
export class StanzaError extends Error {
  constructor(
    readonly condition: string,
    readonly type: string = 'cancel',
    text = '',
    /** The `<error>` element as received, or what to add to the one that is sent. */
    readonly element?: Xml,
  ) {
    super(text || condition)
    this.name = 'StanzaError'
  }
}

const IQ_TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000
/** After so much silence the server is asked whether it is there. */
export const PING_AFTER_MS = 10_000
export const PING_TIMEOUT_MS = 5_000
/** How often the very first connection is attempted before it is given up. */
const FIRST_ATTEMPTS = 4

// Its notes on each broken socket would be noise: what matters is handled and told here.
Strophe.setLogLevel(Strophe.LogLevel.FATAL)

type StropheConnection = InstanceType<typeof Strophe.Connection>
type Timer = ReturnType<typeof setTimeout>

interface PendingIq {
  resolve(iq: Xml): void
  reject(error: StanzaError): void
  timer: Timer
  to: string | undefined
}

export class XmppConnection extends Emitter<ConnectionEvents> {
  readonly #options: ConnectionOptions
  readonly #strophe: StropheConnection
  readonly #pending = new Map<string, PendingIq>()
  readonly #iqHandlers = new Map<string, IqHandler>()
  /** Stanzas that wait for the stream to come back. */
  #outbox: Xml[] = []
  #phase: 'idle' | 'connecting' | 'online' | 'closed' = 'idle'
  #everOnline = false
  #attempt = 0
  #lastId = 0
  /** Tells the callbacks of the present socket from those of earlier ones. */
  #generation = 0
  #resumptionToken: string | undefined
  #retryTimer: Timer | undefined
  #connectTimer: Timer | undefined
  #silenceTimer: Timer | undefined
  #pinging = false
  readonly #idPrefix = Math.random().toString(36).slice(2, 8)

  constructor(options: ConnectionOptions) {
    super()
    this.#options = options
    this.#strophe = new Strophe.Connection(options.url, {
      enableStreamManagement: true,
      // Not the tab's storage: a duplicated tab would inherit it and steal the session.
      streamManagement: { storage: new Strophe.MemoryStorageBackend() },
      mechanisms: [Strophe.SASLAnonymous, Strophe.SASLSHA1, Strophe.SASLSHA256, Strophe.SASLPlain],
    })
    const sm: StreamManagementController | undefined = this.#strophe.sm
    if (sm) {
      sm.onFailed = (_view?: StanzaView, resumeFailed?: boolean) => {
        if (!resumeFailed) return
        // What the lost session had not delivered must not leak into the new one.
        sm.reset()
        sm.serverSupported = true
      }
    }
  }

  /** The full JID; empty before the first login. */
  get jid(): string {
    return this.#phase === 'idle' ? '' : this.#strophe.jid
  }

  get online(): boolean {
    return this.#phase === 'online'
  }

  get anonymous(): boolean {
    return this.#options.account === undefined
  }

  connect(): void {
    if (this.#phase !== 'idle') return
    globalThis.addEventListener?.('online', this.#onNetworkBack)
    globalThis.addEventListener?.('offline', this.#onNetworkGone)
    this.#open()
  }

  /** Closes the stream for good. */
  close(): void {
    if (this.#phase === 'closed') return
    const wasOnline = this.online
    this.#phase = 'closed'
    globalThis.removeEventListener?.('online', this.#onNetworkBack)
    globalThis.removeEventListener?.('offline', this.#onNetworkGone)
    this.#clearTimers()
    this.#rejectPending()
    this.#outbox = []
    if (wasOnline) this.#strophe.disconnect()
    else this.#dropSocket()
  }

  /** Sends now, or when the broken stream has been resumed. */
  send(stanza: Xml): void {
    if (this.#phase === 'online') this.#strophe.send(toBuilder(stanza))
    else if (this.#everOnline && this.#phase === 'connecting') this.#outbox.push(stanza)
  }

  /** Sends a query; the result's stanza, or a {@link StanzaError}, `remote-server-timeout` when nothing comes. */
  iq(type: 'get' | 'set', to: string | undefined, payload: Xml, timeoutMs = IQ_TIMEOUT_MS): Promise<Xml> {
    const id = `${this.#idPrefix}-${++this.#lastId}`
    return new Promise((resolve, reject) => {
      if (this.#phase === 'closed') return reject(new StanzaError('remote-server-timeout', 'wait'))
      const timer = setTimeout(() => {
        this.#pending.delete(id)
        reject(new StanzaError('remote-server-timeout', 'wait'))
      }, timeoutMs)
      this.#pending.set(id, { resolve, reject, timer, to })
      this.send(xml('iq', { xmlns: NS.CLIENT, type, to, id }, payload))
    })
  }

  /** Who answers queries whose child has that name and namespace; one for each. */
  handleIq(name: string, ns: string, handler: IqHandler): void {
    this.#iqHandlers.set(`${name} ${ns}`, handler)
  }

  /** Asks the server whether it is there, and breaks the connection when it is not. */
  async ping(timeoutMs = PING_TIMEOUT_MS): Promise<boolean> {
    if (!this.online) return false
    try {
      await this.iq('get', this.#options.pingTarget, xml('ping', { xmlns: NS.PING }), timeoutMs)
      return true
    } catch (error) {
      // Any answer is an answer.
      if (error instanceof StanzaError && error.condition !== 'remote-server-timeout') return true
      return false
    }
  }

  #open(): void {
    this.#phase = 'connecting'
    const { url, account, domain } = this.#options
    const strophe = this.#strophe
    strophe.reset()
    strophe.service = this.#resumptionToken
      ? `${url}${url.includes('?') ? '&' : '?'}previd=${encodeURIComponent(this.#resumptionToken)}`
      : url
    this.#connectTimer = setTimeout(() => this.#broken(), CONNECT_TIMEOUT_MS)
    const generation = ++this.#generation
    try {
      strophe.connect(account ? `${account.user}@${domain}` : domain, account?.password ?? '', (status, condition) => {
        if (generation === this.#generation) this.#onStatus(status, condition)
      })
    } catch {
      this.#broken()
    }
  }

  #onStatus(status: number, condition: string | null): void {
    if (this.#phase === 'closed') return
    const { Status, ErrorCondition } = Strophe
    switch (status) {
      case Status.CONNECTED:
        this.#onConnected()
        break
      case Status.AUTHFAIL:
        this.#fail({ kind: 'login', wrong: !this.anonymous })
        break
      case Status.CONNFAIL:
        if (condition === ErrorCondition.NO_AUTH_MECH || condition === ErrorCondition.MISSING_JID_NODE) {
          this.#fail({ kind: 'login', wrong: !this.anonymous })
        } else if (condition === 'resource-constraint' && !this.#everOnline) this.#fail({ kind: 'server-full' })
        else this.#broken()
        break
      case Status.ERROR:
      case Status.CONNTIMEOUT:
      case Status.DISCONNECTED:
        this.#broken()
        break
    }
  }

  #onConnected(): void {
    clearTimeout(this.#connectTimer)
    const strophe = this.#strophe
    strophe.addHandler((element: Element) => this.#onStanza(element), null, null, null)
    this.#attempt = 0
    const resumed = strophe.hasResumed()
    this.#phase = 'online'
    this.#everOnline = true
    if (resumed) {
      this.#resumptionToken = strophe.sm?.state.id
      const waiting = this.#outbox
      this.#outbox = []
      for (const stanza of waiting) this.send(stanza)
      this.#heard()
      this.emit('resumed', undefined)
    } else {
      this.#resumptionToken = undefined
      this.#outbox = []
      this.#rejectPending()
      if (strophe.sm) {
        strophe.sm.onEnabled = () => {
          const { id, resumeSupported } = strophe.sm!.state
          this.#resumptionToken = resumeSupported ? id : undefined
        }
      }
      this.#heard()
      this.emit('connected', { jid: strophe.jid })
    }
  }

  /** The socket is gone or useless: drop it and try again. */
  #broken(): void {
    if (this.#phase === 'closed') return
    const wasOnline = this.online
    this.#clearTimers()
    this.#generation++
    this.#phase = 'connecting'
    this.#dropSocket()
    if (wasOnline) this.emit('interrupted', undefined)
    if (!this.#everOnline && this.#attempt >= FIRST_ATTEMPTS - 1) return this.#fail({ kind: 'unreachable' })
    this.#retryTimer = setTimeout(() => this.#open(), retryDelayMs(this.#attempt++))
  }

  #dropSocket(): void {
    // Strophe keeps the state that a resumption needs in its storage; the rest of the dead stream can go.
    const { _proto: transport } = this.#strophe
    transport._doDisconnect()
  }

  #fail(failure: ConnectFailure): void {
    if (this.#phase === 'closed') return
    this.#generation++
    this.#dropSocket()
    this.close()
    this.emit('failed', failure)
  }

  #onStanza(element: Element): boolean {
    this.#heard()
    try {
      const stanza = fromElement(element)
      if (stanza.name === 'iq') this.#onIq(stanza)
      else if (stanza.name === 'presence') this.emit('presence', stanza)
      else if (stanza.name === 'message') this.emit('message', stanza)
    } catch (error) {
      console.error('A stanza could not be handled', error)
    }
    return true
  }

  #onIq(iq: Xml): void {
    const type = attr(iq, 'type')
    const id = attr(iq, 'id') ?? ''
    if (type === 'result' || type === 'error') {
      const pending = this.#pending.get(id)
      if (!pending) return
      const from = attr(iq, 'from')
      // Only who was asked may answer; our own server may leave out its name.
      if (from !== undefined && pending.to !== undefined && from !== pending.to) return
      this.#pending.delete(id)
      clearTimeout(pending.timer)
      if (type === 'result') pending.resolve(iq)
      else pending.reject(errorOf(iq))
      return
    }
    const query = iq.children[0]
    const handler = query && this.#iqHandlers.get(`${query.name} ${query.ns ?? ''}`)
    const head = { xmlns: NS.CLIENT, to: attr(iq, 'from'), id }
    try {
      if (!query || !handler) throw new StanzaError('service-unavailable')
      this.send(xml('iq', { ...head, type: 'result' }, handler(query, iq)))
    } catch (error) {
      const refusal = error instanceof StanzaError ? error : new StanzaError('internal-server-error')
      if (!(error instanceof StanzaError)) console.error('A query could not be answered', error)
      this.send(
        xml(
          'iq',
          { ...head, type: 'error' },
          xml('error', { type: refusal.type }, xml(refusal.condition, { xmlns: NS.STANZAS }), refusal.element),
        ),
      )
    }
  }

  #heard(): void {
    clearTimeout(this.#silenceTimer)
    this.#silenceTimer = setTimeout(() => void this.#check(), PING_AFTER_MS)
  }

  /** Pings; silence for an answer breaks the connection. */
  async #check(timeoutMs = PING_TIMEOUT_MS): Promise<void> {
    if (!this.online || this.#pinging) return
    this.#pinging = true
    const generation = this.#generation
    const alive = await this.ping(timeoutMs)
    this.#pinging = false
    if (!alive && generation === this.#generation && this.online) this.#broken()
  }

  readonly #onNetworkBack = (): void => {
    if (this.#phase === 'connecting' && this.#retryTimer !== undefined) {
      this.#clearTimers()
      this.#attempt = 0
      this.#open()
    } else void this.#check(2000)
  }

  readonly #onNetworkGone = (): void => {
    void this.#check(2000)
  }

  #clearTimers(): void {
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#connectTimer)
    clearTimeout(this.#silenceTimer)
    this.#retryTimer = undefined
  }

  #rejectPending(): void {
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer)
      pending.reject(new StanzaError('remote-server-timeout', 'wait'))
    }
    this.#pending.clear()
  }
}

/** The error that a stanza of type `error` carries. */
export function errorOf(stanza: Xml): StanzaError {
  const error = child(stanza, 'error')
  const condition = error?.children.find((c) => c.ns === NS.STANZAS && c.name !== 'text')?.name ?? 'undefined-condition'
  return new StanzaError(condition, attr(error, 'type') ?? 'cancel', childText(error, 'text'), error)
}

/** A stanza of the client namespace, addressed. */
export function stanza(name: 'presence' | 'message', attrs: Record<string, string | undefined>, ...content: Xml[]): Xml {
  return withAttrs(xml(name, {}, ...content), { xmlns: NS.CLIENT, ...attrs })
}
