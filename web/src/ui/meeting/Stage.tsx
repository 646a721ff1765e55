import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { TileInfo } from '../../state/tiles'
import { useModel } from '../context'
import { speakerArrangement, tileArrangement, type Rect } from './arrangement'
import { Tile } from './Tile'

/**
 * All tiles, placed by hand: each stays the same element in every arrangement, so that pictures go on playing. In
 * speaker view the large tile is sticky and the filmstrip scrolls past it.
 */
export function Stage() {
  const model = useModel()
  const frame = useRef<HTMLDivElement>(null)
  const size = useSignal({ width: 0, height: 0 })
  const resizing = useSignal(false)

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return undefined
    let settled: ReturnType<typeof setTimeout> | undefined
    const measure = () => {
      const style = getComputedStyle(element)
      const inline = parseFloat(style.paddingInlineStart) + parseFloat(style.paddingInlineEnd) || 0
      const block = parseFloat(style.paddingBlockStart) + parseFloat(style.paddingBlockEnd) || 0
      resizing.value = true
      size.value = { width: element.clientWidth - inline, height: element.clientHeight - block }
      clearTimeout(settled)
      settled = setTimeout(() => (resizing.value = false), 200)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      clearTimeout(settled)
      observer.disconnect()
    }
  }, [])

  useVisibleTiles(frame)

  const tiles = model.tiles.value
  const stage = model.stage.value
  const { width, height } = size.value
  const { rects, contentWidth, contentHeight, direction } = arranged(tiles, stage, width, height)

  return (
    <div
      ref={frame}
      class="stage"
      data-view={stage ? 'speaker' : 'tiles'}
      data-direction={direction}
      data-resizing={resizing.value}
      data-testid="stage"
      tabIndex={contentHeight > height || contentWidth > width ? 0 : undefined}
    >
      {width > 0 && (
        <div class="stage-content" style={{ width: `${contentWidth}px`, height: `${contentHeight}px` }}>
          {tiles.map((tile) => (
            <Tile key={tile.id} tile={tile} rect={rects.get(tile.id) ?? { x: 0, y: 0, width: 0, height: 0 }} large={tile.id === stage?.id} />
          ))}
        </div>
      )}
    </div>
  )
}

function arranged(tiles: readonly TileInfo[], stage: TileInfo | undefined, width: number, height: number) {
  const rects = new Map<string, Rect>()
  if (!stage) {
    const arrangement = tileArrangement(tiles.length, width, height)
    tiles.forEach((tile, i) => rects.set(tile.id, arrangement.rects[i]!))
    return { rects, contentWidth: width, contentHeight: arrangement.height, direction: 'block' }
  }
  const others = tiles.filter((tile) => tile !== stage)
  const arrangement = speakerArrangement(others.length, width, height, stage.kind === 'screen')
  rects.set(stage.id, arrangement.stage)
  others.forEach((tile, i) => rects.set(tile.id, arrangement.rects[i]!))
  return { rects, contentWidth: arrangement.width, contentHeight: arrangement.height, direction: arrangement.direction }
}

/** Tells the state how large each visible tile is drawn, so that no more is received than is seen. */
function useVisibleTiles(frame: { current: HTMLDivElement | null }): void {
  const model = useModel()
  const tiles = model.tiles.value
  const watched = useRef<{ sizes: ResizeObserver; views: IntersectionObserver; known: Set<Element> }>(undefined)

  useEffect(() => {
    const visible = new Map<Element, boolean>()
    const report = (element: Element) => {
      const id = (element as HTMLElement).dataset['tile']
      if (!id) return
      const { width, height } = element.getBoundingClientRect()
      // What a picture of 16 : 9 needs to cover the tile.
      const lines = visible.get(element) && element.isConnected ? Math.max(height, (width * 9) / 16) * devicePixelRatio : 0
      model.drawn(id, Math.round(lines))
    }
    const sizes = new ResizeObserver((entries) => entries.forEach((entry) => report(entry.target)))
    const views = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          visible.set(entry.target, entry.isIntersecting)
          report(entry.target)
        }
      },
      { root: frame.current, rootMargin: '80px' },
    )
    watched.current = { sizes, views, known: new Set() }
    return () => {
      sizes.disconnect()
      views.disconnect()
    }
  }, [])

  useEffect(() => {
    const { sizes, views, known } = watched.current ?? {}
    if (!sizes || !views || !known) return
    const present = new Set(frame.current?.querySelectorAll('[data-tile]'))
    for (const element of known) {
      if (present.has(element)) continue
      known.delete(element)
      sizes.unobserve(element)
      views.unobserve(element)
      model.drawn((element as HTMLElement).dataset['tile'] ?? '', 0)
    }
    for (const element of present) {
      if (known.has(element)) continue
      known.add(element)
      sizes.observe(element)
      views.observe(element)
    }
  })
  void tiles
}
