import { describe, expect, it } from 'vitest'
import { videoEncodings, type SendWish } from './encodings'

function encodings(wish: Partial<SendWish>) {
  return videoEncodings({ count: 3, capture: { width: 1280, height: 720 }, maxHeight: 4320, videoType: 'camera', active: true, ...wish })
}

describe('the layers of a camera', () => {
  it('are a quarter, a half and the whole', () => {
    expect(encodings({}).map((e) => [e.active, e.scaleResolutionDownBy, e.maxBitrate])).toEqual([
      [true, 4, 200_000],
      [true, 2, 500_000],
      [true, 1, 1_500_000],
    ])
  })

  it.each([
    [720, [true, true, true]],
    [719, [true, true, false]],
    [360, [true, true, false]],
    [180, [true, false, false]],
    [90, [true, false, false]],
    [0, [false, false, false]],
  ])('are sent up to what is wanted: %i', (maxHeight, active) => {
    expect(encodings({ maxHeight }).map((e) => e.active)).toEqual(active)
  })

  it.each([
    [1920, 1080, [6, 3, 1]],
    [1080, 1920, [6, 3, 1]],
    [3840, 2160, [12, 6, 1]],
  ])('keep 180 and 360 lines below a capture of %i × %i', (width, height, scales) => {
    expect(encodings({ capture: { width, height } }).map((e) => e.scaleResolutionDownBy)).toEqual(scales)
  })

  it.each([
    [640, 360, [[true, 2], [true, 1], [false, 1]]],
    [320, 180, [[true, 1], [false, 1], [false, 1]]],
  ])('are fewer for a capture of %i × %i, and end with the whole', (width, height, layers) => {
    expect(encodings({ capture: { width, height } }).map((e) => [e.active, e.scaleResolutionDownBy])).toEqual(layers)
  })

  it('rest while media goes another way', () => {
    expect(encodings({ active: false }).some((e) => e.active)).toBe(false)
  })
})

describe('a single stream', () => {
  it('is scaled to what is wanted', () => {
    expect(encodings({ count: 1, maxHeight: 360 })).toEqual([
      { active: true, scaleResolutionDownBy: 2, maxBitrate: 500_000 },
    ])
    expect(encodings({ count: 1, maxHeight: 1080 })[0]!.scaleResolutionDownBy).toBe(1)
  })

  it('of a screen is never scaled', () => {
    expect(encodings({ count: 1, maxHeight: 180, videoType: 'desktop' })).toEqual([
      { active: true, scaleResolutionDownBy: 1, maxBitrate: 2_500_000 },
    ])
  })

  it('that nobody wants is not sent', () => {
    expect(encodings({ count: 1, maxHeight: 0 })[0]!.active).toBe(false)
  })
})

describe('the layers of a camera in one stream', () => {
  it.each([
    [720, 1, 'L3T3_KEY', 1_500_000],
    [4320, 1, 'L3T3_KEY', 1_500_000],
    [719, 2, 'L2T3_KEY', 500_000],
    [360, 2, 'L2T3_KEY', 500_000],
    [180, 4, 'L1T3', 200_000],
    [90, 4, 'L1T3', 200_000],
  ])('end with what is wanted: %i', (maxHeight, scale, mode, bitrate) => {
    const [first, ...others] = encodings({ maxHeight, inOneStream: true })
    expect(first).toEqual({ active: true, scaleResolutionDownBy: scale, scalabilityMode: mode, maxBitrate: bitrate })
    expect(others.map((e) => e.active)).toEqual([false, false])
  })

  it('are none when nothing is wanted', () => {
    expect(encodings({ maxHeight: 0, inOneStream: true }).some((e) => e.active)).toBe(false)
  })

  it('are fewer for small pictures', () => {
    expect(encodings({ capture: { width: 640, height: 360 }, inOneStream: true })[0]!.scalabilityMode).toBe('L2T3_KEY')
    expect(encodings({ capture: { width: 320, height: 180 }, inOneStream: true })[0]!.scalabilityMode).toBe('L1T3')
  })
})
