import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ServerConfig } from './api'
import { inOneStream, meetingCodecs, sendCodecs } from './codecs'

const chromium = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'

function browser(userAgent: string, ...codecs: string[]): void {
  vi.stubGlobal('navigator', { userAgent })
  const all = codecs.map((codec) => ({ mimeType: `video/${codec}` }))
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => ({ codecs: all }) })
}

afterEach(() => vi.unstubAllGlobals())

describe('the codecs of a meeting', () => {
  const config = {
    videoQuality: { codecPreferenceOrder: ['AV1', 'VP9', 'VP8'], mobileCodecPreferenceOrder: ['VP8', 'VP9'] },
  } as unknown as ServerConfig

  it('are those of the server that the browser knows, in the server’s order', () => {
    browser(chromium, 'VP8', 'VP9', 'H264')
    expect(meetingCodecs(config)).toEqual(['vp9', 'vp8'])
  })

  it('have an order of their own on phones', () => {
    browser('Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile', 'VP8', 'VP9', 'AV1')
    expect(meetingCodecs(config)).toEqual(['vp8', 'vp9'])
  })

  it('are at least VP8', () => {
    browser(chromium)
    expect(meetingCodecs(config)).toEqual(['vp8'])
    expect(meetingCodecs({} as ServerConfig)).toEqual(['vp8'])
  })
})

describe('what is sent', () => {
  it('is what everybody can receive', () => {
    browser(chromium)
    expect(sendCodecs(['av1', 'vp9', 'vp8'], [])).toEqual(['av1', 'vp9', 'vp8'])
    expect(sendCodecs(['av1', 'vp9', 'vp8'], [['vp8', 'vp9'], ['vp9', 'vp8', 'h264']])).toEqual(['vp9', 'vp8'])
  })

  it('does not depend on those who say nothing', () => {
    browser(chromium)
    expect(sendCodecs(['av1', 'vp8'], [[], ['vp8']])).toEqual(['vp8'])
    expect(sendCodecs(['av1', 'vp8'], [['h264']])).toEqual(['av1', 'vp8'])
  })

  it('is in simulcast where the browser has no layers in one stream', () => {
    browser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    expect(sendCodecs(['av1', 'vp9', 'vp8', 'h264'], [])).toEqual(['vp8', 'h264', 'av1', 'vp9'])
    expect(inOneStream('av1')).toBe(false)
    browser(chromium)
    expect(inOneStream('av1')).toBe(true)
    expect(inOneStream('vp8')).toBe(false)
    expect(inOneStream(undefined)).toBe(false)
  })
})
