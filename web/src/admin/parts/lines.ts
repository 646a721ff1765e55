/** The shapes of a chart: values become paths of SVG, the newest at the end. */

/** A round number that is no less than every value. */
export function ceilingOf(values: readonly number[], least: number): number {
  const most = Math.max(least, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8].find((factor) => factor * power >= most) ?? 10
  return step * power
}

/** Where each moment is on an axis that ends with the newest and is `spanMs` long; what is older is left of it. */
export function placesOf(times: readonly number[], spanMs: number, width: number): number[] {
  const newest = times.at(-1) ?? 0
  return times.map((time) => round(width * (1 - (newest - time) / spanMs)))
}

export function lineOf(values: readonly number[], places: readonly number[], top: number, height: number): string {
  // Half a stroke stays inside at the top and at the bottom.
  const inner = height - 3
  return values
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${places[i] ?? 0} ${round(1.5 + inner - (Math.min(value, top) / top) * inner)}`)
    .join('')
}

export function areaOf(values: readonly number[], places: readonly number[], top: number, height: number): string {
  const line = lineOf(values, places, top, height)
  return line && `${line}L${places.at(-1) ?? 0} ${height}L${places[0] ?? 0} ${height}Z`
}

/** Which of the places is nearest. */
export function nearest(places: readonly number[], x: number): number {
  let best = 0
  places.forEach((place, i) => {
    if (Math.abs(place - x) < Math.abs((places[best] ?? 0) - x)) best = i
  })
  return best
}

const round = (value: number) => Math.round(value * 10) / 10
