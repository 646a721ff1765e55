/** The way into the room: asking the focus, waiting for a host, joining; again and again until that succeeds. */
import type { MeetingState, ServerConfig } from './api'
import { StanzaError, type XmppConnection } from './connection'
import { refusalOf, requestConference, type ConferenceReply } from './focus'
import { endpointId, randomHex8 } from './jid'
import { Ended, isServerFull, joinRefusal } from './refusals'
import type { Room } from './room'

export interface EntranceOptions {
  connection: XmppConnection
  config: ServerConfig
  roomJid: string
  machineId: string
  /** A room under that nick, ready to be joined. */
  prepare(nick: string, conference: ConferenceReply): Room
  join(room: Room): Promise<void>
  /** What was prepared is of no use. */
  discard(): void
  /** Whether this way in is still wanted. */
  wanted(): boolean
  /** Whether failures of unknown kind are to be borne without end. */
  patient(): boolean
  tell(state: Extract<MeetingState, 'waiting-for-host' | 'connecting'>): void
}

const HOST_RETRY_MS = 3000
const RETRY_MS = 1000
const LAST_RETRY_MS = 120_000
/** So many failures of unknown kind end an impatient attempt. */
const MAX_FAILURES = 8

export class Entrance {
  readonly #options: EntranceOptions
  #sessionId: string | undefined

  constructor(options: EntranceOptions) {
    this.#options = options
  }

  /** The room, joined; undefined when it is no longer wanted. Throws {@link Ended} when it cannot be. */
  async enter(): Promise<Room | undefined> {
    const { wanted, patient, discard } = this.#options
    for (let failures = 0; wanted(); ) {
      try {
        const conference = await this.#request()
        return conference && (await this.#join(conference))
      } catch (error) {
        if (!wanted()) return undefined
        if (error instanceof Ended) throw error
        discard()
        const text = error instanceof Error ? error.message : String(error)
        if (++failures >= MAX_FAILURES && !patient()) throw new Ended({ kind: 'failed', text })
        await pause(RETRY_MS)
      }
    }
    return undefined
  }

  /** Asks until the focus is ready. */
  async #request(): Promise<ConferenceReply | undefined> {
    const { connection, config, roomJid, machineId, wanted, tell } = this.#options
    const focus = config.hosts.focus ?? `focus.${config.hosts.domain}`
    for (let waitMs = RETRY_MS; wanted(); ) {
      try {
        const reply = await requestConference(connection, focus, roomJid, { machineId, sessionId: this.#sessionId })
        this.#sessionId = reply.sessionId ?? this.#sessionId
        if (reply.ready) return reply
        await pause(waitMs)
        waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)
      } catch (error) {
        if (!(error instanceof StanzaError)) throw error
        if (isServerFull(error)) throw new Ended({ kind: 'server-full' })
        const refusal = refusalOf(error)
        if (refusal === 'session-invalid' && this.#sessionId !== undefined) this.#sessionId = undefined
        else if (refusal === 'not-authorized') {
          if (config.policy === 'members') throw new Ended({ kind: 'login-required', wrong: false })
          tell('waiting-for-host')
          await pause(HOST_RETRY_MS)
        } else throw error
      }
    }
    return undefined
  }

  async #join(conference: ConferenceReply): Promise<Room | undefined> {
    const { connection, prepare, join, discard, wanted, tell } = this.#options
    tell('connecting')
    let nick = endpointId(connection.jid, connection.anonymous)
    while (wanted()) {
      const room = prepare(nick, conference)
      try {
        await join(room)
        return room
      } catch (error) {
        if (!wanted() || !(error instanceof StanzaError)) throw error
        discard()
        const refusal = joinRefusal(error)
        if (refusal === 'conflict') nick = randomHex8()
        else if (refusal === 'waiting-for-host') {
          tell('waiting-for-host')
          await pause(HOST_RETRY_MS)
        } else if (refusal === 'retry') throw error
        else throw new Ended(refusal)
      }
    }
    return undefined
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
