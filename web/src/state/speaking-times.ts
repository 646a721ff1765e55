/** Who was the dominant speaker for how long, as seen from here. */
export class SpeakingTimes {
  private readonly totals = new Map<string, { name: string; milliseconds: number }>()
  private current: { id: string; name: string; since: number } | undefined

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** From now on this person speaks; the empty id for nobody. */
  speaks(id: string, name: string): void {
    this.settle()
    this.current = id ? { id, name, since: this.now() } : undefined
  }

  /** Longest first. People who left keep their line. */
  list(): { id: string; name: string; milliseconds: number }[] {
    this.settle()
    return [...this.totals].map(([id, total]) => ({ id, ...total })).sort((a, b) => b.milliseconds - a.milliseconds)
  }

  private settle(): void {
    if (!this.current) return
    const { id, name, since } = this.current
    const now = this.now()
    const before = this.totals.get(id)?.milliseconds ?? 0
    this.totals.set(id, { name, milliseconds: before + now - since })
    this.current.since = now
  }
}
