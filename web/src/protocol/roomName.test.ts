import { describe, expect, it } from 'vitest'
import { normaliseRoomName } from './roomName'

describe('a room name', () => {
  it.each([
    ['Standup', 'standup'],
    ['My%20Room', 'my%20room'],
    ['a:b?c#d[e]f@g!h$i&j\'k(l)m*n+o,p;q=r>s</t"u', 'abcdefghijklmnopqrstu'],
    ['Grüße', 'gr%c3%bc%c3%9fe'],
    ['Gr%C3%BC%C3%9Fe', 'gr%c3%bc%c3%9fe'],
    ['Grüße', 'gr%c3%bc%c3%9fe'],
    ['ﬁne', 'fine'],
    ['100%', '100%25'],
    ['', ''],
    ['\ud800x', 'x'],
  ])('%j becomes %j', (segment, name) => {
    expect(normaliseRoomName(segment)).toBe(name)
  })

  it('is the same however the address was written', () => {
    expect(normaliseRoomName('Caf%C3%A9')).toBe(normaliseRoomName('café'))
  })
})
