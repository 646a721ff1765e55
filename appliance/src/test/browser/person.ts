import { type Browser, type Page, type TestInfo, expect } from '@playwright/test'
import { type PersonOptions, addressOf, takeSeat } from './browser.js'
import { Receiver } from './receiver.js'

/** One person at a browser process of their own. Everything that is asked of the page goes through the real page. */
export class Person extends Receiver {
  private constructor(
    name: string,
    readonly browser: Browser,
    page: Page,
    private readonly console: readonly string[],
  ) {
    super(name, page)
  }

  /** Opens a browser and goes to the room, past the prejoin screen. */
  static async open(name: string, base: string, room: string, options: PersonOptions = {}): Promise<Person> {
    const { browser, page, console } = await takeSeat(options)
    await page.goto(addressOf(base, room, name, options.fragment ?? ''))
    return new Person(name, browser, page, console)
  }

  static async join(name: string, base: string, room: string, options: PersonOptions = {}): Promise<Person> {
    const person = await Person.open(name, base, room, options)
    await person.expectJoined()
    return person
  }

  /** Goes to another room in the same browser. */
  async goTo(base: string, room: string, settings: readonly string[]): Promise<void> {
    await this.page.goto(addressOf(base, room, this.name, ...settings))
    await this.expectJoined()
  }

  /** Comes back in the same browser, by loading the page anew. */
  async comeBack(): Promise<void> {
    await this.page.reload()
    await this.expectJoined()
  }

  /** Begins or stops to hum, in a guise. */
  async hum(on: boolean): Promise<void> {
    await this.page.evaluate((on) => window.hum!(on), on)
  }

  /** Pins a participant: large, with the others as thumbnails. */
  async showOnStage(id: string): Promise<void> {
    await this.page.getByTestId(`tile-${id}`).dblclick()
  }

  /** Presses a button of the toolbar, which comes out when the pointer moves. */
  async press(button: string): Promise<void> {
    await this.page.mouse.move(400 + Math.random() * 100, 300)
    await this.page.getByTestId(`toolbar-${button}`).click()
  }

  async openChat(): Promise<void> {
    if (!(await this.page.getByTestId('chat-panel').isVisible())) await this.press('chat')
  }

  async say(text: string): Promise<void> {
    await this.openChat()
    await this.page.getByTestId('chat-input').fill(text)
    await this.page.getByTestId('chat-input').press('Enter')
  }

  async leave(): Promise<void> {
    await this.press('leave')
    // A moderator is asked whether to end the meeting for all.
    const only = this.page.getByTestId('leave-only')
    if (await only.isVisible()) await only.click()
    await expect.poll(() => this.state()).toBe('left')
  }

  /** The browser's process is gone at once: no goodbye. */
  async kill(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession()
    // The answer never comes: the process is dead.
    void session.send('Browser.crash').catch(() => undefined)
    await expect.poll(() => this.browser.isConnected()).toBe(false)
  }

  /** For a failed test: what this person saw. */
  async describe(info: TestInfo): Promise<void> {
    await info.attach(`${this.name}-console`, { body: this.console.join('\n') })
    if (this.browser.isConnected()) {
      await info.attach(`${this.name}.png`, { body: await this.page.screenshot(), contentType: 'image/png' })
    }
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => undefined)
  }
}
