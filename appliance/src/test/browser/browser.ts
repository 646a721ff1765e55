import { type Browser, type Page, chromium } from '@playwright/test'
import { type Guise, disguise, keepConnections, timeFirstFrame } from './inPage.js'

/** How somebody's browser differs from the usual one. */
export interface PersonOptions {
  /** Settings of the page, as they stand behind the `#` of its address. */
  fragment?: string
  /** Pictures a second of the made-up camera. */
  fps?: number
  /** The address of the only relay that is used; nothing goes another way then. */
  relay?: RegExp
  /** A camera that shows one colour, and a microphone that hums while `Person.hum` says so. */
  guise?: Guise
  /** The port at which this person finds the bridge, in the place of the one that the bridge tells. */
  bridgePort?: number
}

/** A browser process with one page, and what that page says on its console. */
export interface Seat {
  browser: Browser
  page: Page
  /** Grows. */
  console: readonly string[]
}

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Chromium without a sandbox, which root cannot have, and without a graphics card. */
export function launch(...args: string[]): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...args] })
}

/** Opens a browser that has a camera, a microphone and leave to use them. */
export async function takeSeat({ fps = 10, relay, guise, bridgePort = 0 }: PersonOptions): Promise<Seat> {
  const browser = await launch(
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-ui-for-media-stream',
    `--use-fake-device-for-media-stream=fps=${fps}`,
    '--autoplay-policy=no-user-gesture-required',
    // The relay's certificate is one of our own making.
    '--ignore-certificate-errors',
  )
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  const console: string[] = []
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => console.push(`uncaught: ${error.stack ?? error.message}`))
  await page.addInitScript(keepConnections, { relay: relay?.source ?? '', bridgePort })
  await page.addInitScript(timeFirstFrame)
  if (guise) await page.addInitScript(disguise, guise)
  return { browser, page, console }
}

/** Where somebody goes who joins a room at once, without the prejoin screen. */
export function addressOf(base: string, room: string, name: string, ...settings: string[]): string {
  const fragment = [
    'config.prejoinConfig.enabled=false',
    `userInfo.displayName=${encodeURIComponent(JSON.stringify(name))}`,
    ...settings.filter(Boolean),
  ].join('&')
  return `${base}/${room}#${fragment}`
}
