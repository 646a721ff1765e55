// @vitest-environment node
import './testing/xmlDom'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LeftReason, Meeting, MeetingOptions, ServerConfig } from './api'
import { ownCapsVersion } from './caps'
import { createMeeting } from './meeting'
import { FakeServer } from './testing/fakeServer'
import { childText } from './xml'

const config: ServerConfig = {
  hosts: { domain: 'd', muc: 'conference.d' },
  websocket: 'ws://server/xmpp-websocket',
  p2p: { enabled: false },
}
const ROOM = 'stand%20up@conference.d'

describe('a meeting', () => {
  let server: FakeServer
  let meeting: Meeting
  let states: string[]
  let left: LeftReason | undefined
  let joining: Promise<unknown>

  function join(options: Partial<MeetingOptions> = {}): void {
    meeting = createMeeting({ config, room: 'Stand%20Up', displayName: 'Ada', ...options })
    meeting.on('state', (event) => {
      states.push(event.state)
      left = event.left
    })
    joining = meeting.join().catch((reason: LeftReason) => reason)
  }

  function tell(stanza: string): void {
    server.deliver(server.sessions.at(-1)!, stanza)
  }

  function occupant(nick: string, content = '', type = ''): string {
    const x = `<x xmlns="http://jabber.org/protocol/muc#user"><item affiliation="none" role="participant" jid="${nick}@d/r"/></x>`
    return `<presence xmlns="jabber:client" from="${ROOM}/${nick}"${type}>${x}${content}</presence>`
  }

  // Hashing takes real time, which the tests' clock knows nothing of.
  beforeAll(async () => {
    await ownCapsVersion()
  })

  beforeEach(() => {
    vi.useFakeTimers()
    server = new FakeServer()
    server.install()
    states = []
    left = undefined
  })

  afterEach(async () => {
    const done = meeting.leave()
    await vi.advanceTimersByTimeAsync(2000)
    await done
    vi.useRealTimers()
  })

  it('is joined under the name that the address gives, with what stock clients tell of themselves', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    expect(states).toEqual(['joined'])
    expect(meeting.selfId).toBe('11111111')
    const presence = server.sent('presence')[0]!
    expect(presence.attrs['to']).toBe(`${ROOM}/11111111`)
    expect(childText(presence, 'nick')).toBe('Ada')
    expect(JSON.parse(childText(presence, 'SourceInfo'))).toEqual({
      '11111111-a0': { muted: true },
      '11111111-v0': { muted: true },
    })
  })

  it('waits for a host and goes on by itself', async () => {
    server.focusRefuses = 'not-authorized'
    join()
    await vi.advanceTimersByTimeAsync(4000)
    expect(states).toEqual(['waiting-for-host'])
    server.focusRefuses = undefined
    await vi.advanceTimersByTimeAsync(4000)
    expect(states.at(-1)).toBe('joined')
  })

  it('asks for an account where only members meet', async () => {
    server.focusRefuses = 'not-authorized'
    join({ config: { ...config, policy: 'members' } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(await joining).toEqual({ kind: 'login-required', wrong: false })
  })

  it.each([
    ['<error type="auth"><not-authorized xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>', { kind: 'password-required' }],
    ['<error type="wait"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>', { kind: 'full' }],
    [
      '<error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/><server-full xmlns="urn:meetjar:admission"/></error>',
      { kind: 'server-full' },
    ],
    [
      '<error type="cancel"><not-allowed xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/><text>no</text></error>',
      { kind: 'not-allowed', text: 'no' },
    ],
  ])('ends with the reason of a refusal: %s', async (error, reason) => {
    server.roomRefuses = error
    join()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await joining).toEqual(reason)
    expect(left).toEqual(reason)
  })

  it('ends at once when the server has no room for another meeting', async () => {
    server.focusRefuses = 'resource-constraint'
    server.focusRemarks = '<server-full xmlns="urn:meetjar:admission"/>'
    join()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await joining).toEqual({ kind: 'server-full' })
  })

  it('ends at once when the server has no room for another client', async () => {
    server.full = true
    join()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await joining).toEqual({ kind: 'server-full' })
    expect(server.connections).toBe(1)
  })

  it('stays in the room when its connection is resumed', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    tell(occupant('bbbb2222'))
    await vi.advanceTimersByTimeAsync(50)
    server.cut()
    await vi.advanceTimersByTimeAsync(1000)
    expect(states).toEqual(['joined', 'reconnecting', 'joined'])
    expect(meeting.selfId).toBe('11111111')
    expect([...meeting.participants.keys()]).toEqual(['bbbb2222'])
  })

  it('is joined anew after the server was started anew, with hand, name and mute states kept', async () => {
    join({ startAudioMuted: true })
    await vi.advanceTimersByTimeAsync(200)
    meeting.setRaisedHand(true)
    meeting.setDisplayName('Countess')
    tell(occupant('bbbb2222'))
    await vi.advanceTimersByTimeAsync(100)
    server.up = false
    server.restart()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(states.at(-1)).toBe('reconnecting')
    server.up = true
    await vi.advanceTimersByTimeAsync(4000)
    expect(states.at(-1)).toBe('joined')
    expect(meeting.selfId).toBe('22222222')
    expect(meeting.participants.size).toBe(0)
    const presence = server.sent('presence').filter((p) => p.attrs['to'] === `${ROOM}/22222222`)[0]!
    expect(childText(presence, 'nick')).toBe('Countess')
    expect(Number(childText(presence, 'jitsi_participant_raisedHand'))).toBeGreaterThan(0)
  })

  it('tells who comes, changes and goes', async () => {
    const seen: string[] = []
    join()
    meeting.on('participant-joined', (p) => seen.push(`+${p.id} ${p.displayName}`))
    meeting.on('participant-changed', (p) => seen.push(`~${p.id} ${p.displayName} ${p.raisedHand}`))
    meeting.on('participant-left', (p) => seen.push(`-${p.id} ${p.reason}`))
    await vi.advanceTimersByTimeAsync(200)
    const nick = '<nick xmlns="http://jabber.org/protocol/nick">Bob</nick>'
    tell(occupant('bbbb2222', nick))
    tell(occupant('bbbb2222', nick))
    tell(occupant('bbbb2222', `${nick}<jitsi_participant_raisedHand>7</jitsi_participant_raisedHand>`))
    tell(occupant('bbbb2222', '', ' type="unavailable"'))
    await vi.advanceTimersByTimeAsync(50)
    expect(seen).toEqual(['+bbbb2222 Bob', '~bbbb2222 Bob 7', '-bbbb2222 left'])
  })

  it('passes on what the room itself says, as no chat of anybody', async () => {
    const heard: unknown[] = []
    join()
    meeting.on('notice', (notice) => heard.push(notice))
    meeting.on('chat', (message) => heard.push(message))
    await vi.advanceTimersByTimeAsync(200)
    tell(`<message xmlns="jabber:client" from="${ROOM}" type="groupchat"><body>Back in a minute</body></message>`)
    await vi.advanceTimersByTimeAsync(50)
    expect(heard).toEqual([{ key: 'notice.announcement', values: { text: 'Back in a minute' } }])
  })

  it('passes messages, with their authors', async () => {
    const heard: [string, string, boolean, boolean][] = []
    join()
    meeting.on('chat', (m) => heard.push([m.displayName, m.text, m.own, m.privateTo !== undefined]))
    await vi.advanceTimersByTimeAsync(200)
    tell(occupant('bbbb2222', '<nick xmlns="http://jabber.org/protocol/nick">Bob</nick>'))
    tell(`<message xmlns="jabber:client" from="${ROOM}/bbbb2222" type="groupchat" id="1"><body>hi</body></message>`)
    tell(`<message xmlns="jabber:client" from="${ROOM}/bbbb2222" type="chat" id="2"><body>psst</body></message>`)
    tell(`<message xmlns="jabber:client" from="${ROOM}/11111111" type="groupchat" id="3"><body>me</body></message>`)
    meeting.sendChat('secret', 'bbbb2222')
    await vi.advanceTimersByTimeAsync(50)
    expect(heard).toEqual([
      ['Ada', 'secret', true, true],
      ['Bob', 'hi', false, false],
      ['Bob', 'psst', false, true],
      ['Ada', 'me', true, false],
    ])
    expect(server.sent('message').at(-1)!.attrs).toMatchObject({ to: `${ROOM}/bbbb2222`, type: 'chat' })
  })

  it('ends for whoever is kicked, and names who did it', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    const item = '<item role="none"><actor nick="bbbb2222"/><reason>noise</reason></item>'
    const x = `<x xmlns="http://jabber.org/protocol/muc#user">${item}<status code="307"/><status code="110"/></x>`
    tell(`<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/11111111">${x}</presence>`)
    await vi.advanceTimersByTimeAsync(50)
    expect(left).toEqual({ kind: 'kicked', by: 'bbbb2222', reason: 'noise' })
  })

  it('ends when the room is destroyed', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    const x = '<x xmlns="http://jabber.org/protocol/muc#user"><item role="none"/><destroy><reason>done</reason></destroy></x>'
    tell(`<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/11111111">${x}</presence>`)
    await vi.advanceTimersByTimeAsync(50)
    expect(left).toEqual({ kind: 'ended', reason: 'done' })
  })

  it('mutes when the focus asks for it, and for nobody else', async () => {
    const by: string[] = []
    join()
    meeting.on('muted-by', (event) => by.push(`${event.kind} ${event.by}`))
    await vi.advanceTimersByTimeAsync(200)
    const mute = `<mute xmlns="http://jitsi.org/jitmeet/audio" jid="${ROOM}/11111111" actor="${ROOM}/bbbb2222">true</mute>`
    tell(`<iq xmlns="jabber:client" type="set" id="a" from="${ROOM}/mallory">${mute}</iq>`)
    tell(`<iq xmlns="jabber:client" type="set" id="b" from="${ROOM}/focus">${mute}</iq>`)
    await vi.advanceTimersByTimeAsync(50)
    expect(by).toEqual(['audio bbbb2222'])
  })

  it('is left with a goodbye', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    const done = meeting.leave()
    await vi.advanceTimersByTimeAsync(100)
    await done
    expect(left).toEqual({ kind: 'hangup' })
    expect(server.sent('presence').some((p) => p.attrs['type'] === 'unavailable' && p.attrs['to'] === `${ROOM}/11111111`)).toBe(true)
  })

  it('is left within a second even when the room says nothing', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    server.silent = true
    const done = meeting.leave()
    await vi.advanceTimersByTimeAsync(1000)
    await done
    expect(meeting.state).toBe('left')
  })

  it('says in a sentence why something is refused', async () => {
    join()
    await vi.advanceTimersByTimeAsync(200)
    await expect(meeting.grantModerator('nobody')).rejects.toThrow('That participant is no longer here.')
  })
})
