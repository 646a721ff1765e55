import { computed, signal } from '@preact/signals'
import type { ChatMessage } from '../protocol/api'

/** A line of the chat: what somebody wrote, or the answer to a command of ours. */
export type ChatLine = { kind: 'message'; message: ChatMessage } | { kind: 'answer'; id: string; key: string; values: Record<string, string> }

/** So many lines are kept; older ones go. */
const maxLines = 500

/** The chat of a meeting, with what is new since the panel was last open. */
export class ChatModel {
  readonly lines = signal<readonly ChatLine[]>([])
  readonly open = signal(false)
  /** Whom the next message goes to; the empty string for everybody. */
  readonly to = signal('')
  private readonly readCount = signal(0)
  private readonly received = signal(0)
  readonly unread = computed(() => this.received.value - this.readCount.value)
  private answers = 0

  add(message: ChatMessage): void {
    if (this.lines.value.some((line) => line.kind === 'message' && line.message.id === message.id)) return
    this.push({ kind: 'message', message })
    if (!message.own) this.received.value++
    if (this.open.value) this.markRead()
  }

  answer(key: string, values: Record<string, string> = {}): void {
    this.push({ kind: 'answer', id: `answer-${++this.answers}`, key, values })
  }

  setOpen(open: boolean): void {
    this.open.value = open
    if (open) this.markRead()
  }

  private markRead(): void {
    this.readCount.value = this.received.value
  }

  private push(line: ChatLine): void {
    this.lines.value = [...this.lines.value, line].slice(-maxLines)
  }
}
