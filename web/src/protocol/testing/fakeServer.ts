/**
 * An XMPP server for tests, behind the page's WebSocket: one room, a focus, stream management with resumption. Sockets
 * can be cut and the server stopped, restarted or made to forget its sessions.
 */
import { fromElement, type Xml } from '../xml'

interface Session {
  jid: string
  token: string
  received: number
  sent: string[]
  acknowledged: number
  counting: boolean
  socket: FakeSocket | undefined
}

export class FakeServer {
  readonly sessions: Session[] = []
  /** Everything that clients sent, in order. */
  readonly log: Xml[] = []
  up = true
  /** Refuses queries to the focus with this condition. */
  focusRefuses: string | undefined
  /** What stands in that error besides the condition. */
  focusRemarks = ''
  /** Sends away who has not signed in. */
  full = false
  /** Refuses presence to the room with this error. */
  roomRefuses: string | undefined
  silent = false
  connections = 0
  mechanisms = ['ANONYMOUS', 'PLAIN']
  #users = 0

  install(): void {
    const server = this
    globalThis.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url, server)
      }
    } as unknown as typeof WebSocket
  }

  /** Breaks all sockets; sessions wait to be resumed. */
  cut(): void {
    for (const session of this.sessions) {
      session.socket?.die()
      session.socket = undefined
    }
  }

  /** Everybody is forgotten. */
  restart(): void {
    this.cut()
    this.sessions.length = 0
  }

  /** The stanzas of that name that clients sent. */
  sent(name: string): Xml[] {
    return this.log.filter((x) => x.name === name)
  }

  deliver(session: Session, stanza: string): void {
    session.sent.push(stanza)
    session.socket?.receive(stanza)
  }

  accept(socket: FakeSocket, data: string): void {
    const element = parse(data)
    this.log.push(element)
    if (this.silent) return
    const { session } = socket
    switch (element.name) {
      case 'open':
        socket.receive(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" from="d" id="${this.connections}" version="1.0"/>`)
        if (this.full) {
          const reason = '<resource-constraint xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>'
          socket.receive(`<stream:error xmlns:stream="http://etherx.jabber.org/streams">${reason}</stream:error>`)
          break
        }
        socket.receive(features(socket.authenticated, this.mechanisms))
        break
      case 'auth': {
        const [, , password] = atob(element.text).split('\0')
        if (element.attrs['mechanism'] === 'PLAIN' && password !== 'right') {
          socket.receive('<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><not-authorized/></failure>')
          break
        }
        socket.authenticated = true
        socket.receive('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>')
        break
      }
      case 'resume': {
        const old = this.sessions.find((s) => s.token === element.attrs['previd'])
        if (!old) {
          socket.receive(
            '<failed xmlns="urn:xmpp:sm:3"><item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></failed>',
          )
          break
        }
        old.socket = socket
        socket.session = old
        const missed = old.sent.slice(Number(element.attrs['h']))
        socket.receive(`<resumed xmlns="urn:xmpp:sm:3" h="${old.received}" previd="${old.token}"/>`)
        for (const stanza of missed) socket.receive(stanza)
        break
      }
      case 'enable':
        session!.counting = true
        socket.receive(`<enabled xmlns="urn:xmpp:sm:3" resume="true" id="${session!.token}"/>`)
        break
      case 'r':
        socket.receive(`<a xmlns="urn:xmpp:sm:3" h="${session!.received}"/>`)
        break
      case 'iq':
        if (session?.counting) session.received++
        this.#onIq(socket, element)
        break
      case 'presence':
        if (session?.counting) session.received++
        this.#onPresence(session!, element)
        break
      case 'message':
        if (session?.counting) session.received++
        break
    }
  }

  #onIq(socket: FakeSocket, iq: Xml): void {
    const id = iq.attrs['id']!
    const child = iq.children[0]
    if (child?.name === 'bind') {
      const node = `${String(++this.#users).repeat(8).slice(0, 8)}-x`
      const jid = `${node}@d/res`
      const session: Session = {
        jid,
        token: `token${this.#users}`,
        received: 0,
        sent: [],
        acknowledged: 0,
        counting: false,
        socket,
      }
      this.sessions.push(session)
      socket.session = session
      const bind = `<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>${jid}</jid></bind>`
      socket.receive(`<iq xmlns="jabber:client" type="result" id="${id}">${bind}</iq>`)
      return
    }
    const session = socket.session
    if (!session || iq.attrs['type'] === 'result' || iq.attrs['type'] === 'error') return
    const to = iq.attrs['to'] ?? 'd'
    const head = `xmlns="jabber:client" from="${to}" to="${session.jid}" id="${id}"`
    if (child?.name === 'conference') {
      this.deliver(
        session,
        this.focusRefuses
          ? `<iq ${head} type="error"><error type="auth"><${this.focusRefuses} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>${this.focusRemarks}</error></iq>`
          : `<iq ${head} type="result"><conference xmlns="http://jitsi.org/protocol/focus" ready="true" focusjid="focus@auth.d"/></iq>`,
      )
      return
    }
    this.deliver(session, `<iq ${head} type="result"/>`)
  }

  #onPresence(session: Session, presence: Xml): void {
    const to = presence.attrs['to'] ?? ''
    if (presence.attrs['type'] === 'unavailable') {
      if (!to) return
      const x = '<x xmlns="http://jabber.org/protocol/muc#user"><item role="none"/><status code="110"/></x>'
      this.deliver(session, `<presence xmlns="jabber:client" from="${to}" to="${session.jid}" type="unavailable">${x}</presence>`)
      return
    }
    if (this.roomRefuses) {
      this.deliver(session, `<presence xmlns="jabber:client" from="${to}" to="${session.jid}" type="error">${this.roomRefuses}</presence>`)
      return
    }
    const room = to.slice(0, to.indexOf('/'))
    const occupant = (from: string, jid: string, role: string, more: string): string =>
      `<presence xmlns="jabber:client" from="${from}" to="${session.jid}"><x xmlns="http://jabber.org/protocol/muc#user"><item affiliation="owner" role="${role}" jid="${jid}"/>${more}</x></presence>`
    if (presence.children.some((c) => c.ns === 'http://jabber.org/protocol/muc')) {
      this.deliver(session, occupant(`${room}/focus`, 'focus@auth.d/f', 'moderator', ''))
    }
    this.deliver(session, occupant(to, session.jid, 'moderator', '<status code="110"/>'))
  }
}

