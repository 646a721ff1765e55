import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { XmppConnection } from './connection'
import { LocalMedia } from './localMedia'
import { Media } from './media'
import { NS } from './namespaces'
import { peerContents } from './localDescription'
import type { Occupant } from './presence'
import type { Room } from './room'
import { FakePeerConnection } from './testing/fakePeerConnection'
import { offer } from './testing/offer'
import { attr, child, xml, withAttrs, type Xml } from './xml'

/** What the media layer sees of a connection: queries go into a list, queries to us come from the test. */
class FakeConnection {
  jid = 'me@d/r'
  readonly sent: { to: string; payload: Xml }[] = []
  #answer: ((query: Xml, iq: Xml) => Xml | undefined) | undefined

  iq(_type: string, to: string, payload: Xml): Promise<Xml> {
    this.sent.push({ to, payload })
    return Promise.resolve(xml('iq'))
  }

  handleIq(_name: string, _ns: string, handler: (query: Xml, iq: Xml) => Xml | undefined): void {
    this.#answer = handler
  }

  ping(): Promise<boolean> {
    return Promise.resolve(true)
  }

  receive(jingle: Xml, from: string): void {
    this.#answer?.(jingle, xml('iq', { from, to: this.jid }, jingle))
  }

  actions(action: string): { to: string; payload: Xml }[] {
    return this.sent.filter((s) => attr(s.payload, 'action') === action)
  }
}

const microphone = { kind: 'audio' } as MediaStreamTrack

