import { signal } from '@preact/signals'

/** A short message over the page: the catalogue's key and its values. */
export interface Notice {
  id: number
  key: string
  values: Record<string, string | number>
  tone: 'plain' | 'warning' | 'problem'
  /** A button in it. */
  action?: { key: string; run: () => void }
  /** A notice with the same tag takes the place of an older one. */
  tag?: string
}

export type NewNotice = Partial<Omit<Notice, 'id' | 'key'>> & { key: string; seconds?: number }

const maxShown = 3

/** The notices that are on the page at present, oldest first, at most three. They go by themselves. */
export class Notices {
  readonly shown = signal<readonly Notice[]>([])
  private lastId = 0
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>()

  show({ seconds, ...notice }: NewNotice): number {
    const id = ++this.lastId
    const whole: Notice = { values: {}, tone: 'plain', ...notice, id }
    const others = this.shown.value.filter((other) => !notice.tag || other.tag !== notice.tag)
    this.shown.value = [...others, whole].slice(-maxShown)
    this.timers.set(id, setTimeout(() => this.dismiss(id), (seconds ?? (notice.action ? 9 : 5)) * 1000))
    return id
  }

  dismiss(id: number): void {
    clearTimeout(this.timers.get(id))
    this.timers.delete(id)
    this.shown.value = this.shown.value.filter((notice) => notice.id !== id)
  }

  dismissTag(tag: string): void {
    for (const notice of this.shown.value) if (notice.tag === tag) this.dismiss(notice.id)
  }
}
