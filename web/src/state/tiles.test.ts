import { describe, expect, it } from 'vitest'
import { orderTiles, stageTile, type TileInfo } from './tiles'

const camera = (id: string, own = false): TileInfo => ({ id, personId: id, own, kind: 'camera' })
const screen = (id: string, personId: string, own = false): TileInfo => ({ id, personId, own, kind: 'screen', source: id })
const ids = (tiles: readonly TileInfo[]) => tiles.map((tile) => tile.id)

describe('the order of tiles', () => {
  it('has our own camera first', () => expect(ids(orderTiles([], [camera('a'), camera('me', true)]))).toEqual(['me', 'a']))
  it('keeps places and puts new ones last', () =>
    expect(ids(orderTiles(['me', 'c', 'a'], [camera('me', true), camera('a'), camera('b'), camera('c')]))).toEqual(['me', 'c', 'a', 'b']))
  it('closes the gap of who left', () => expect(ids(orderTiles(['me', 'a', 'b'], [camera('me', true), camera('b')]))).toEqual(['me', 'b']))
  it('puts a shared screen last', () =>
    expect(ids(orderTiles(['me', 'a', 'b'], [camera('me', true), camera('a'), screen('a-v1', 'a'), camera('b')]))).toEqual(['me', 'a', 'b', 'a-v1']))
})

describe('who is on stage', () => {
  const tiles = [camera('me', true), camera('a'), camera('b')]
  it('is whoever speaks', () => expect(stageTile(tiles, '', 'b')?.id).toBe('b'))
  it('is somebody else while we speak ourselves', () => expect(stageTile(tiles, '', 'me')?.id).toBe('a'))
  it('is a shared screen before any speaker', () => expect(stageTile([...tiles, screen('a-v1', 'a')], '', 'b')?.id).toBe('a-v1'))
  it('is not our own screen', () => expect(stageTile([...tiles, screen('me-v1', 'me', true)], '', 'b')?.id).toBe('b'))
  it('is what is pinned before anything else', () => expect(stageTile([...tiles, screen('a-v1', 'a')], 'b', 'a')?.id).toBe('b'))
  it('is ourselves when alone', () => expect(stageTile([camera('me', true)], '', '')?.id).toBe('me'))
})
