import { once } from 'node:events'
import { type Server, type Socket, connect, createServer } from 'node:net'

/** A TCP wire between a browser and the appliance that can be cut and mended, as a network is lost and returns. */
export class Wire {
  private readonly ends = new Set<Socket>()
  private cutNow = false

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(target: number): Promise<Wire> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const wire = new Wire(server, (server.address() as { port: number }).port)
    server.on('connection', (near) => wire.join(near, target))
    return wire
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  private join(near: Socket, target: number): void {
    if (this.cutNow) {
      near.resetAndDestroy()
      return
    }
    const far = connect(target, '127.0.0.1')
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.ends.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        this.ends.delete(one)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  }

  /** Breaks what is connected, without a goodbye, and refuses what comes; answers how many connections broke. */
  cut(): number {
    this.cutNow = true
    const broken = this.ends.size / 2
    for (const end of this.ends) end.resetAndDestroy()
    return broken
  }

  mend(): void {
    this.cutNow = false
  }

  async close(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }
}
