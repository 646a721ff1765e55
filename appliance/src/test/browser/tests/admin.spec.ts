import { type Browser, type BrowserContext, type Page, expect, test } from '@playwright/test'
import { Appliance } from '../appliance.js'
import { launch } from '../browser.js'
import { Person } from '../person.js'

let appliance: Appliance
let browser: Browser
const complaints: string[] = []

test.beforeAll(async () => {
  appliance = await Appliance.start()
  browser = await launch()
})
test.afterAll(async () => {
  await browser?.close()
  await appliance?.stop()
})
test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) await info.attach('appliance.log', { body: appliance.log() })
})

const shots = process.env['MEET_SHOTS']

/** The page at the sizes that are judged, in both colours, when pictures are wanted. */
async function picture(page: Page, name: string): Promise<void> {
  if (!shots) return
  const size = page.viewportSize()!
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844], [844, 390]] as const) {
    await page.setViewportSize({ width, height })
    await settled(page)
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `${shots}/${name}-dark.png`, fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(size)
}

/** Waits until the page has been laid out anew and nothing in it moves. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((next) => requestAnimationFrame(next))
    await Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished))
  })
}

/** Waits until the charts show more than their beginning. */
async function charted(page: Page): Promise<void> {
  const line = page.getByTestId('chart-cpu').locator('.chart-plot .chart-line-0')
  await expect.poll(async () => (await line.getAttribute('d'))?.match(/L/g)?.length ?? 0, { timeout: 90_000 }).toBeGreaterThan(3)
}

async function fresh(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)))
  return { context, page }
}

async function signIn(name: string, password: string): Promise<Page> {
  const { page } = await fresh()
  await page.goto(`${appliance.url}/admin/`)
  await page.getByTestId('admin-user').fill(name)
  await page.getByTestId('admin-password').fill(password)
  await page.getByTestId('admin-sign-in').click()
  return page
}

test.describe.configure({ mode: 'serial' })

test('the link of the first run makes the owner, names the server and sets the policy, once', async () => {
  const link = await setupLink()
  const { page } = await fresh()
  await page.goto(link)
  await expect(page.getByTestId('setup-step-1')).toBeVisible()
  expect(page.url(), 'the secret is gone from the address').not.toContain('setup')
  await picture(page, 'setup-1')
  // By keyboard alone: focus is in the first field.
  await page.keyboard.type('Ada')
  await page.keyboard.press('Tab')
  await page.keyboard.type('correct horse')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('setup-step-2')).toBeVisible()
  await page.getByTestId('setup-server-name').fill('Kitchen Table')
  await page.getByTestId('policy-hosts').check()
  await picture(page, 'setup-2')
  await page.getByTestId('setup-finish').click()
  await expect(page.getByTestId('me')).toHaveText('ada')
  await expect(page.getByTestId('chart-cpu')).toBeVisible()

  // What was chosen holds at once, for everybody.
  const visitor = (await fresh()).page
  await visitor.goto(`${appliance.url}/`)
  await expect(visitor.locator('.brand')).toHaveText('Kitchen Table')
  await expect(visitor.getByTestId('sign-in')).toBeVisible()

  const second = (await fresh()).page
  await second.goto(link)
  await expect(second.getByTestId('setup-over')).toBeVisible()
  await picture(second, 'setup-over')
})

test('a wrong password is refused with a next step, the right one goes inside, and out again', async () => {
  const page = await signIn('ada', 'wrong')
  await expect(page.getByTestId('problem')).toBeVisible()
  await picture(page, 'sign-in')
  await page.getByTestId('admin-password').fill('correct horse')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('me')).toBeVisible()
  const cookies = await page.context().cookies()
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  await page.getByTestId('me').click()
  await page.getByTestId('sign-out').click()
  await expect(page.getByTestId('admin-user')).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('admin-user')).toBeVisible()
})

