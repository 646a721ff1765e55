/**
 * The multi-user chat room (XEP-0045): joining, who is in it, what is said, and what a moderator does. One object
 * stands for one stay; after a lost session a new one is made.
 */
import { errorOf, stanza, StanzaError, type XmppConnection } from './connection'
import { Emitter } from './emitter'
import { bareJid, resourceOf } from './jid'
import { NS } from './namespaces'
import { parseOccupant, statusCodes, type Occupant } from './presence'
import { attr, child, childrenOf, childText, xml, type Xml } from './xml'

export const FOCUS_NICK = 'focus'

export interface RoomMessage {
  id: string
  nick: string
  text: string
  time: Date
  privately: boolean
  /** Name of an author who is not in the room. */
  displayName?: string
}

export type Departure = 'left' | 'kicked' | 'lost'

export type Removal =
  | { kind: 'kicked'; by: string; reason: string }
  | { kind: 'ended'; reason: string }
  /** The room forgot us for no reason that it tells; joining again is right. */
  | { kind: 'lost' }

export interface RoomEvents {
  /** Our own presence came back: on joining and whenever role or affiliation change. */
  self: Occupant
  'occupant-joined': Occupant
  'occupant-changed': Occupant
  'occupant-left': { occupant: Occupant; departure: Departure }
  /** The focus is in the room, or said something new; gone when undefined. */
  focus: { occupant: Occupant; presence: Xml } | undefined
  message: RoomMessage
  subject: string
  /** The room itself says something to everybody: the server is about to be restarted. */
  announcement: string
  /** We are out, not by our own will. */
  removed: Removal
}

const JOIN_TIMEOUT_MS = 15_000
/** How long leaving waits for the room's goodbye. */
const LEAVE_TIMEOUT_MS = 1_000
/** Presence of occupants is kept for so many at most. */
const MAX_OCCUPANTS = 2000

export class Room extends Emitter<RoomEvents> {
  readonly #connection: XmppConnection
  readonly #occupants = new Map<string, Occupant>()
  readonly #unsubscribe: (() => void)[]
  #joined = false
  #leaving = false
  #settleJoin: { resolve(): void; reject(error: StanzaError): void } | undefined
  #onGone: (() => void) | undefined

