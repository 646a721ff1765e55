/** A place in the stage, in CSS pixels from its top and its leading edge. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

export interface Arrangement {
  rects: readonly Rect[]
  /** The size of everything; what exceeds the stage is reached by scrolling. */
  width: number
  height: number
}

const gap = 8
const ratio = 16 / 9
/** Tiles are not made narrower than this; then the stage scrolls. */
const minTileWidth = 150

/** Where the last row's tiles begin, and how large all are, for one number of columns. */
interface Grid {
  columns: number
  rows: number
  tileWidth: number
  tileHeight: number
}

function gridOf(columns: number, count: number, width: number, height: number, aspect: number): Grid {
  const rows = Math.ceil(count / columns)
  const byWidth = (width - gap * (columns - 1)) / columns
  const byHeight = ((height - gap * (rows - 1)) / rows) * aspect
  const tileWidth = Math.max(0, Math.floor(Math.min(byWidth, byHeight)))
  return { columns, rows, tileWidth, tileHeight: Math.floor(tileWidth / aspect) }
}

/**
 * All tiles equally large, as large as they can be at 16 : 9, the last row centred. Portrait windows of phones get one
 * or two columns of tiles that are as tall as there is room, up to squares and a little more.
 */
export function tileArrangement(count: number, width: number, height: number): Arrangement {
  if (count === 0 || width <= 0 || height <= 0) return { rects: [], width, height }
  if (width < 600 && height > width) return portraitArrangement(count, width, height)
  let best = gridOf(1, count, width, height, ratio)
  for (let columns = 2; columns <= count; columns++) {
    const grid = gridOf(columns, count, width, height, ratio)
    if (grid.tileWidth > best.tileWidth) best = grid
  }
  if (best.tileWidth < minTileWidth && count > 1) {
    const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (minTileWidth * 1.2 + gap))))
    const tileWidth = Math.floor((width - gap * (columns - 1)) / columns)
    best = { columns, rows: Math.ceil(count / columns), tileWidth, tileHeight: Math.floor(tileWidth / ratio) }
  }
  return placed(best, count, width, height)
}

function portraitArrangement(count: number, width: number, height: number): Arrangement {
  const columns = count <= 3 ? 1 : 2
  const rows = Math.ceil(count / columns)
  const tileWidth = Math.floor((width - gap * (columns - 1)) / columns)
  const room = Math.floor((height - gap * (rows - 1)) / rows)
  // Between a wide picture and a tall one; faces fill what there is.
  const tallest = count === 1 ? Infinity : columns === 1 ? 1.4 : 1.25
  const tileHeight = Math.max(Math.floor(tileWidth / ratio), Math.min(room, Math.floor(tileWidth * tallest)))
  return placed({ columns, rows, tileWidth, tileHeight }, count, width, height)
}

function placed({ columns, rows, tileWidth, tileHeight }: Grid, count: number, width: number, height: number): Arrangement {
  const wholeHeight = rows * tileHeight + (rows - 1) * gap
  const top = Math.max(0, Math.floor((height - wholeHeight) / 2))
  const rects = Array.from({ length: count }, (_, i): Rect => {
    const row = Math.floor(i / columns)
    const inRow = row === rows - 1 ? count - row * columns : columns
    const rowWidth = inRow * tileWidth + (inRow - 1) * gap
    const start = Math.max(0, Math.floor((width - rowWidth) / 2))
    return { x: start + (i - row * columns) * (tileWidth + gap), y: top + row * (tileHeight + gap), width: tileWidth, height: tileHeight }
  })
  return { rects, width, height: Math.max(height, wholeHeight) }
}

export interface SpeakerArrangement extends Arrangement {
  stage: Rect
  /** Which way the filmstrip runs; it scrolls that way. */
  direction: 'block' | 'inline'
}

/**
 * One tile large and the others in a filmstrip at the trailing side, or below in windows that are taller than wide.
 *
 * @param fill the large picture may use the whole area, as screens do; else it is 16 : 9
 * @returns `rects` are those of the filmstrip, relative to the stage's start when nothing is scrolled
 */
export function speakerArrangement(others: number, width: number, height: number, fill: boolean): SpeakerArrangement {
  const direction = height > width * 0.9 ? 'inline' : 'block'
  if (others === 0) return { rects: [], stage: boxed(0, 0, width, height, fill), direction, width, height }
  if (direction === 'inline') {
    const tileWidth = Math.floor(Math.min(180, Math.max(112, width * 0.34)))
    const tileHeight = Math.floor(tileWidth / (4 / 3))
    const y = height - tileHeight
    const strip = others * tileWidth + (others - 1) * gap
    const start = Math.max(0, Math.floor((width - strip) / 2))
    const rects = Array.from({ length: others }, (_, i): Rect => ({ x: start + i * (tileWidth + gap), y, width: tileWidth, height: tileHeight }))
    return { rects, stage: boxed(0, 0, width, y - gap, true), direction, width: Math.max(width, strip), height }
  }
  const tileWidth = Math.floor(Math.min(240, Math.max(128, width * 0.17)))
  const tileHeight = Math.floor(tileWidth / ratio)
  const strip = others * tileHeight + (others - 1) * gap
  const start = Math.max(0, Math.floor((height - strip) / 2))
  const x = width - tileWidth
  const rects = Array.from({ length: others }, (_, i): Rect => ({ x, y: start + i * (tileHeight + gap), width: tileWidth, height: tileHeight }))
  return { rects, stage: boxed(0, 0, x - gap, height, fill), direction, width, height: Math.max(height, strip) }
}

function boxed(x: number, y: number, width: number, height: number, fill: boolean): Rect {
  if (fill) return { x, y, width, height }
  const boxWidth = Math.floor(Math.min(width, height * ratio))
  const boxHeight = Math.floor(boxWidth / ratio)
  return { x: x + Math.floor((width - boxWidth) / 2), y: y + Math.floor((height - boxHeight) / 2), width: boxWidth, height: boxHeight }
}