test('accounts are made, changed and removed on the page', async () => {
  const page = await signIn('ada', 'correct horse')
  await page.getByTestId('tab-accounts').click()
  await expect(page.getByTestId('account-ada')).toBeVisible()
  for (const [name, role] of [['bob', 'member'], ['grace', 'admin']] as const) {
    await page.getByTestId('add-account').click()
    await page.getByTestId('account-name').fill(name)
    await page.getByTestId('account-password-new').fill('battery staple')
    await page.getByTestId('account-role').selectOption(role)
    await page.getByTestId('account-save').click()
    await expect(page.getByTestId(`account-${name}`)).toBeVisible()
  }
  await picture(page, 'accounts')
  await page.getByTestId('account-menu-bob').click()
  await picture(page, 'account-menu')
  await page.getByTestId('role-admin').click()
  await expect(page.getByTestId('account-bob')).toContainText('Admin')

  // The last owner stays.
  await page.getByTestId('account-menu-ada').click()
  await page.getByTestId('account-remove').click()
  await page.getByTestId('confirm-yes').click()
  await expect(page.getByTestId('toast').filter({ hasText: 'needs an owner' })).toBeVisible()
  await expect(page.getByTestId('account-ada')).toBeVisible()

  await page.getByTestId('account-menu-bob').click()
  await page.getByTestId('account-remove').click()
  await page.getByTestId('confirm-yes').click()
  await expect(page.getByTestId('account-bob')).toHaveCount(0)

  // An admin sees no way to change an owner.
  const admin = await signIn('grace', 'battery staple')
  await admin.getByTestId('tab-accounts').click()
  await expect(admin.getByTestId('account-ada')).toBeVisible()
  await expect(admin.getByTestId('account-menu-ada')).toHaveCount(0)
})

test('settings save in place and say so, and hold for the next visitor', async () => {
  const page = await signIn('ada', 'correct horse')
  await page.getByTestId('tab-settings').click()
  await expect(page.getByTestId('settings-name')).toHaveValue('Kitchen Table')
  await page.getByTestId('settings-name').fill('Garden')
  await page.getByTestId('policy-open').check()
  await page.getByTestId('settings-save').click()
  await expect(page.getByTestId('settings-saved')).toContainText('Saved')
  await page.getByTestId('add-token').click()
  await page.getByTestId('token-name').fill('Monitoring')
  await picture(page, 'token')
  await page.getByTestId('token-save').click()
  const secret = (await page.getByTestId('token-secret').textContent())!.trim()
  await page.getByTestId('token-done').click()
  await picture(page, 'settings')
  const answer = await fetch(`${appliance.url}/api/v1/status`, { headers: { Authorization: `Bearer ${secret}` } })
  expect(await answer.json()).toMatchObject({ serverName: 'Garden', policy: 'open' })

  const visitor = (await fresh()).page
  await visitor.goto(`${appliance.url}/`)
  await expect(visitor.locator('.brand')).toHaveText('Garden')
})

test('meetings and their people are seen, drained and ended', async () => {
  const one = await Person.join('Ida', appliance.url, 'QuietRiver')
  const two = await Person.join('Max', appliance.url, 'QuietRiver')
  try {
    const page = await signIn('ada', 'correct horse')
    const room = page.getByTestId('room-quietriver')
    await expect(room).toContainText('2 people')
    await room.locator('summary').click()
    await expect(room).toContainText('Ida')
    await expect(room).toContainText('Max')
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'a phone shows it whole').toBe(390)
    await page.setViewportSize({ width: 1280, height: 800 })
    if (shots) await charted(page)
    await picture(page, 'overview')

    await page.getByTestId('tab-settings').click()
    await page.getByTestId('drain').click()
    await expect.poll(async () => (await fetch(`${appliance.url}/health/ready`)).status).toBe(503)
    expect((await fetch(`${appliance.url}/health/live`)).status).toBe(200)
    await page.getByTestId('tab-overview').click()
    await expect(page.getByTestId('draining')).toBeVisible()
    await picture(page, 'draining')

    await room.locator('summary').click()
    await room.getByTestId('end-meeting').click()
    await page.getByTestId('confirm-yes').click()
    await expect.poll(() => one.state()).toBe('left')
    await expect.poll(() => two.state()).toBe('left')
    await expect(page.getByTestId('no-meetings')).toBeVisible()
    await picture(page, 'overview-empty')
    await page.getByTestId('draining').getByRole('button').click()
    await expect.poll(async () => (await fetch(`${appliance.url}/health/ready`)).status).toBe(200)
  } finally {
    await one.close()
    await two.close()
  }
})

test('everything is reachable by keyboard', async () => {
  const page = await signIn('ada', 'correct horse')
  await expect(page.getByTestId('me')).toBeVisible()
  const seen = new Set<string>()
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    seen.add(await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? ''))
  }
  for (const id of ['tab-overview', 'tab-accounts', 'tab-settings', 'me']) expect(seen).toContain(id)
})

test('a meeting loads nothing of the admin page, and no page broke its policy', async () => {
  const { page } = await fresh()
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto(`${appliance.url}/SomeRoom`)
  await expect(page.getByTestId('prejoin-join')).toBeVisible()
  expect(loaded.filter((url) => /admin/.test(url))).toEqual([])
  expect(complaints).toEqual([])
})

async function setupLink(): Promise<string> {
  await expect.poll(() => appliance.log()).toContain('#setup=')
  return /http\S+#setup=\S+/.exec(appliance.log())![0]
}
