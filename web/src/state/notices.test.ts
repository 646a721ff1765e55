import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Notices } from './notices'

describe('notices', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are at most three, the newest', () => {
    const notices = new Notices()
    for (const key of ['a', 'b', 'c', 'd']) notices.show({ key })
    expect(notices.shown.value.map((notice) => notice.key)).toEqual(['b', 'c', 'd'])
  })
  it('go by themselves', () => {
    const notices = new Notices()
    notices.show({ key: 'a', seconds: 2 })
    vi.advanceTimersByTime(1999)
    expect(notices.shown.value).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(notices.shown.value).toHaveLength(0)
  })
  it('take the place of an older one of the same kind', () => {
    const notices = new Notices()
    notices.show({ key: 'a', tag: 'x' })
    notices.show({ key: 'b', tag: 'x' })
    expect(notices.shown.value.map((notice) => notice.key)).toEqual(['b'])
  })
})
