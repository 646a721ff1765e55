import type { ReceiverWishes } from '../protocol/api'
import type { Quality } from './settings'
import type { TileInfo } from './tiles'

const heightLimits: Record<Quality, number> = { 'audio-only': 0, low: 180, standard: 360, high: Infinity }

/** A layer is shown up to this much larger than it is before the next one is asked for. */
const stretch = 1.25
const cameraHeights = [180, 360, 720]

/**
 * The height to ask for so that a picture fills a tile. Cameras send 180, 360 and 720 lines; a screen is read, so it
 * is asked for as it is shown.
 *
 * @param pixels the height in device pixels at which the picture is drawn
 */
export function wishedHeight(pixels: number, kind: TileInfo['kind']): number {
  if (pixels <= 0) return 0
  if (kind === 'screen') return Math.min(2160, Math.max(180, Math.ceil(pixels / 180) * 180))
  return cameraHeights.find((height) => pixels <= height * stretch) ?? 1080
}

export interface WishesInput {
  tiles: readonly TileInfo[]
  /** Heights in device pixels at which the pictures of visible tiles are drawn, by tile; hidden tiles are not in it. */
  heights: ReadonlyMap<string, number>
  /** The tile that is shown large, if one is. */
  stage: string | undefined
  quality: Quality
  /** At most so many videos; -1 for all. */
  lastN: number
}

/** What we want from the bridge: what is visible, as large as it is drawn, and nothing else. */
export function receiverWishes({ tiles, heights, stage, quality, lastN }: WishesInput): ReceiverWishes {
  const maxHeights = new Map<string, number>()
  const onStage: string[] = []
  const limit = heightLimits[quality]
  for (const tile of tiles) {
    if (!tile.source || tile.own) continue
    // Screens stay readable when cameras are made small, but audio only means just that.
    const cap = tile.kind === 'screen' && limit > 0 ? Infinity : limit
    const height = Math.min(cap, wishedHeight(heights.get(tile.id) ?? 0, tile.kind))
    maxHeights.set(tile.source, height)
    if (tile.id === stage && height > 0) onStage.push(tile.source)
  }
  return { lastN: limit === 0 ? 0 : lastN, onStage, selected: [], maxHeights, defaultMaxHeight: 0 }
}

export function sameWishes(a: ReceiverWishes | undefined, b: ReceiverWishes): boolean {
  return a !== undefined && key(a) === key(b)
}

const key = (wishes: ReceiverWishes) => JSON.stringify({ ...wishes, maxHeights: [...wishes.maxHeights].sort() })