/** The server's end and the page's end of a WebSocket in one. */
export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readyState = 0
  authenticated = false
  session: Session | undefined
  onopen: (() => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: ((event: object) => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null

  constructor(
    readonly url: string,
    readonly server: FakeServer,
  ) {
    server.connections++
    setTimeout(() => {
      if (this.readyState !== 0) return
      if (!server.up) {
        this.readyState = 3
        this.onerror?.({})
        this.onclose?.({ code: 1006 })
        return
      }
      this.readyState = 1
      this.onopen?.()
    }, 1)
  }

  send(data: string): void {
    if (this.readyState === 1) setTimeout(() => this.server.accept(this, data), 1)
  }

  close(): void {
    this.readyState = 3
  }

  receive(data: string): void {
    setTimeout(() => {
      if (this.readyState === 1) this.onmessage?.({ data })
    }, 1)
  }

  die(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code: 1006 })
  }
}

function features(authenticated: boolean, mechanisms: readonly string[]): string {
  const inside = authenticated
    ? '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/><sm xmlns="urn:xmpp:sm:3"/>'
    : `<mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${mechanisms.map((m) => `<mechanism>${m}</mechanism>`).join('')}</mechanisms>`
  return `<stream:features xmlns:stream="http://etherx.jabber.org/streams">${inside}</stream:features>`
}

export function parse(text: string): Xml {
  return fromElement(new DOMParser().parseFromString(text, 'text/xml').documentElement)
}
