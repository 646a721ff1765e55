/** What is said in the room, as messages for people. */
import type { ChatMessage } from './api'
import type { RoomMessage } from './room'

/** Messages that are remembered, to know them again. */
const MAX_HEARD = 1000

export class Chat {
  readonly #heard = new Set<string>()

  /** The message to show; undefined when it was shown before, as after a room was entered again. */
  receive(message: RoomMessage, selfId: string, nameOf: (nick: string) => string): ChatMessage | undefined {
    const { id, nick: from, text, time, privately } = message
    const own = from === selfId
    // Our own private messages are shown when they are sent.
    if (own && privately) return undefined
    const key = `${from} ${id}`
    if (this.#heard.has(key)) return undefined
    this.#heard.add(key)
    if (this.#heard.size > MAX_HEARD) this.#heard.delete(this.#heard.values().next().value!)
    const displayName = message.displayName ?? nameOf(from)
    return { id, from, displayName, text, time, own, ...(privately ? { privateTo: selfId } : {}) }
  }
}
