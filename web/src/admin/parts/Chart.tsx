import { useSignal } from '@preact/signals'
import { t } from '../../ui/strings/t'
import { clock } from './format'
import { areaOf, ceilingOf, lineOf, nearest, placesOf } from './lines'

export interface Series {
  label: string
  values: readonly number[]
}

interface ChartProps {
  title: string
  /** When each value was, milliseconds since 1970. */
  times: readonly number[]
  /** At most two: the first filled, the second a dashed line. */
  series: readonly Series[]
  format: (value: number) => string
  /** The least that the top of the chart stands for. */
  least: number
  /** Where the top is, whatever the values. */
  ceiling?: number
  note?: string
  testId?: string
}

const width = 300
const height = 72

/** What the axis stands for, as the server keeps it. */
const spanMs = 15 * 60_000

/** A small chart of the last minutes, with the present in figures; pointing at it shows an earlier moment. */
export function Chart({ title, times, series, format, least, ceiling, note, testId }: ChartProps) {
  const pointed = useSignal<number | undefined>(undefined)
  const top = ceiling ?? ceilingOf(series.flatMap((each) => each.values), least)
  const last = times.length - 1
  const places = placesOf(times, spanMs, width)
  const at = pointed.value !== undefined && pointed.value <= last ? pointed.value : last
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    pointed.value = nearest(places, ((event.clientX - box.left) / box.width) * width)
  }
  const described = series.map(({ label, values }) => `${label}: ${format(values.at(-1) ?? 0)}, ${t('admin.chart.most', { value: format(Math.max(0, ...values)) })}`).join('; ')
  return (
    <section class="card chart" data-testid={testId}>
      <h3>{title}</h3>
      <p class="chart-values">
        {series.map(({ label, values }, i) => (
          <span key={label} class={`chart-value chart-value-${i}`}>
            <strong>{format(values[at] ?? 0)}</strong>
            {series.length > 1 && (
              <small>
                <svg class="chart-key" viewBox="0 0 16 4" aria-hidden="true">
                  <path d="M0 2H16" class={`chart-line chart-line-${i}`} />
                </svg>
                {label}
              </small>
            )}
          </span>
        ))}
      </p>
      <svg
        class="chart-plot"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${described}`}
        onPointerMove={point}
        onPointerLeave={() => (pointed.value = undefined)}
      >
        <path d={`M0 ${height - 0.5}H${width}`} class="chart-ground" />
        {series.map(({ label, values }, i) => (
          <g key={label}>
            {i === 0 && <path d={areaOf(values, places, top, height)} class="chart-area" />}
            <path d={lineOf(values, places, top, height)} class={`chart-line chart-line-${i}`} />
          </g>
        ))}
        {pointed.value !== undefined && last > 0 && <path d={`M${places[at] ?? 0} 0V${height}`} class="chart-pointer" />}
      </svg>
      <p class="chart-note">
        <small>{pointed.value !== undefined && times[at] !== undefined ? clock(times[at]) : (note ?? t('admin.chart.span'))}</small>
        <small class="chart-top" aria-hidden="true">
          {format(top)}
        </small>
      </p>
    </section>
  )
}
