/** What a typed command asks for; the buttons of the page do the same. */
export type Command =
  | { kind: 'mute' | 'unmute' | 'camera' | 'share' | 'hand' | 'layout' | 'leave' | 'help' }
  | { kind: 'mute-other' | 'pin' | 'kick' | 'moderator'; name: string; reason?: string }
  | { kind: 'message'; name: string; text: string }
  | { kind: 'name' | 'subject'; text: string }
  | { kind: 'unknown'; word: string }
  | { kind: 'incomplete'; word: string }

/**
 * Reads a chat line as a command: `/kick Ada`, `/msg "Ada Lovelace" hello`. Undefined when it is a message: no slash at
 * the start, or two of them.
 */
export function parseCommand(line: string): Command | undefined {
  const match = /^\/(?!\/)([a-z?]+)(?:\s+([\s\S]*))?$/i.exec(line.trim())
  if (!match) return undefined
  const word = (match[1] ?? '').toLowerCase()
  const rest = (match[2] ?? '').trim()
  switch (word) {
    case 'mute':
      return rest ? { kind: 'mute-other', name: unquote(rest) } : { kind: 'mute' }
    case 'unmute':
    case 'camera':
    case 'share':
    case 'hand':
    case 'layout':
    case 'leave':
    case 'help':
      return { kind: word }
    case '?':
      return { kind: 'help' }
    case 'raise':
      return { kind: 'hand' }
    case 'kick': {
      const [name, reason] = firstName(rest)
      return name ? { kind: 'kick', name, ...(reason && { reason }) } : { kind: 'incomplete', word }
    }
    case 'pin':
    case 'moderator':
      return rest ? { kind: word, name: unquote(rest) } : { kind: 'incomplete', word }
    case 'msg':
    case 'message': {
      const [name, text] = firstName(rest)
      return name && text ? { kind: 'message', name, text } : { kind: 'incomplete', word }
    }
    case 'name':
    case 'subject':
      return rest ? { kind: word, text: unquote(rest) } : { kind: 'incomplete', word }
    default:
      return { kind: 'unknown', word }
  }
}

/** The first word or quoted words, with an @ before it or not, and what follows. */
function firstName(text: string): [name: string, rest: string] {
  const match = /^@?(?:"([^"]+)"|(\S+))\s*([\s\S]*)$/.exec(text)
  return match ? [match[1] ?? match[2] ?? '', (match[3] ?? '').trim()] : ['', '']
}

const unquote = (text: string) => /^@?"?([\s\S]*?)"?$/.exec(text)?.[1]?.trim() ?? text

/**
 * The one person whom a typed name means: the whole name first, then a beginning that only one name has. Letters' case
 * does not matter.
 */
export function findByName<T extends { displayName: string; id: string }>(people: Iterable<T>, typed: string): T | undefined {
  const wanted = typed.toLocaleLowerCase()
  const all = [...people]
  const exact = all.filter((person) => person.displayName.toLocaleLowerCase() === wanted || person.id === typed)
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined
  const starting = all.filter((person) => person.displayName.toLocaleLowerCase().startsWith(wanted))
  return starting.length === 1 ? starting[0] : undefined
}
