/** The shapes of a chart: values become paths of SVG, the newest at the end. */

/** A round number that is no less than every value. */
export function ceilingOf(values: readonly number[], least: number): number {
  const most = Math.max(least, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= most) ?? 10
  return step * power
}

export function lineOf(values: readonly number[], top: number, width: number, height: number): string {
  return points(values, top, width, height)
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`)
    .join('')
}

export function areaOf(values: readonly number[], top: number, width: number, height: number): string {
  const line = lineOf(values, top, width, height)
  return line && `${line}L${width} ${height}L0 ${height}Z`
}

function points(values: readonly number[], top: number, width: number, height: number): [number, number][] {
  const only = values[0]
  const all = values.length === 1 && only !== undefined ? [only, only] : values
  // Half a stroke stays inside at the top and at the bottom.
  const inner = height - 3
  return all.map((value, i) => [round((i / (all.length - 1)) * width), round(1.5 + inner - (Math.min(value, top) / top) * inner)])
}

const round = (value: number) => Math.round(value * 10) / 10
