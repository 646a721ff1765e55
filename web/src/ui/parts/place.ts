interface Box {
  width: number
  height: number
}

const gap = 8

/**
 * Where a box goes beside its anchor: above it if there is room, else below, else wherever it fits; centred on the
 * anchor and always inside the window.
 */
export function place(anchor: { left: number; top: number; right: number; bottom: number }, box: Box, window: Box): { left: number; top: number } {
  const centre = (anchor.left + anchor.right) / 2
  const left = clamp(centre - box.width / 2, gap, window.width - box.width - gap)
  const above = anchor.top - gap - box.height
  const below = anchor.bottom + gap
  const preferBelow = anchor.top < window.height / 2
  const fitsBelow = below + box.height + gap <= window.height
  const top = preferBelow ? (fitsBelow ? below : above) : above >= gap ? above : below
  return { left, top: clamp(top, gap, window.height - box.height - gap) }
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most))
