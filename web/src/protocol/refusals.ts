/** What refusals of the server mean: why a meeting cannot be joined, and sentences for what a moderator may not do. */
import type { LeftReason } from './api'
import { StanzaError, type ConnectFailure } from './connection'
import { NS } from './namespaces'

/** Thrown where it is certain that the meeting is over for us. */
export class Ended extends Error {
  constructor(readonly reason: LeftReason) {
    super(reason.kind)
  }
}

/** The answer to a refused join (wire contract, section 4). */
export function joinRefusal(error: StanzaError): LeftReason | 'conflict' | 'waiting-for-host' | 'retry' {
  const has = (name: string): boolean => error.element?.children.some((c) => c.name === name) ?? false
  if (isServerFull(error)) return { kind: 'server-full' }
  switch (error.condition) {
    case 'conflict':
      return 'conflict'
    case 'not-authorized':
      return { kind: 'password-required' }
    case 'service-unavailable':
      return { kind: 'full' }
    case 'registration-required':
      return has('waiting-for-host') ? 'waiting-for-host' : { kind: 'not-allowed', text: 'members-only' }
    case 'not-allowed':
      if (has('room-does-not-exist') || /creation is restricted/i.test(error.message)) return 'retry'
      return { kind: 'not-allowed', text: error.message }
    default:
      return 'retry'
  }
}

/** Whether the server has no room for more on account of its memory or processors. */
export function isServerFull(error: StanzaError): boolean {
  return error.element?.children.some((c) => c.name === 'server-full' && c.ns === NS.ADMISSION) ?? false
}

export function reasonOf(failure: ConnectFailure): LeftReason {
  return failure.kind === 'login' ? { kind: 'login-required', wrong: failure.wrong } : failure
}

export function sentenceFor(error: unknown): string {
  if (!(error instanceof StanzaError)) return 'That did not work.'
  switch (error.condition) {
    case 'not-allowed':
    case 'forbidden':
    case 'not-authorized':
      return 'Only moderators can do that.'
    case 'item-not-found':
      return 'That participant is no longer here.'
    case 'remote-server-timeout':
      return 'The server did not answer.'
    default:
      return 'The server refused.'
  }
}
