import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { firstPicture } from './firstPicture'

describe('the first picture of another source', () => {
  let keyFramesDecoded: number | undefined
  const receiver = {
    getStats: () => Promise.resolve(new Map([['x', { type: 'inbound-rtp', keyFramesDecoded }]])),
  } as unknown as RTCRtpReceiver
  let wanted: boolean
  let shown: boolean

  beforeEach(() => {
    vi.useFakeTimers()
    keyFramesDecoded = 3
    wanted = true
    shown = false
  })

  afterEach(() => vi.useRealTimers())

  function begin(): void {
    void firstPicture(receiver, () => wanted).then(() => (shown = true))
  }

  it('comes with a key frame', async () => {
    begin()
    await vi.advanceTimersByTimeAsync(500)
    expect(shown).toBe(false)
    keyFramesDecoded = 4
    await vi.advanceTimersByTimeAsync(50)
    expect(shown).toBe(true)
  })

  it('is not waited for longer than a moment', async () => {
    begin()
    await vi.advanceTimersByTimeAsync(4000)
    expect(shown).toBe(true)
  })

  it('is not waited for when nobody wants it any more', async () => {
    begin()
    await vi.advanceTimersByTimeAsync(0)
    wanted = false
    await vi.advanceTimersByTimeAsync(50)
    expect(shown).toBe(true)
  })

  it('is taken to come soon where key frames are not counted', async () => {
    keyFramesDecoded = undefined
    begin()
    await vi.advanceTimersByTimeAsync(400)
    expect(shown).toBe(true)
  })
})
