import { type RemoteInfo, type Socket, createSocket } from 'node:dgram'
import { once } from 'node:events'

/** What happens to packets on their way in one direction. */
export interface Path {
  /** Of all packets, 0 to 1. */
  loss: number
  delayMs: number
  jitterMs: number
  /** The part that is overtaken by those behind it. */
  reordered: number
  /** Infinity for no limit. */
  bitsPerSecond: number
  /** What would wait longer than this before a narrow link is dropped. */
  queueMs: number
}

const free: Readonly<Path> = { loss: 0, delayMs: 0, jitterMs: 0, reordered: 0, bitsPerSecond: Infinity, queueMs: 250 }

/** What IP and UDP add to a datagram. */
const OVERHEAD_BYTES = 28

const OVERTAKEN_MS = 20

/** The same numbers in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The payload type of an RTP packet (RFC 7983 and 5761 tell it from the rest); undefined for anything else. */
function payloadType(packet: Buffer): number | undefined {
  const [first = 0, second = 0] = packet
  const isRtp = packet.length >= 12 && first >> 6 === 2 && (second < 192 || second > 223)
  return isRtp ? second & 0x7f : undefined
}

/** One direction of a line: packets wait for their turn, then for the way to pass. */
class Line {
  path: Path = { ...free }
  /** How many RTP packets have come for this line, by payload type: encryption leaves their headers readable. */
  readonly seen = new Map<number, number>()
  private freeAt = 0

  constructor(private readonly random: () => number) {}

  send(packet: Buffer, deliver: () => void): void {
    const type = payloadType(packet)
    if (type !== undefined) this.seen.set(type, (this.seen.get(type) ?? 0) + 1)
    const { loss, delayMs, jitterMs, reordered, bitsPerSecond, queueMs } = this.path
    const now = performance.now()
    const begins = Math.max(now, this.freeAt)
    if (this.random() < loss || begins - now > queueMs) return
    this.freeAt = begins + ((packet.length + OVERHEAD_BYTES) * 8000) / bitsPerSecond
    const overtaken = this.random() < reordered ? OVERTAKEN_MS : 0
    const wait = this.freeAt - now + delayMs + jitterMs * this.random() + overtaken
    if (wait < 0.5) deliver()
    else setTimeout(deliver, wait)
  }
}

/**
 * A UDP relay between clients and the bridge, as bad a network as it is told to be. The bridge sees each
 * client at a port of the relay's.
 */
export class LossyRelay {
  private readonly up: Line
  private readonly down: Line
  private readonly clients = new Map<string, Socket>()
  private readonly left: Socket[] = []

  private constructor(
    private readonly near: Socket,
    readonly port: number,
    private readonly target: number,
    seed: number,
  ) {
    this.up = new Line(numbers(seed))
    this.down = new Line(numbers(seed + 1))
    near.on('error', () => undefined)
    near.on('message', (packet, from) => {
      this.up.send(packet, () => this.far(from).send(packet, this.target, '127.0.0.1', () => undefined))
    })
  }

  static async to(target: number, seed = 1): Promise<LossyRelay> {
    const near = createSocket('udp4')
    near.bind(0)
    await once(near, 'listening')
    return new LossyRelay(near, near.address().port, target, seed)
  }

  /** Where the bridge sees this client. */
  private far(client: RemoteInfo): Socket {
    const name = `${client.address}:${client.port}`
    const known = this.clients.get(name)
    if (known) return known
    const far = createSocket('udp4')
    far.on('error', () => undefined)
    far.on('message', (packet) => {
      this.down.send(packet, () => this.near.send(packet, client.port, client.address, () => undefined))
    })
    this.clients.set(name, far)
    return far
  }

  /** The same in both directions; what is not said is as on a free line. */
  both(path: Partial<Path>): void {
    this.up.path = { ...free, ...path }
    this.down.path = { ...free, ...path }
  }

  /** Towards the clients alone. */
  downlink(path: Partial<Path>): void {
    this.down.path = { ...free, ...path }
  }

  /** How many RTP packets of this payload type have gone to the bridge, and how many to the clients. */
  seen(payloadType: number): { up: number; down: number } {
    return { up: this.up.seen.get(payloadType) ?? 0, down: this.down.seen.get(payloadType) ?? 0 }
  }

  /** Clients come from other addresses from now on, as when a phone leaves the house; answers how many do. */
  moveClients(): number {
    const moved = this.clients.size
    this.left.push(...this.clients.values())
    this.clients.clear()
    return moved
  }

  close(): void {
    for (const socket of [this.near, ...this.clients.values(), ...this.left]) socket.close()
  }
}