  constructor(
    connection: XmppConnection,
    /** Bare JID of the room. */
    readonly jid: string,
    readonly nick: string,
  ) {
    super()
    this.#connection = connection
    this.#unsubscribe = [
      connection.on('presence', (presence) => this.#onPresence(presence)),
      connection.on('message', (message) => this.#onMessage(message)),
    ]
  }

  get joined(): boolean {
    return this.#joined
  }

  /** Everybody but ourselves and the focus. */
  get occupants(): ReadonlyMap<string, Occupant> {
    return this.#occupants
  }

  occupantJid(nick: string): string {
    return `${this.jid}/${nick}`
  }

  /** Resolves when our own presence came back; rejects with the room's refusal. */
  join(extensions: readonly Xml[], password?: string): Promise<void> {
    const muc = xml('x', { xmlns: NS.MUC }, password ? xml('password', {}, password) : undefined)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settleJoin?.reject(new StanzaError('remote-server-timeout', 'wait')), JOIN_TIMEOUT_MS)
      this.#settleJoin = {
        resolve: () => {
          clearTimeout(timer)
          this.#settleJoin = undefined
          resolve()
        },
        reject: (error) => {
          clearTimeout(timer)
          this.#settleJoin = undefined
          reject(error)
        },
      }
      this.#connection.send(stanza('presence', { to: this.occupantJid(this.nick) }, muc, ...extensions))
    })
  }

  sendPresence(extensions: readonly Xml[]): void {
    if (this.#joined) this.#connection.send(stanza('presence', { to: this.occupantJid(this.nick) }, ...extensions))
  }

  /** Says goodbye and waits a moment for the answer. */
  async leave(): Promise<void> {
    if (!this.#joined || this.#leaving) return this.dispose()
    this.#leaving = true
    const gone = new Promise<void>((resolve) => {
      this.#onGone = resolve
      setTimeout(resolve, LEAVE_TIMEOUT_MS)
    })
    this.sayGoodbye()
    await gone
    this.dispose()
  }

  /** Only the goodbye, for pages that are going away. */
  sayGoodbye(): void {
    if (this.#joined) {
      this.#connection.send(stanza('presence', { to: this.occupantJid(this.nick), type: 'unavailable' }))
    }
  }

  dispose(): void {
    this.#joined = false
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#settleJoin?.reject(new StanzaError('gone'))
    this.clear()
  }

  sendMessage(text: string, id: string, privateTo?: string): void {
    const to = privateTo === undefined ? this.jid : this.occupantJid(privateTo)
    const type = privateTo === undefined ? 'groupchat' : 'chat'
    this.#connection.send(stanza('message', { to, type, id }, xml('body', {}, text)))
  }

  setSubject(subject: string): void {
    this.#connection.send(stanza('message', { to: this.jid, type: 'groupchat' }, xml('subject', {}, subject)))
  }

  async kick(nick: string, reason = ''): Promise<void> {
    await this.#admin(xml('item', { nick, role: 'none' }, xml('reason', {}, reason)))
  }

  async grantOwner(nick: string): Promise<void> {
    const jid = this.#occupants.get(nick)?.realJid
    if (!jid) throw new StanzaError('item-not-found')
    await this.#admin(xml('item', { affiliation: 'owner', jid: bareJid(jid) }))
  }

  async mute(nick: string, kind: 'audio' | 'video' | 'desktop'): Promise<void> {
    const ns = { audio: NS.MUTE_AUDIO, video: NS.MUTE_VIDEO, desktop: NS.MUTE_DESKTOP }[kind]
    const mute = xml('mute', { xmlns: ns, jid: this.occupantJid(nick) }, 'true')
    await this.#connection.iq('set', this.occupantJid(FOCUS_NICK), mute)
  }

  /** The empty string takes the password away. */
  async setPassword(password: string): Promise<void> {
    await this.#configure({
      'muc#roomconfig_roomsecret': password,
      'muc#roomconfig_passwordprotectedroom': password ? '1' : '0',
      'muc#roomconfig_whois': 'anyone',
    })
  }

  /** Ends the room for everybody. */
  async destroy(reason = ''): Promise<void> {
    const destroy = xml('destroy', {}, xml('reason', {}, reason))
    await this.#connection.iq('set', this.jid, xml('query', { xmlns: NS.MUC_OWNER }, destroy))
  }

  async #admin(item: Xml): Promise<void> {
    await this.#connection.iq('set', this.jid, xml('query', { xmlns: NS.MUC_ADMIN }, item))
  }

  async #configure(fields: Record<string, string>): Promise<void> {
    const form = await this.#connection.iq('get', this.jid, xml('query', { xmlns: NS.MUC_OWNER }))
    const known = new Set(
      childrenOf(child(child(form, 'query', NS.MUC_OWNER), 'x'), 'field').map((field) => attr(field, 'var')),
    )
    const all = { FORM_TYPE: NS.MUC_CONFIG, ...fields }
    const submitted = Object.entries(all)
      .filter(([name]) => name === 'FORM_TYPE' || known.size === 0 || known.has(name))
      .map(([name, value]) => xml('field', { var: name }, xml('value', {}, value)))
    const x = xml('x', { xmlns: NS.DATA_FORM, type: 'submit' }, submitted)
    await this.#connection.iq('set', this.jid, xml('query', { xmlns: NS.MUC_OWNER }, x))
  }

  #onPresence(presence: Xml): void {
    const from = attr(presence, 'from') ?? ''
    if (bareJid(from) !== this.jid) return
    const nick = resourceOf(from)
    const type = attr(presence, 'type')
    if (type === 'error') {
      this.#settleJoin?.reject(errorOf(presence))
      return
    }
    if (nick === '' || (type !== undefined && type !== 'unavailable')) return
    const occupant = parseOccupant(presence, nick)
    if (type === 'unavailable') this.#onUnavailable(presence, occupant)
    else if (nick === this.nick) this.#onSelf(occupant)
    else if (nick === FOCUS_NICK) this.emit('focus', { occupant, presence })
    else if (this.#occupants.has(nick)) {
      this.#occupants.set(nick, occupant)
      this.emit('occupant-changed', occupant)
    } else if (this.#occupants.size < MAX_OCCUPANTS) {
      this.#occupants.set(nick, occupant)
      this.emit('occupant-joined', occupant)
    }
  }

  #onSelf(occupant: Occupant): void {
    const first = !this.#joined
    this.#joined = true
    this.emit('self', occupant)
    if (!first) return
    if (occupant.statusCodes.has(201)) {
      // A room of a stock server is created with hidden addresses; the focus and stock clients need them.
      this.#configure({ 'muc#roomconfig_whois': 'anyone' }).catch(() => undefined)
    }
    this.#settleJoin?.resolve()
  }

  #onUnavailable(presence: Xml, occupant: Occupant): void {
    const user = child(presence, 'x', NS.MUC_USER)
    const codes = statusCodes(user)
    if (occupant.nick === this.nick) {
      this.#joined = false
      if (this.#leaving) {
        this.#onGone?.()
        return
      }
      const removal = removalOf(user, codes)
      if (this.#settleJoin) this.#settleJoin.reject(new StanzaError('gone', 'cancel', removal.kind))
      else this.emit('removed', removal)
      return
    }
    if (occupant.nick === FOCUS_NICK) {
      this.emit('focus', undefined)
      return
    }
    const known = this.#occupants.get(occupant.nick)
    if (!known) return
    this.#occupants.delete(occupant.nick)
    const departure = codes.has(307) ? 'kicked' : codes.has(333) ? 'lost' : 'left'
    this.emit('occupant-left', { occupant: known, departure })
  }

  #onMessage(message: Xml): void {
    const from = attr(message, 'from') ?? ''
    if (bareJid(from) !== this.jid || attr(message, 'type') === 'error') return
    const nick = resourceOf(from)
    const type = attr(message, 'type')
    const subject = child(message, 'subject')
    const body = child(message, 'body')
    if (type === 'groupchat' && subject && !body) {
      this.emit('subject', subject.text)
      return
    }
    if (type === 'groupchat' && nick === '' && body?.text) {
      this.emit('announcement', body.text)
      return
    }
    if (!body?.text || nick === '' || (type !== 'groupchat' && type !== 'chat')) return
    const stamp = Date.parse(attr(child(message, 'delay', NS.DELAY), 'stamp') ?? '')
    const visitor = childText(message, 'display-name')
    this.emit('message', {
      id: attr(message, 'id') ?? `${nick}-${Date.now()}`,
      nick,
      text: body.text,
      time: Number.isNaN(stamp) ? new Date() : new Date(stamp),
      privately: type === 'chat',
      ...(visitor ? { displayName: visitor } : {}),
    })
  }
}

function removalOf(user: Xml | undefined, codes: Set<number>): Removal {
  const destroy = child(user, 'destroy')
  if (destroy) return { kind: 'ended', reason: childText(destroy, 'reason') }
  const item = child(user, 'item')
  if (codes.has(307)) {
    return { kind: 'kicked', by: attr(child(item, 'actor'), 'nick') ?? '', reason: childText(item, 'reason') }
  }
  return { kind: 'lost' }
}
