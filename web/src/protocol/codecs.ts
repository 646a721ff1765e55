/** Which video codecs a meeting uses. */
import type { ServerConfig } from './api'

/** Where the server names none: every bridge can thin out VP8. */
const USUAL_CODECS = ['vp8'] as const

/** Their senders put all sizes into one stream, of which the bridge passes on what each receiver wants. */
const LAYERED_CODECS = new Set(['vp9', 'av1'])

/**
 * Best first: those that the server's bridge forwards, as far as this browser knows them. Others send us nothing else,
 * and stock clients take whatever everybody lists.
 */
export function meetingCodecs(config: ServerConfig): string[] {
  const named = orders(config)
  const wanted = Array.isArray(named) ? named.map((codec) => String(codec).toLowerCase()) : [...USUAL_CODECS]
  const capabilities = globalThis.RTCRtpReceiver?.getCapabilities('video')?.codecs ?? []
  const known = new Set(capabilities.map((c) => c.mimeType.replace(/^.*\//, '').toLowerCase()))
  const usable = wanted.filter((codec) => known.has(codec))
  return usable.length > 0 ? usable : [...USUAL_CODECS]
}

function orders(config: ServerConfig): unknown {
  const quality = config['videoQuality'] as Record<string, unknown> | undefined
  const phone = /android|iphone|ipad|mobile/i.test(globalThis.navigator?.userAgent ?? '')
  return (phone ? quality?.['mobileCodecPreferenceOrder'] : undefined) ?? quality?.['codecPreferenceOrder']
}

/**
 * What we send, best first: what everybody else can receive. Those who say nothing of it – recorders, gateways – take
 * what comes.
 *
 * @param own our order
 * @param others what each of the others lists
 */
export function sendCodecs(own: readonly string[], others: readonly (readonly string[])[]): string[] {
  const lists = others.filter((list) => list.length > 0)
  const shared = own.filter((codec) => lists.every((list) => list.includes(codec)))
  const usable = shared.length > 0 ? shared : [...own]
  if (sendsLayers()) return usable
  // These browsers receive them, but send a single size.
  return [...usable.filter((codec) => !LAYERED_CODECS.has(codec)), ...usable.filter((codec) => LAYERED_CODECS.has(codec))]
}

/** Whether all sizes of a camera's picture go in one stream with this codec. */
export function inOneStream(codec: string | undefined): boolean {
  return codec !== undefined && LAYERED_CODECS.has(codec) && sendsLayers()
}

function sendsLayers(): boolean {
  const agent = globalThis.navigator?.userAgent ?? ''
  return !/firefox/i.test(agent) && !(/safari/i.test(agent) && !/chrom/i.test(agent))
}
