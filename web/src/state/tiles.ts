/** What a tile shows: somebody's camera (or initials), or a screen that somebody shares. */
export interface TileInfo {
  /** The participant's id for a camera, the source's name for a screen. */
  id: string
  personId: string
  own: boolean
  kind: 'camera' | 'screen'
  /** Name of the video source, for what we ask the bridge; absent for our own and for those without a camera. */
  source?: string
}

/** Tiles keep their place; new ones come last; our own camera is first. */
export function orderTiles(previous: readonly string[], present: readonly TileInfo[]): TileInfo[] {
  const place = new Map(previous.map((id, i) => [id, i]))
  const rank = (tile: TileInfo) => (tile.own && tile.kind === 'camera' ? -1 : (place.get(tile.id) ?? Infinity))
  return present
    .map((tile, i) => ({ tile, i, rank: rank(tile) }))
    .sort((a, b) => (a.rank === b.rank ? a.i - b.i : a.rank - b.rank))
    .map(({ tile }) => tile)
}

/**
 * Who is large in speaker view: the pinned tile; else the newest screen of somebody else; else whoever speaks or spoke
 * last; else the first other person; else ourselves.
 */
export function stageTile(tiles: readonly TileInfo[], pinned: string, dominant: string): TileInfo | undefined {
  const others = tiles.filter((tile) => !tile.own)
  return (
    tiles.find((tile) => tile.id === pinned) ??
    others.filter((tile) => tile.kind === 'screen').at(-1) ??
    others.find((tile) => tile.personId === dominant) ??
    others[0] ??
    tiles[0]
  )
}
