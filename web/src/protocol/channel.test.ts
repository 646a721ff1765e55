import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BridgeChannel, channelUrl, receiverConstraints } from './channel'

const wishes = {
  lastN: 5,
  onStage: ['b-v0'],
  selected: [],
  maxHeights: new Map([['b-v0', 720.4]]),
  defaultMaxHeight: 180,
}

describe('the address of the bridge channel', () => {
  const page = (url: string) => new URL(url)

  it.each([
    ['wss://localhost/colibri-ws/s/c/e?pwd=x', 'http://localhost:8080/room', 'ws://localhost:8080/colibri-ws/s/c/e?pwd=x'],
    ['wss://localhost/colibri-ws/s/c/e?pwd=x', 'https://localhost:8443/', 'wss://localhost:8443/colibri-ws/s/c/e?pwd=x'],
    ['wss://meet.example/colibri-ws/s/c/e?pwd=x', 'https://meet.example/r', 'wss://meet.example/colibri-ws/s/c/e?pwd=x'],
    ['wss://jvb.example/colibri-ws/s/c/e?pwd=x', 'https://meet.example/r', 'wss://jvb.example/colibri-ws/s/c/e?pwd=x'],
    ['wss://localhost/colibri-ws/s/c/e?pwd=x', 'http://192.168.0.7:8080/r', 'ws://192.168.0.7:8080/colibri-ws/s/c/e?pwd=x'],
  ])('%s seen from %s is %s', (offered, from, expected) => {
    expect(channelUrl(offered, page(from))).toBe(expected)
  })

  it('is taken as it is where there is no page', () => {
    expect(channelUrl('wss://localhost/x')).toBe('wss://localhost/x')
  })
})

describe('wishes', () => {
  it('are told in the bridge\'s words', () => {
    expect(receiverConstraints(wishes)).toEqual({
      colibriClass: 'ReceiverVideoConstraints',
      lastN: 5,
      onStageSources: ['b-v0'],
      selectedSources: [],
      defaultConstraints: { maxHeight: 180 },
      constraints: { 'b-v0': { maxHeight: 720 } },
    })
  })
})

describe('the bridge channel', () => {
  class Socket {
    readyState = 0
    sent: Record<string, unknown>[] = []
    onopen?: () => void
    onclose?: () => void
    onmessage?: (event: { data: unknown }) => void
    constructor() {
      sockets.push(this)
    }
    send(text: string): void {
      this.sent.push(JSON.parse(text) as Record<string, unknown>)
    }
    close(): void {
      this.readyState = 3
    }
    open(): void {
      this.readyState = 1
      this.onopen?.()
    }
    fail(): void {
      this.readyState = 3
      this.onclose?.()
    }
  }
  let sockets: Socket[] = []
  let channel: BridgeChannel

  beforeEach(() => {
    vi.useFakeTimers()
    sockets = []
    vi.stubGlobal('WebSocket', Socket)
    channel = new BridgeChannel('ws://b/')
  })

  afterEach(() => {
    channel.close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('tells each new socket what is wanted and what is sent', () => {
    channel.setReceiverWishes(wishes)
    channel.setVideoType('a-v0', 'camera')
    sockets[0]!.open()
    expect(sockets[0]!.sent.map((m) => m['colibriClass'])).toEqual(['ReceiverVideoConstraints', 'SourceVideoTypeMessage'])
    sockets[0]!.fail()
    vi.advanceTimersByTime(1000)
    sockets[1]!.open()
    expect(sockets[1]!.sent).toHaveLength(2)
  })

  it('comes back after 1, 2, 4 … and at most 60 seconds', () => {
    let expected = 1
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      sockets.at(-1)!.fail()
      vi.advanceTimersByTime(seconds * 1000 - 1)
      expect(sockets).toHaveLength(expected)
      vi.advanceTimersByTime(1)
      expect(sockets).toHaveLength(++expected)
    }
  })

  it('hears what the streams of the bridge stand for', () => {
    const heard: unknown[] = []
    channel.on('mapped', (v) => heard.push(v))
    const receive = (message: unknown): void => sockets[0]!.onmessage?.({ data: JSON.stringify(message) })
    const mapped = [
      { source: 'a-v0', owner: 'a', ssrc: 4000000000, rtx: 8, videoType: 'camera' },
      { source: 'a-v1', owner: 'a', ssrc: 9, rtx: '-1', videoType: 'DESKTOP' },
      { source: 'a-v2', owner: 'a', ssrc: 'x' },
      'nonsense',
    ]
    receive({ colibriClass: 'VideoSourcesMap', mappedSources: mapped })
    receive({ colibriClass: 'AudioSourcesMap', mappedSources: [{ source: 'a-a0', owner: 'a', ssrc: 5 }] })
    receive({ colibriClass: 'AudioSourcesMap' })
    expect(heard).toEqual([
      {
        kind: 'video',
        mappings: [
          { source: 'a-v0', owner: 'a', ssrc: 4000000000, rtx: 8, desktop: false },
          { source: 'a-v1', owner: 'a', ssrc: 9, desktop: true },
        ],
      },
      { kind: 'audio', mappings: [{ source: 'a-a0', owner: 'a', ssrc: 5, desktop: false }] },
      { kind: 'audio', mappings: [] },
    ])
  })

  it('understands the bridge', () => {
    const heard: unknown[] = []
    channel.on('sender-constraints', (v) => heard.push(v))
    channel.on('forwarded', (v) => heard.push(v))
    channel.on('dominant-speaker', (v) => heard.push(v))
    channel.on('connectivity', (v) => heard.push(v))
    channel.on('message', (v) => heard.push(v))
    const receive = (message: unknown): void => sockets[0]!.onmessage?.({ data: JSON.stringify(message) })
    receive({ colibriClass: 'SenderSourceConstraints', sourceName: 'a-v0', maxHeight: 360 })
    receive({ colibriClass: 'ForwardedSources', forwardedSources: ['b-v0'] })
    receive({ colibriClass: 'DominantSpeakerEndpointChangeEvent', dominantSpeakerEndpoint: 'b', previousSpeakers: ['c'] })
    receive({ colibriClass: 'EndpointConnectivityStatusChangeEvent', endpoint: 'b', active: 'false' })
    receive({ colibriClass: 'EndpointMessage', from: 'b', msgPayload: { x: 1 } })
    receive('nonsense')
    receive({ colibriClass: 'Unknown' })
    sockets[0]!.onmessage?.({ data: '{' })
    expect(heard).toEqual([
      { source: 'a-v0', maxHeight: 360 },
      ['b-v0'],
      { id: 'b', previous: ['c'] },
      { id: 'b', active: false },
      { from: 'b', payload: { x: 1 } },
    ])
  })

  it('is quiet once closed', () => {
    channel.close()
    vi.advanceTimersByTime(100_000)
    expect(sockets).toHaveLength(1)
  })
})
