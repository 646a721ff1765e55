import { test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { Appliance, jar } from '../appliance.js'
import { Person } from '../person.js'
import { cpuMs, median, residentMb, seconds, threadsMs } from './process.js'

/** Everything that the README claims of time and memory, from the packaged jar and real browsers. */
const rows: [string, string][] = []

/** The server warms itself up when it has served for three seconds; that takes about as long as its start, four times. */
const WARM_SECONDS = 15

function say(what: string, value: string): void {
  rows.push([what, value])
  console.log(`\n${what}: ${value}`)
}

const spread = (values: number[], unit: string): string =>
  `${Math.round(median(values))} ${unit} (${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))}, n=${values.length})`

test.afterAll(() => {
  console.log(`\n\n| what | measured |\n|---|---|\n${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}\n`)
})

test('start', async () => {
  const times: number[] = []
  for (let i = 0; i < 7; i++) {
    const appliance = await Appliance.start()
    times.push(appliance.startedInMs)
    if (i === 6) {
      await seconds(20)
      say('resident memory, idle for 20 s', `${Math.round(residentMb(appliance.pid))} MiB`)
    }
    await appliance.stop()
  }
  say('start to the first page served', spread(times, 'ms'))
  say('meet.jar', `${(statSync(jar).size / 1e6).toFixed(1)} MB`)
  const java = process.env['JAVA_HOME'] ? `${process.env['JAVA_HOME']}/bin/java` : 'java'
  say('Java', execFileSync(java, ['--version']).toString().split('\n')[0] ?? '')
})

test('join', async () => {
  const appliance = await Appliance.start()
  await seconds(WARM_SECONDS)
  for (const path of ['bridge', 'p2p'] as const) {
    const fragment = path === 'bridge' ? 'config.p2p.enabled=false' : 'config.p2p.backToP2PDelay=0'
    const host = await Person.join('Host', appliance.url, `join-${path}`, { fragment })
    const fresh: number[] = []
    const used: number[] = []
    for (let i = 0; i < 13; i++) {
      const guest = await Person.join('Guest', appliance.url, `join-${path}`, { fragment })
      const first = await guest.firstFrameMs()
      await guest.leave()
      await host.alone()
      await guest.comeBack()
      const second = await guest.firstFrameMs()
      // The first three warm the server up.
      if (i >= 3) {
        fresh.push(first)
        used.push(second)
      }
      await guest.leave()
      await guest.close()
      await host.alone()
    }
    const what = `signalling connection opened to first remote frame decoded, ${path}, warm server`
    say(`${what}, browser that was just started`, spread(fresh, 'ms'))
    say(`${what}, browser that was in the meeting before`, spread(used, 'ms'))
    await host.close()
  }
  await appliance.stop()
})

/** What a call costs in a window of time, in all and by thread. */
async function cost(what: string, appliance: Appliance, people: Person[], length: number): Promise<void> {
  const packets = async (): Promise<number> => (await Promise.all(people.map((person) => person.packetsReceived()))).reduce((a, b) => a + b)
  const threadsBefore = threadsMs(appliance.pid)
  const cpuBefore = cpuMs(appliance.pid)
  const packetsBefore = await packets()
  const from = Date.now()
  await seconds(length)
  const forwarded = (await packets()) - packetsBefore
  const cpu = cpuMs(appliance.pid) - cpuBefore
  const took = (Date.now() - from) / 1000
  say(`${what}: packets forwarded`, `${Math.round(forwarded / took)} a second`)
  say(`${what}: CPU of the server per 1,000 forwarded packets`, `${((cpu / forwarded) * 1000).toFixed(1)} ms`)
  const threads = [...threadsMs(appliance.pid)]
    .map(([name, ms]): [string, number] => [name, ((ms - (threadsBefore.get(name) ?? 0)) / forwarded) * 1000])
    .filter(([, ms]) => ms >= 0.05)
    .sort(([, a], [, b]) => b - a)
  say(`${what}: by thread, ms`, threads.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', '))
  say(`${what}: resident memory`, `${Math.round(residentMb(appliance.pid))} MiB`)
}

test('three people at 720p', async () => {
  const appliance = await Appliance.start()
  await seconds(WARM_SECONDS)
  const people: Person[] = []
  for (const name of ['Ada', 'Bob', 'Eve']) people.push(await Person.join(name, appliance.url, 'measured', { fps: 30 }))
  for (const person of people) await person.expectPath('bridge')
  await seconds(5)
  await cost('three people, first minute', appliance, people, 40)
  await cost('three people, second minute', appliance, people, 40)
  await Promise.all(people.map((person) => person.close()))
  await appliance.stop()
})

test('ten people', async () => {
  const appliance = await Appliance.start()
  await seconds(WARM_SECONDS)
  const people: Person[] = []
  for (let i = 0; i < 10; i++) {
    people.push(await Person.join(`Person ${i}`, appliance.url, 'ten', { fps: 5, fragment: 'config.resolution=180' }))
  }
  await seconds(15)
  await cost('ten people', appliance, people, 30)
  await Promise.all(people.map((person) => person.close()))
  await appliance.stop()
})
