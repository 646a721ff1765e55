/** Which video codecs a meeting uses. */
import type { ServerConfig } from './api'

/** Where the server names none: every bridge can thin out VP8. */
const USUAL_CODECS = ['vp8'] as const

/**
 * Best first: those that the server's bridge forwards, as far as this browser knows them. Others send us nothing else,
 * and stock clients take whatever everybody lists.
 */
export function meetingCodecs(config: ServerConfig): string[] {
  const named: unknown = (config['videoQuality'] as { codecPreferenceOrder?: unknown } | undefined)?.codecPreferenceOrder
  const wanted = Array.isArray(named) ? named.map((codec) => String(codec).toLowerCase()) : [...USUAL_CODECS]
  const capabilities = globalThis.RTCRtpReceiver?.getCapabilities('video')?.codecs ?? []
  const known = new Set(capabilities.map((c) => c.mimeType.replace(/^.*\//, '').toLowerCase()))
  const usable = wanted.filter((codec) => known.has(codec))
  return usable.length > 0 ? usable : [...USUAL_CODECS]
}
