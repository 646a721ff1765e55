import { existsSync } from 'node:fs'
import { expect } from '@playwright/test'
import { type Browser, type Page, launch } from 'puppeteer-core'
import { addressOf } from './browser.js'
import { incomingStreams, keepConnections } from './inPage.js'

/** What has arrived, as the browser counts it. */
interface Incoming {
  frames: number
  /** Audio energy. */
  sound: number
}

const executablePath =
  process.env['FIREFOX'] ?? ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path)) ?? 'firefox'

/**
 * One person at a Firefox of their own, driven over WebDriver BiDi: the distribution's Firefox speaks it, and not the
 * protocol that the other people's browsers are driven by.
 */
export class FirefoxPerson {
  private constructor(
    readonly name: string,
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  static async join(name: string, base: string, room: string, settings: string): Promise<FirefoxPerson> {
    const browser = await launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.autoplay.default': 0,
        'media.peerconnection.ice.loopback': true,
        // Names under .local need a resolver that a bare machine lacks.
        'media.peerconnection.ice.obfuscate_host_addresses': false,
      },
    })
    const page = await browser.newPage()
    await page.evaluateOnNewDocument(keepConnections, { relay: '', bridgePort: 0 })
    await page.goto(addressOf(base, room, name, settings))
    const person = new FirefoxPerson(name, browser, page)
    await expect.poll(() => person.state(), { message: `${name} joins` }).toBe('joined')
    return person
  }

  private state(): Promise<string> {
    return this.page.evaluate(() => window.meetjar?.meeting?.state ?? 'none')
  }

  id(): Promise<string> {
    return this.page.evaluate(() => window.meetjar.meeting!.selfId)
  }

  /** Whether this page says that media goes directly. */
  direct(): Promise<boolean> {
    return this.page.evaluate(() => window.meetjar.snapshot().p2p === true)
  }

  /** Pictures and sound come in: more of both than before. */
  async expectMedia(): Promise<void> {
    const before = await this.incoming()
    await expect
      .poll(async () => (await this.incoming()).frames - before.frames, { message: `${this.name} sees`, timeout: 45_000 })
      .toBeGreaterThan(10)
    await expect
      .poll(async () => (await this.incoming()).sound - before.sound, { message: `${this.name} hears` })
      .toBeGreaterThan(0)
  }

  /** How many layers of the camera leave this browser. */
  async layersSent(): Promise<number> {
    return this.page.evaluate(async () => {
      const layers = new Set<unknown>()
      for (const pc of window.peerConnections) {
        if (pc.connectionState === 'closed') continue
        for (const row of (await pc.getStats()).values()) {
          if (row.type === 'outbound-rtp' && row.kind === 'video' && row.framesEncoded > 10) layers.add(row.ssrc)
        }
      }
      return layers.size
    })
  }

  async close(): Promise<void> {
    await this.browser.close()
  }

  private async incoming(): Promise<Incoming> {
    const streams = await this.page.evaluate(incomingStreams)
    return {
      frames: streams.reduce((all, stream) => all + stream.frames, 0),
      sound: streams.reduce((all, stream) => all + stream.energy, 0),
    }
  }
}