describe('the way of media', () => {
  let connection: FakeConnection
  let media: Media
  let peers: Occupant[]
  let trusted: boolean
  let paths: boolean[]

  function begin(nick: string, p2p: { enabled?: boolean; backToP2PDelay?: number } = {}): void {
    connection = new FakeConnection()
    const room = { nick, occupantJid: (n: string) => `r@m/${n}` } as Room
    media = new Media({
      connection: connection as unknown as XmppConnection,
      room,
      config: { hosts: { domain: 'd', muc: 'm' }, websocket: 'ws://x', p2p },
      local: Object.assign(new LocalMedia(), { microphone }),
      iceServers: () => [],
      codecs: ['vp8'],
      peers: () => peers,
      trustedFocus: () => (trusted ? 'focus@auth.d/f' : undefined),
    })
    paths = []
    media.on('path', (event) => paths.push(event.p2p))
  }

  function person(nick: string, more: Partial<Occupant> = {}): Occupant {
    const sources = new Map([[`${nick}-v0`, { muted: false, videoType: 'camera' as const }]])
    return {
      nick,
      realJid: `${nick}@d/r`,
      affiliation: 'none',
      role: 'participant',
      displayName: '',
      raisedHand: 0,
      sources,
      codecs: [],
      features: new Set(),
      statusCodes: new Set(),
      ...more,
    }
  }

  async function settle(ms = 50): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms)
  }

  /** A peer's offer or answer, made from what a peer connection says. */
  async function description(action: string, sid: string): Promise<Xml> {
    const pc = new FakePeerConnection()
    FakePeerConnection.all.pop()
    pc.addTransceiver('audio')
    pc.addTransceiver('video')
    const { sdp } = await pc.createOffer()
    const identity = { mid: '1', name: 'peer-v0', kind: 'video' as const, videoType: 'camera' as const, msid: 's t' }
    const source = { ...identity, owner: 'peer', ssrcs: [1001], groups: [] }
    return xml('jingle', { xmlns: NS.JINGLE, action, sid }, peerContents(sdp, [source], [identity], 'initiator'))
  }

  beforeEach(() => {
    vi.useFakeTimers()
    FakePeerConnection.install()
    vi.stubGlobal('WebSocket', class { close(): void {} })
    peers = []
    trusted = true
  })

  afterEach(() => {
    media.close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('is offered to the only other participant by whoever has the smaller id', async () => {
    begin('aaaa')
    peers = [person('bbbb')]
    media.peersChanged()
    await settle()
    expect(connection.actions('session-initiate').map((s) => s.to)).toEqual(['r@m/bbbb'])
    const names = connection.actions('session-initiate')[0]!.payload.children.map((c) => attr(c, 'name'))
    expect(names.slice(0, 2)).toEqual(['0', '1'])
  })

  it.each([
    ['the other has the smaller id', 'cccc', () => [person('bbbb')]],
    ['there are two others', 'aaaa', () => [person('bbbb'), person('cccc')]],
    ['the other is no person', 'aaaa', () => [person('bbbb', { botType: 'poltergeist' })]],
    ['the other is a telephone gateway', 'aaaa', () => [person('b', { features: new Set(['http://jitsi.org/protocol/jigasi']) })]],
  ])('is not offered when %s', async (_why, nick, others) => {
    begin(nick)
    peers = others()
    media.peersChanged()
    await settle()
    expect(connection.sent).toEqual([])
  })

  it('is not offered where the server does not want it', async () => {
    begin('aaaa', { enabled: false })
    peers = [person('bbbb')]
    media.peersChanged()
    await settle()
    expect(connection.sent).toEqual([])
  })

  it('is offered with a delay when somebody has left, unless somebody comes meanwhile', async () => {
    begin('aaaa', { backToP2PDelay: 5 })
    peers = [person('bbbb')]
    media.participantLeft('cccc')
    await settle(4900)
    expect(connection.sent).toEqual([])
    peers = [person('bbbb'), person('dddd')]
    media.peersChanged()
    await settle(1000)
    expect(connection.sent).toEqual([])
    peers = [person('bbbb')]
    media.participantLeft('dddd')
    await settle(5100)
    expect(connection.actions('session-initiate')).toHaveLength(1)
  })

  it('is direct once it is connected, and no sooner', async () => {
    begin('aaaa')
    peers = [person('peer')]
    media.peersChanged()
    await settle()
    const sid = attr(connection.actions('session-initiate')[0]!.payload, 'sid')!
    connection.receive(await description('session-accept', sid), 'r@m/peer')
    await settle()
    expect(media.direct).toBe(false)
    FakePeerConnection.all[0]!.become('connected')
    expect(paths).toEqual([true])
    expect(connection.actions('content-modify')).toHaveLength(1)
    expect([...media.tracks().keys()]).toEqual(['peer-v0'])
  })

  it('answers the offer of a peer', async () => {
    begin('bbbb')
    peers = [person('peer')]
    connection.receive(await description('session-initiate', 's1'), 'r@m/peer')
    await settle()
    expect(connection.actions('session-accept').map((s) => attr(s.payload, 'sid'))).toEqual(['s1'])
  })

  it('is refused to a peer when more than two are there', async () => {
    begin('bbbb')
    peers = [person('peer'), person('cccc')]
    connection.receive(await description('session-initiate', 's1'), 'r@m/peer')
    await settle()
    const [refusal] = connection.actions('session-terminate')
    expect(child(child(refusal!.payload, 'reason'), 'decline')).toBeDefined()
  })

  it('through the bridge is refused to whoever only calls itself focus', async () => {
    begin('bbbb')
    trusted = false
    connection.receive(offer(), 'r@m/focus')
    await settle()
    const [refusal] = connection.actions('session-terminate')
    expect(child(child(refusal!.payload, 'reason'), 'security-error')).toBeDefined()
    expect(FakePeerConnection.all).toHaveLength(0)
  })

  async function bridgeAndPeer(): Promise<{ bridge: FakePeerConnection; peer: FakePeerConnection }> {
    begin('bbbb')
    peers = [person('peer')]
    connection.receive(offer(), 'r@m/focus')
    await settle()
    connection.receive(await description('session-initiate', 's1'), 'r@m/peer')
    await settle()
    const [bridge, peer] = FakePeerConnection.all
    bridge!.become('connected')
    peer!.become('connected')
    await settle(1500)
    return { bridge: bridge!, peer: peer! }
  }

  const sends = (pc: FakePeerConnection): boolean => pc.getTransceivers()[0]!.sender.getParameters().encodings[0]!.active

  it('leaves the bridge quiet while two talk directly', async () => {
    const { bridge, peer } = await bridgeAndPeer()
    const sound = (pc: FakePeerConnection): unknown => pc.getTransceivers()[0]!.sender.track
    expect(sends(bridge)).toBe(false)
    expect(bridge.connectionState).toBe('connected')
    // Firefox would send sound all the same
    expect(sound(bridge)).toBeNull()
    expect(sound(peer)).toBe(microphone)
  })

  it('goes to the bridge before the direct session is ended for a third', async () => {
    const { bridge, peer } = await bridgeAndPeer()
    peers = [person('peer'), person('cccc')]
    media.peersChanged()
    await settle(20)
    expect(sends(bridge)).toBe(true)
    expect(peer.connectionState).toBe('connected')
    expect(media.direct).toBe(true)
    await settle(10_000)
    expect(media.direct).toBe(false)
    expect(connection.actions('session-terminate').map((s) => s.to)).toEqual(['r@m/peer'])
    expect(paths).toEqual([true, false])
  })

  it('stays direct when the third is gone before the change was made', async () => {
    const { bridge } = await bridgeAndPeer()
    peers = [person('peer'), person('cccc')]
    media.peersChanged()
    await settle(20)
    peers = [person('peer')]
    media.participantLeft('cccc')
    await settle(10_000)
    expect(media.direct).toBe(true)
    expect(sends(bridge)).toBe(false)
  })

  it('stays direct as long as the bridge cannot be reached', async () => {
    const { bridge } = await bridgeAndPeer()
    bridge.connectionState = 'connecting'
    peers = [person('peer'), person('cccc')]
    media.peersChanged()
    await settle(30_000)
    expect(media.direct).toBe(true)
  })

  it('falls back to the bridge when the direct session breaks', async () => {
    const { bridge, peer } = await bridgeAndPeer()
    peer.become('disconnected')
    await settle()
    expect(sends(bridge)).toBe(true)
    expect(paths).toEqual([true, false])
    peer.become('failed')
    await settle()
    expect(media.p2p).toBeUndefined()
    // What failed with this peer is not tried again at once.
    media.peersChanged()
    await settle(10_000)
    expect(connection.actions('session-initiate')).toHaveLength(0)
  })

  it('asks for a new session when the bridge is lost, with pauses', async () => {
    const { bridge } = await bridgeAndPeer()
    bridge.become('failed')
    await settle(100)
    const [request] = connection.actions('session-terminate')
    expect(child(request!.payload, 'reason')?.children[0]?.name).toBe('connectivity-error')
    expect(attr(child(request!.payload, 'bridge-session'), 'restart')).toBe('true')
    connection.receive(withAttrs(offer(), { sid: 'second' }), 'r@m/focus')
    await settle()
    expect(connection.actions('session-accept').map((s) => attr(s.payload, 'sid'))).toContain('second')
    FakePeerConnection.all.at(-1)!.become('failed')
    await settle(9000)
    expect(connection.actions('session-terminate')).toHaveLength(1)
    await settle(2000)
    expect(connection.actions('session-terminate')).toHaveLength(2)
  })
})
