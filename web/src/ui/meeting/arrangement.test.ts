import { describe, expect, it } from 'vitest'
import { speakerArrangement, tileArrangement, type Rect } from './arrangement'

const overlaps = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const columnsOf = (rects: readonly Rect[]) => rects.filter((rect) => rect.y === rects[0]?.y).length

const windows: [number, number][] = [
  [1424, 788],
  [1008, 660],
  [374, 732],
  [828, 374],
]

describe('tile view', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [5, 3],
    [9, 3],
    [20, 5],
  ])('puts %i people into %i columns on a laptop', (count, columns) => {
    expect(columnsOf(tileArrangement(count, 1424, 788).rects)).toBe(columns)
  })

  it.each(windows)('fits %i x %i without overlaps, up to 9 people', (width, height) => {
    for (let count = 1; count <= 9; count++) {
      const { rects } = tileArrangement(count, width, height)
      expect(rects).toHaveLength(count)
      for (const [i, rect] of rects.entries()) {
        expect(rect.x).toBeGreaterThanOrEqual(0)
        expect(rect.x + rect.width).toBeLessThanOrEqual(width)
        expect(rects.slice(i + 1).some((other) => overlaps(rect, other))).toBe(false)
      }
    }
  })

  it('has tiles of 16 : 9 as large as can be', () => {
    for (let count = 1; count <= 20; count++) {
      const { rects } = tileArrangement(count, 1424, 788)
      const area = (columns: number) => {
        const rows = Math.ceil(count / columns)
        return Math.min((1424 - 8 * (columns - 1)) / columns, ((788 - 8 * (rows - 1)) / rows) * (16 / 9))
      }
      const best = Math.max(...Array.from({ length: count }, (_, i) => area(i + 1)))
      expect(Math.abs((rects[0]?.width ?? 0) - best)).toBeLessThan(1.01)
      expect((rects[0]?.width ?? 0) / (rects[0]?.height ?? 1)).toBeCloseTo(16 / 9, 1)
    }
  })

  it('centres the last row', () => {
    const { rects } = tileArrangement(3, 1424, 788)
    const last = rects[2]!
    expect(last.x + last.width / 2).toBeCloseTo(712, -1)
  })

  it('has one or two columns on an upright phone, and scrolls when many come', () => {
    expect(columnsOf(tileArrangement(2, 374, 732).rects)).toBe(1)
    expect(columnsOf(tileArrangement(5, 374, 732).rects)).toBe(2)
    expect(tileArrangement(9, 374, 732).height).toBe(732)
    expect(tileArrangement(20, 374, 732).height).toBeGreaterThan(732)
  })

  it('never makes tiles tiny', () => {
    expect(tileArrangement(60, 1008, 660).rects[0]?.width).toBeGreaterThanOrEqual(150)
  })

  it('is empty without people or room', () => {
    expect(tileArrangement(0, 100, 100).rects).toEqual([])
    expect(tileArrangement(3, 0, 0).rects).toEqual([])
  })
})

describe('speaker view', () => {
  it('has the filmstrip at the side of wide windows', () => {
    const { stage, rects, direction } = speakerArrangement(4, 1424, 788, false)
    expect(direction).toBe('block')
    expect(stage.width / stage.height).toBeCloseTo(16 / 9, 1)
    expect(rects.every((rect) => rect.x >= stage.x + stage.width)).toBe(true)
  })
  it('has it below on upright phones', () => {
    const { stage, rects, direction } = speakerArrangement(2, 374, 732, false)
    expect(direction).toBe('inline')
    expect(rects.every((rect) => rect.y >= stage.y + stage.height)).toBe(true)
  })
  it('scrolls a long filmstrip', () => {
    expect(speakerArrangement(19, 1424, 788, false).height).toBeGreaterThan(788)
    expect(speakerArrangement(19, 374, 732, false).width).toBeGreaterThan(374)
  })
  it('gives everything to somebody who is alone, and to screens', () => {
    expect(speakerArrangement(0, 1424, 788, true).stage).toEqual({ x: 0, y: 0, width: 1424, height: 788 })
    const { stage } = speakerArrangement(1, 1424, 788, true)
    expect(stage.height).toBe(788)
  })
})
