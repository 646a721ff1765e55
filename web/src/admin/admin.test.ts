import { afterEach, describe, expect, it, vi } from 'vitest'
import { Admin, problemKey } from './admin'
import { Api, ApiError } from './api'
import { areaOf, ceilingOf, lineOf, nearest, placesOf } from './parts/lines'

const json = (status: number, body: unknown, tag = '') =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: tag ? { ETag: tag } : {} })

const status = {
  serverName: 'Home',
  policy: 'open',
  domain: 'localhost',
  version: '1',
  startedAt: '2026-01-01T00:00:00Z',
  draining: false,
  participantsLimit: 200,
  processors: 2,
  heapLimitBytes: 1,
  certificate: { names: [], issuer: '', notAfter: '2027-01-01T00:00:00Z', trusted: false, problem: '' },
}

/** Answers by method and path; everything else is nothing found. */
function server(answers: Record<string, () => Response>) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const line = `${init.method} ${url.replace('/api/v1/', '')}`
    asked.push(`${line} ${init.body ?? ''}`.trim())
    return answers[line]?.() ?? json(404, { error: 'not-found' })
  })
  return asked
}

const inside = {
  'GET session': () => json(200, { name: 'ada', role: 'owner' }),
  'GET status': () => json(200, status),
  'GET status/history': () => json(200, { samples: [] }),
  'GET rooms': () => json(200, { rooms: [] }),
}

describe('the admin page', () => {
  const made: Admin[] = []
  const admin = (token = '') => {
    const one = new Admin(new Api(), token)
    made.push(one)
    return one
  }
  afterEach(() => {
    made.splice(0).forEach((one) => one.stopLooking())
    vi.unstubAllGlobals()
  })

  it('begins with signing in, and goes inside', async () => {
    server({ ...inside, 'GET session': () => json(401, { error: 'sign-in' }), 'POST session': () => json(200, { name: 'ada', role: 'admin' }) })
    const page = admin()
    await page.begin()
    expect(page.screen.value).toBe('sign-in')
    await page.signIn('ada', 'secret')
    expect(page.screen.value).toBe('main')
    expect(page.me.value?.role).toBe('admin')
  })

  it('begins inside for those who are signed in', async () => {
    server(inside)
    const page = admin()
    await page.begin()
    await page.refresh()
    expect(page.screen.value).toBe('main')
    expect(page.status.value?.serverName).toBe('Home')
  })

  it('takes the first run from its link, and tells when the link is over', async () => {
    const asked = server({ ...inside, 'POST setup': () => json(200, { serverName: 'Meetjar', policy: 'open', fixed: [] }) })
    const page = admin('abc')
    await page.begin()
    expect(page.screen.value).toBe('setup')
    expect(asked[0]).toBe('POST setup {"token":"abc"}')
    server({ 'POST setup': () => json(403, { error: 'setup-over' }) })
    const late = admin('abc')
    await late.begin()
    expect(late.screen.value).toBe('setup-over')
  })

  it('goes back to signing in when the session is over', async () => {
    server(inside)
    const page = admin()
    await page.begin()
    server({})
    vi.stubGlobal('fetch', async () => json(401, { error: 'sign-in' }))
    await page.refresh()
    expect(page.screen.value).toBe('sign-in')
    expect(page.me.value).toBeUndefined()
  })

  it('saves settings only over what was seen', async () => {
    let given: string | null = null
    server(inside)
    const page = admin()
    await page.begin()
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.endsWith('/tokens')) return json(200, { tokens: [] })
      if (init.method === 'PUT') {
        given = new Headers(init.headers).get('If-Match')
        return json(412, { error: 'changed' })
      }
      return json(200, { serverName: 'Home', policy: 'open', fixed: [] }, '"1"')
    })
    await page.load('settings')
    expect(await page.saveSettings({ serverName: 'Office' })).toBe(false)
    expect(given).toBe('"1"')
    expect(page.notices.shown.value[0]?.key).toBe('admin.problem.changed')
  })

  it('has words for every refusal', () => {
    expect(problemKey(new ApiError(409, 'exists'))).toBe('admin.problem.exists')
    expect(problemKey(new ApiError(500, 'strange'))).toBe('admin.problem.other')
    expect(problemKey(new Error('x'))).toBe('admin.problem.other')
  })
})

describe('a chart', () => {
  it('has a round top', () => {
    expect(ceilingOf([0, 3], 5)).toBe(5)
    expect(ceilingOf([1_300_000], 1_000_000)).toBe(1_500_000)
    expect(ceilingOf([], 1)).toBe(1)
  })
  it('puts every moment where it was, the newest at the end', () => {
    expect(placesOf([1000, 2000, 6000], 10_000, 100)).toEqual([50, 60, 100])
    expect(placesOf([], 10_000, 100)).toEqual([])
    expect(nearest([50, 60, 100], 57)).toBe(1)
  })
  it('draws from the oldest to the newest', () => {
    expect(lineOf([0, 10], [0, 100], 10, 13)).toBe('M0 11.5L100 1.5')
    expect(areaOf([0, 10], [0, 100], 10, 13)).toBe('M0 11.5L100 1.5L100 13L0 13Z')
    expect(areaOf([], [], 10, 13)).toBe('')
  })
})
