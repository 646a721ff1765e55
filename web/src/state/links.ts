/** A piece of a message: plain text, or text that is also an address. */
export interface Segment {
  text: string
  href?: string
}

const candidate = /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"'`{}|\\^]+/gi

/**
 * Finds the web and mail addresses in a message. Only `http`, `https` and `mailto` become links; the text that is shown
 * is always exactly what was sent, so that a link cannot pretend to lead elsewhere.
 */
export function linkSegments(message: string): Segment[] {
  const segments: Segment[] = []
  let end = 0
  for (const match of message.matchAll(candidate)) {
    const text = trimEnd(match[0])
    const href = safeAddress(text)
    if (!href) continue
    if (match.index > end) segments.push({ text: message.slice(end, match.index) })
    segments.push({ text, href })
    end = match.index + text.length
  }
  if (end < message.length || segments.length === 0) segments.push({ text: message.slice(end) })
  return segments
}

/** Leaves out the punctuation of the sentence around an address, and a closing bracket that was opened outside it. */
function trimEnd(text: string): string {
  let result = text
  for (;;) {
    const last = result.at(-1) ?? ''
    const unbalanced = (last === ')' && count(result, ')') > count(result, '(')) || (last === ']' && count(result, ']') > count(result, '['))
    if (!/[.,;:!?…]/.test(last) && !unbalanced) return result
    result = result.slice(0, -1)
  }
}

const count = (text: string, character: string) => text.split(character).length - 1

function safeAddress(text: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(text) ? `https://${text}` : text)
    if (url.protocol === 'mailto:') return url.href
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.') && !url.username ? url.href : undefined
  } catch {
    return undefined
  }
}
