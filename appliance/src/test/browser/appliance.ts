import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { createSocket } from 'node:dgram'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
/** The tests' own variables are no settings of the appliance. */
const withoutSettings = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('MEET_')),
)

export const jar = process.env['MEET_JAR'] ?? join(here, '../../../target/meet.jar')
const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java'

async function freeTcpPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** The packaged jar as a process of its own, started as a user starts it. */
export class Appliance {
  private process: ChildProcess | undefined
  private output = ''
  /** From the start of the process to the first page served, milliseconds. */
  startedInMs = 0

  private constructor(
    readonly httpPort: number,
    readonly httpsPort: number,
    readonly mediaPort: number,
    private readonly data: string,
    private readonly extra: readonly string[],
  ) {}

  static async start(...extra: string[]): Promise<Appliance> {
    const appliance = new Appliance(
      await freeTcpPort(),
      await freeTcpPort(),
      await freeUdpPort(),
      mkdtempSync(join(tmpdir(), 'meetjar-')),
      extra,
    )
    await appliance.run()
    return appliance
  }

  get url(): string {
    return `http://localhost:${this.httpPort}`
  }

  get pid(): number {
    return this.process?.pid ?? -1
  }

  /** Starts the process, on the same ports and folder as before, and waits until the page is served. */
  async run(): Promise<void> {
    const begun = performance.now()
    const flags = (process.env['MEET_JAVA_FLAGS'] ?? '-Xmx192m').split(' ').filter(Boolean)
    const child = spawn(java, [
      ...flags,
      '-jar', jar,
      '--domain', 'localhost',
      '--data', this.data,
      '--http-port', String(this.httpPort),
      '--https-port', String(this.httpsPort),
      '--media-port', String(this.mediaPort),
      ...this.extra,
    ], { env: withoutSettings })
    this.process = child
    const collect = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-200_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    const deadline = Date.now() + 60_000
    for (;;) {
      if (child.exitCode !== null) {
        throw new Error(`the appliance ended with ${child.exitCode}:\n${this.output}`)
      }
      const served = await fetch(`${this.url}/`).then((r) => r.ok, () => false)
      if (served) {
        this.startedInMs = performance.now() - begun
        return
      }
      if (Date.now() > deadline) throw new Error(`the appliance serves no page:\n${this.output}`)
      await new Promise((next) => setTimeout(next, 10))
    }
  }

  /** Ends the process the hard way. */
  async kill(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  log(): string {
    return this.output
  }

  async stop(): Promise<void> {
    const child = this.process
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      const ended = once(child, 'exit').then(() => true)
      const late = new Promise<false>((r) => setTimeout(() => r(false), 10_000))
      if (!(await Promise.race([ended, late]))) await this.kill()
    }
    rmSync(this.data, { recursive: true, force: true })
  }
}
