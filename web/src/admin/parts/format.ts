import { currentLanguage, t } from '../../ui/strings/t'

const number = (value: number, digits: number) => value.toLocaleString(currentLanguage(), { maximumFractionDigits: digits })

export function bits(perSecond: number): string {
  if (perSecond < 1_000_000) return t('unit.kilobits', { value: number(perSecond / 1000, 0) })
  return t('unit.megabits', { value: number(perSecond / 1_000_000, perSecond < 10_000_000 ? 1 : 0) })
}

export const megabytes = (bytes: number) => t('unit.megabytes', { value: number(bytes / 1_048_576, 0) })

export const percent = (part: number, digits = 0) => part.toLocaleString(currentLanguage(), { style: 'percent', maximumFractionDigits: digits })

export const milliseconds = (value: number) => t('unit.milliseconds', { value: number(value, 0) })

/** "3 hr, 12 min": the two largest units. */
export function duration(fromMs: number, toMs: number): string {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / 60_000))
  const unit = (value: number, name: 'day' | 'hour' | 'minute') =>
    new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  if (days > 0) return [unit(days, 'day'), ...(hours > 0 ? [unit(hours, 'hour')] : [])].join(' ')
  if (hours > 0) return [unit(hours, 'hour'), ...(minutes % 60 > 0 ? [unit(minutes % 60, 'minute')] : [])].join(' ')
  return unit(minutes, 'minute')
}

export const date = (iso: string) => new Date(iso).toLocaleDateString(currentLanguage(), { dateStyle: 'medium' })

export const clock = (ms: number) => new Date(ms).toLocaleTimeString(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })
