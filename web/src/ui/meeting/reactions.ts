import type { Key } from '../strings/t'

/** Reactions by the names that travel, which are those of stock clients. */
export const reactions: ReadonlyMap<string, { emoji: string; label: Key }> = new Map([
  ['like', { emoji: '👍', label: 'reactions.like' }],
  ['clap', { emoji: '👏', label: 'reactions.clap' }],
  ['laugh', { emoji: '😂', label: 'reactions.laugh' }],
  ['surprised', { emoji: '😮', label: 'reactions.surprised' }],
  ['love', { emoji: '❤️', label: 'reactions.love' }],
  ['boo', { emoji: '👎', label: 'reactions.boo' }],
  ['silence', { emoji: '🤫', label: 'reactions.silence' }],
])
