/** Jingle's envelope (XEP-0166): its actions, and who gets the messages of which session. */
import { StanzaError, type XmppConnection } from './connection'
import { NS } from './namespaces'
import { attr, child, childText, xml, type Xml } from './xml'

export type JingleAction =
  | 'session-initiate'
  | 'session-accept'
  | 'session-terminate'
  | 'session-info'
  | 'transport-info'
  | 'source-add'
  | 'source-remove'
  | 'content-modify'

export interface JingleSession {
  readonly sid: string
  readonly peerJid: string
  /** Handles any action but the first and the last. */
  handle(action: string, jingle: Xml): void
  /** The other side ended it. */
  terminated(reason: string, text: string, jingle: Xml): void
}

/** Actions that are understood, be it by ignoring them as stock clients do. */
const KNOWN = new Set([
  'session-accept',
  'session-info',
  'transport-info',
  'transport-replace',
  'source-add',
  'source-remove',
  'content-modify',
])

export class JingleRouter {
  readonly #sessions = new Map<string, JingleSession>()

  /** @param onInitiate makes a session of it, or refuses by throwing or by answering later */
  constructor(connection: XmppConnection, onInitiate: (jingle: Xml, from: string, to: string) => void) {
    connection.handleIq('jingle', NS.JINGLE, (jingle, iq) => {
      const from = attr(iq, 'from') ?? ''
      const sid = attr(jingle, 'sid') ?? ''
      const action = attr(jingle, 'action') ?? ''
      const session = this.#sessions.get(sid)
      if (action === 'session-initiate') {
        if (session) throw new StanzaError('service-unavailable')
        onInitiate(jingle, from, attr(iq, 'to') ?? '')
        return undefined
      }
      if (!session || session.peerJid !== from) {
        const unknown = xml('unknown-session', { xmlns: NS.JINGLE_ERRORS })
        throw new StanzaError('item-not-found', 'cancel', '', unknown)
      }
      if (action === 'session-terminate') {
        this.#sessions.delete(sid)
        const reason = child(jingle, 'reason')
        const condition = reason?.children.find((c) => c.name !== 'text')?.name ?? ''
        session.terminated(condition, childText(reason, 'text'), jingle)
      } else if (KNOWN.has(action)) session.handle(action, jingle)
      else throw new StanzaError('bad-request', 'modify')
      return undefined
    })
  }

  add(session: JingleSession): void {
    this.#sessions.set(session.sid, session)
  }

  remove(session: JingleSession): void {
    if (this.#sessions.get(session.sid) === session) this.#sessions.delete(session.sid)
  }

  clear(): void {
    this.#sessions.clear()
  }
}

export function jingleStanza(
  action: JingleAction,
  sid: string,
  attrs: Record<string, string>,
  content: readonly Xml[],
): Xml {
  return xml('jingle', { xmlns: NS.JINGLE, action, sid, ...attrs }, content)
}

export function jingleReason(condition: string, text: string): Xml {
  return xml('reason', {}, xml(condition), xml('text', {}, text))
}
