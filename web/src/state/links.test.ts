import { describe, expect, it } from 'vitest'
import { linkSegments } from './links'

const links = (message: string) => linkSegments(message).filter((segment) => segment.href)

describe('links in chat', () => {
  it('are found between words', () => {
    expect(linkSegments('see https://example.org/a?b=c, please')).toEqual([
      { text: 'see ' },
      { text: 'https://example.org/a?b=c', href: 'https://example.org/a?b=c' },
      { text: ', please' },
    ])
  })
  it('keep brackets that belong to them', () => {
    expect(links('(https://example.org/x_(y))')[0]?.text).toBe('https://example.org/x_(y)')
    expect(links('(see https://example.org/x)')[0]?.text).toBe('https://example.org/x')
  })
  it('are completed from www', () => {
    expect(links('www.example.org')[0]?.href).toBe('https://www.example.org/')
  })
  it.each(['javascript:alert(1)', 'data:text/html,hi', 'https://user:word@example.org', 'plain text', 'https://'])('are not made from %s', (text) =>
    expect(links(text)).toEqual([]),
  )
  it('lose no character of the message', () => {
    const message = 'a https://x.org. b (www.y.org) c mailto:me@z.org!'
    expect(linkSegments(message).map((segment) => segment.text).join('')).toBe(message)
  })
})
