/** One or two letters for a name: the first of the first and of the last word. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_.\-–]+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.join('').toLocaleUpperCase() || '?'
}

/** A colour's angle from a name, the same on every machine. */
export function hueOf(name: string): number {
  let hash = 2166136261
  for (const character of name.trim().toLocaleLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619)
  }
  return (hash >>> 0) % 360
}
