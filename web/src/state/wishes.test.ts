import { describe, expect, it } from 'vitest'
import type { TileInfo } from './tiles'
import { receiverWishes, sameWishes, wishedHeight } from './wishes'

const tile = (id: string, kind: TileInfo['kind'] = 'camera'): TileInfo => ({ id, personId: id, own: false, kind, source: `${id}-v0` })

describe('the height asked for', () => {
  it.each([
    [0, 0],
    [130, 180],
    [220, 180],
    [260, 360],
    [440, 360],
    [600, 720],
    [880, 720],
    [1300, 1080],
  ])('of a camera drawn at %i is %i', (pixels, height) => expect(wishedHeight(pixels, 'camera')).toBe(height))
  it('of a screen is at least what is drawn', () => expect(wishedHeight(800, 'screen')).toBe(900))
})

describe('what we ask the bridge for', () => {
  const tiles = [tile('a'), tile('b'), tile('c', 'screen')]
  const heights = new Map([
    ['a', 640],
    ['c', 100],
  ])
  it('follows the tiles, with nothing for hidden ones', () => {
    const wishes = receiverWishes({ tiles, heights, stage: 'a', quality: 'high', lastN: -1 })
    expect(Object.fromEntries(wishes.maxHeights)).toEqual({ 'a-v0': 720, 'b-v0': 0, 'c-v0': 180 })
    expect(wishes.onStage).toEqual(['a-v0'])
    expect(wishes).toMatchObject({ lastN: -1, defaultMaxHeight: 0 })
  })
  it('never exceeds the chosen quality, except for screens', () => {
    const wishes = receiverWishes({ tiles, heights: new Map([['a', 640], ['c', 640]]), stage: 'a', quality: 'low', lastN: -1 })
    expect(Object.fromEntries(wishes.maxHeights)).toEqual({ 'a-v0': 180, 'b-v0': 0, 'c-v0': 720 })
  })
  it('is no video at all for audio only', () => {
    const wishes = receiverWishes({ tiles, heights, stage: 'a', quality: 'audio-only', lastN: 5 })
    expect(wishes.lastN).toBe(0)
    expect([...wishes.maxHeights.values()]).toEqual([0, 0, 0])
    expect(wishes.onStage).toEqual([])
  })
  it('leaves out our own tiles and people without a camera', () => {
    const own = { ...tile('me'), own: true }
    const { source: _, ...bare } = tile('d')
    expect(receiverWishes({ tiles: [own, bare], heights, stage: undefined, quality: 'high', lastN: -1 }).maxHeights.size).toBe(0)
  })
  it('is sent again only when it changed', () => {
    const wishes = () => receiverWishes({ tiles, heights, stage: 'a', quality: 'high', lastN: -1 })
    expect(sameWishes(wishes(), wishes())).toBe(true)
    expect(sameWishes(undefined, wishes())).toBe(false)
    expect(sameWishes(wishes(), { ...wishes(), lastN: 2 })).toBe(false)
  })
})
