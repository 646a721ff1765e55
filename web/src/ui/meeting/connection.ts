import type { ConnectionStats } from '../../protocol/api'
import { currentLanguage, t, type Key } from '../strings/t'

/** Bars for a quality of 0 to 100. */
export function qualityBars(quality: number): 1 | 2 | 3 {
  return quality >= 66 ? 3 : quality >= 33 ? 2 : 1
}

/** Bits per second for reading. */
export function bitrate(bitsPerSecond: number): string {
  const kilobits = bitsPerSecond / 1000
  if (kilobits < 1000) return t('unit.kilobits', { value: round(kilobits, 0) })
  return t('unit.megabits', { value: round(kilobits / 1000, 1) })
}

const round = (value: number, digits: number) =>
  value.toLocaleString(currentLanguage(), { maximumFractionDigits: digits, minimumFractionDigits: digits })

/** What the popover lists: only what is known. */
export function statsRows(stats: ConnectionStats, own: boolean): [key: Key, value: string][] {
  const rows: [Key, string | undefined][] = [
    ['connection.route', stats.relayed ? t('connection.relayed') : t('connection.direct')],
    ['connection.transport', stats.transport === 'unknown' ? undefined : stats.transport.toUpperCase()],
    ['connection.roundTrip', stats.roundTripMs === undefined ? undefined : t('unit.milliseconds', { value: round(stats.roundTripMs, 0) })],
    ['connection.loss', `↑ ${percent(stats.lossUp)}  ↓ ${percent(stats.lossDown)}`],
    ['connection.resolution', stats.width && stats.height ? `${stats.width} × ${stats.height}` : undefined],
    ['connection.frameRate', stats.framesPerSecond === undefined ? undefined : t('unit.perSecond', { value: round(stats.framesPerSecond, 0) })],
    ['connection.codecs', [stats.codec, stats.audioCodec].filter(Boolean).join(', ') || undefined],
    ['connection.video', stats.videoBitrate === undefined ? undefined : bitrate(stats.videoBitrate)],
    ['connection.audio', stats.audioBitrate === undefined ? undefined : bitrate(stats.audioBitrate)],
    ['connection.limited', own ? limit(stats.limitedBy) : undefined],
    ['connection.localAddress', own ? stats.localAddress : undefined],
    ['connection.remoteAddress', own ? stats.remoteAddress : undefined],
  ]
  return rows.filter((row): row is [Key, string] => row[1] !== undefined)
}

const percent = (value: number) => `${round(value, value > 0 && value < 1 ? 1 : 0)} %`

function limit(reason: string | undefined): string | undefined {
  if (!reason || reason === 'none') return undefined
  if (reason === 'cpu') return t('connection.limitedCpu')
  if (reason === 'bandwidth') return t('connection.limitedBandwidth')
  return reason
}
