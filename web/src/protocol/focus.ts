/** Asking the focus for the conference, before the room is joined (wire contract, section 3). */
import { StanzaError, type XmppConnection } from './connection'
import { NS } from './namespaces'
import { attr, child, xml, type Xml } from './xml'

export interface ConferenceReply {
  ready: boolean
  /** Bare JID of the focus; an occupant is the focus only under this account. */
  focusJid: string
  sessionId?: string
}

export type ConferenceRefusal =
  /** Nobody who may start the meeting is there. */
  | 'not-authorized'
  /** The session id was stale; ask again without one. */
  | 'session-invalid'
  | { text: string }

export async function requestConference(
  connection: XmppConnection,
  focus: string,
  room: string,
  options: { machineId: string; sessionId?: string | undefined },
): Promise<ConferenceReply> {
  const reply = await connection.iq(
    'set',
    focus,
    xml(
      'conference',
      { xmlns: NS.FOCUS, room, 'machine-uid': options.machineId, 'session-id': options.sessionId },
      xml('property', { name: 'rtcstatsEnabled', value: false }),
    ),
  )
  return parseConferenceReply(child(reply, 'conference', NS.FOCUS))
}

export function parseConferenceReply(conference: Xml | undefined): ConferenceReply {
  const sessionId = attr(conference, 'session-id')
  return {
    ready: attr(conference, 'ready') === 'true',
    focusJid: attr(conference, 'focusjid') ?? '',
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}

export function refusalOf(error: StanzaError): ConferenceRefusal {
  if (error.element?.children.some((c) => c.name === 'session-invalid') || error.condition === 'not-acceptable') {
    return 'session-invalid'
  }
  return error.condition === 'not-authorized' ? 'not-authorized' : { text: error.message }
}
