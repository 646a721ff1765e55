/** Typed events: `E` maps each event's name to its value. */
export class Emitter<E extends object> {
  readonly #handlers = new Map<keyof E, Set<(value: never) => void>>()

  /** Returns what takes the handler away again. */
  on<K extends keyof E>(event: K, handler: (value: E[K]) => void): () => void {
    let set = this.#handlers.get(event)
    if (!set) this.#handlers.set(event, (set = new Set()))
    set.add(handler)
    return () => set.delete(handler)
  }

  /** A handler that throws is reported to the console and keeps nobody else from hearing of the event. */
  emit<K extends keyof E>(event: K, value: E[K]): void {
    for (const handler of [...(this.#handlers.get(event) ?? [])]) {
      try {
        ;(handler as (value: E[K]) => void)(value)
      } catch (error) {
        console.error(`A handler of '${String(event)}' failed`, error)
      }
    }
  }

  clear(): void {
    this.#handlers.clear()
  }
}
