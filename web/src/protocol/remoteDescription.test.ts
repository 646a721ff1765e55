import { parse } from 'sdp-transform'
import { beforeEach, describe, expect, it } from 'vitest'
import { NS } from './namespaces'
import { candidateLine, RemoteDescription } from './remoteDescription'
import { sourceContents, type Source } from './sources'
import { FINGERPRINT, offer } from './testing/offer'
import { xml } from './xml'

function source(owner: string, kind: 'audio' | 'video', first: number): Source {
  const name = `${owner}-${kind === 'audio' ? 'a' : 'v'}0`
  const rtx = kind === 'video'
  return {
    name,
    owner,
    kind,
    videoType: 'camera',
    msid: `${owner} ${name}`,
    ssrcs: rtx ? [first, first + 1] : [first],
    groups: rtx ? [{ semantics: 'FID', ssrcs: [first, first + 1] }] : [],
  }
}

describe('what the bridge offers', () => {
  let remote: RemoteDescription

  beforeEach(() => {
    remote = RemoteDescription.ofBridge(offer(), ['vp8'])
    remote.lineFor('audio')
    remote.lineFor('camera')
  })

  it('becomes one line for each kind, on which we send and the bridge speaks', () => {
    const sdp = parse(remote.toSdp())
    expect(sdp.media.map((m) => [m.type, String(m.mid), m.direction])).toEqual([
      ['audio', '0', 'sendrecv'],
      ['video', '1', 'sendrecv'],
    ])
    expect(sdp.groups).toEqual([{ type: 'BUNDLE', mids: '0 1' }])
    expect(sdp.media[0]!.ssrcs?.[0]).toMatchObject({ id: 1001 })
  })

  it('carries the transport', () => {
    const [audio, video] = parse(remote.toSdp()).media
    expect(audio!.iceUfrag).toBe('ufrag')
    expect(audio!.icePwd).toBe('pwd')
    expect(audio!.fingerprint).toEqual({ type: 'sha-256', hash: FINGERPRINT })
    expect(audio!.setup).toBe('actpass')
    expect(audio!.candidates).toMatchObject([{ ip: '127.0.0.1', port: 10000, type: 'host', transport: 'udp' }])
    expect(video!.candidates).toBeUndefined()
    expect(remote.webSocketUrl).toBe('wss://localhost/colibri-ws/s/c/e?pwd=x')
  })

  it('carries the codecs, the one that we send first', () => {
    const [audio, video] = parse(remote.toSdp()).media
    expect(audio!.rtp).toMatchObject([{ payload: 111, codec: 'opus', rate: 48000, encoding: 2 }])
    expect(audio!.fmtp).toEqual([{ payload: 111, config: 'minptime=10;useinbandfec=1' }])
    expect(video!.payloads).toBe('100 41 96')
    expect(video!.fmtp).toEqual([{ payload: 96, config: 'apt=100' }])
    expect(video!.rtcpFb).toMatchObject([{ payload: 100, type: 'nack', subtype: 'pli' }])
    expect(audio!.extmapAllowMixed).toBe('extmap-allow-mixed')
  })

  it('grows a line for each source', () => {
    expect(remote.addSource(source('bbbb2222', 'video', 10))).toBe(true)
    expect(remote.addSource(source('bbbb2222', 'audio', 20))).toBe(true)
    expect(remote.addSource(source('bbbb2222', 'audio', 20))).toBe(false)
    const sdp = parse(remote.toSdp())
    expect(sdp.media.map((m) => [m.type, String(m.mid), m.direction])).toEqual([
      ['audio', '0', 'sendrecv'],
      ['video', '1', 'sendrecv'],
      ['video', '2', 'sendonly'],
      ['audio', '3', 'sendonly'],
    ])
    expect(sdp.media[2]!.ssrcGroups).toEqual([{ semantics: 'FID', ssrcs: '10 11' }])
  })

  it('rejects the line of a source that went, and gives it to the next', () => {
    remote.addSource(source('bbbb2222', 'video', 10))
    expect(remote.removeSourcesOf('bbbb2222')).toBe(true)
    let [, , line] = parse(remote.toSdp()).media
    expect(line).toMatchObject({ port: 0, direction: 'inactive' })
    expect(parse(remote.toSdp()).groups?.[0]?.mids).toBe('0 1')
    remote.addSource(source('cccc3333', 'audio', 30))
    remote.addSource(source('cccc3333', 'video', 40))
    const media = parse(remote.toSdp()).media
    expect(media).toHaveLength(4)
    ;[, , line] = media
    expect(String(line!.mid)).toBe('4')
    expect(line).toMatchObject({ port: 9, direction: 'sendonly' })
  })

  it('takes new SSRCs of a known source as a new source', () => {
    remote.addSource(source('bbbb2222', 'video', 10))
    expect(remote.addSource(source('bbbb2222', 'video', 50))).toBe(true)
    expect(remote.lines.filter((l) => l.source?.name === 'bbbb2222-v0' && !l.rejected)).toHaveLength(1)
  })

  describe('with streams of its own', () => {
    const ann = { source: 'ann-v0', owner: 'ann', ssrc: 70, rtx: 71, desktop: false }
    const names = () => remote.lines.slice(2).map((line) => line.source?.name)

    it('gets a line for each of them', () => {
      expect(remote.mapSource('video', ann)).toBe(true)
      expect(remote.mapSource('audio', { source: 'ann-a0', owner: 'ann', ssrc: 80, desktop: false })).toBe(true)
      const [, , video, audio] = parse(remote.toSdp()).media
      expect(video!.ssrcGroups).toEqual([{ semantics: 'FID', ssrcs: '70 71' }])
      expect(audio!.ssrcs?.[0]).toMatchObject({ id: 80 })
      expect(names()).toEqual(['ann-v0', 'ann-a0'])
    })

    it('keeps the lines as they are when they stand for others', () => {
      remote.mapSource('video', ann)
      const before = parse(remote.toSdp()).media
      expect(remote.mapSource('video', { ...ann, source: 'bob-v1', owner: 'bob', desktop: true })).toBe(false)
      expect(parse(remote.toSdp()).media).toEqual(before)
      expect(remote.lines[2]!.source).toMatchObject({ name: 'bob-v1', owner: 'bob', videoType: 'desktop' })
    })

    it('has nobody on two lines', () => {
      remote.mapSource('video', ann)
      remote.mapSource('video', { ...ann, ssrc: 90, rtx: 91 })
      expect(names()).toEqual(['', 'ann-v0'])
    })

    it('keeps the lines of those who leave for those who come', () => {
      remote.mapSource('video', ann)
      expect(remote.removeSourcesOf('ann')).toBe(false)
      expect(names()).toEqual([''])
      expect(remote.mapSource('video', { ...ann, source: 'bob-v0', owner: 'bob' })).toBe(false)
      expect(names()).toEqual(['bob-v0'])
    })
  })

  it('has a line of its own for a screen', () => {
    const line = remote.lineFor('screen')!
    expect(remote.lineFor('screen')).toBe(line)
    expect(parse(remote.toSdp()).media[2]).toMatchObject({ type: 'video', direction: 'recvonly' })
  })

  it('asks for layers by rid on the line of the camera alone, where that is wanted', () => {
    remote.lineFor('screen')
    const asked = parse(remote.toSdp(3)).media.map((m) => m.simulcast)
    expect(asked).toEqual([undefined, { dir1: 'recv', list1: '0;1;2' }, undefined])
    expect(remote.toSdp()).not.toContain('simulcast')
  })

  it('cannot smuggle lines into the description', () => {
    remote.addSource({ ...source('bbbb2222', 'audio', 10), msid: 'x y\r\na=evil', owner: 'o\r\na=evil' })
    expect(remote.toSdp()).not.toMatch(/^a=evil/m)
  })

  it('without a transport is refused', () => {
    expect(() => RemoteDescription.ofBridge(xml('jingle', { xmlns: NS.JINGLE }), [])).toThrow()
  })
})

describe('what a peer offers', () => {
  function peerOffer(withVideo: boolean, soundTwice = false) {
    const base = offer()
    const contents = base.children.map((content, i) => {
      const [description, transport] = content.children
      const kept = description!.children.filter((c) => c.name !== 'source')
      if (i === 0) kept.unshift(xml('payload-type', { id: 63, name: 'red', clockrate: 48000, channels: 2 }))
      const own = i === 0 ? source('bbbb2222', 'audio', 5) : source('bbbb2222', 'video', 6)
      const sources = i === 0 || withVideo ? sourceContents([own], () => '')[0]!.children[0]!.children : []
      return {
        ...content,
        attrs: { ...content.attrs, name: String(i) },
        children: [{ ...description!, children: [...kept, ...sources] }, transport!],
      }
    })
    return RemoteDescription.ofPeer({ ...base, children: contents }, 'bbbb2222', ['vp8'], soundTwice)
  }

  it.each([
    [false, '111 63'],
    [true, '63 111'],
  ])('has sound sent twice only where that is wanted: %s', (soundTwice, expected) => {
    expect(parse(peerOffer(true, soundTwice).toSdp()).media[0]!.payloads).toBe(expected)
  })

  it('keeps its lines and their mids', () => {
    const remote = peerOffer(true)
    remote.lineFor('audio')
    remote.lineFor('camera')
    expect(parse(remote.toSdp()).media.map((m) => [String(m.mid), m.direction])).toEqual([
      ['0', 'sendrecv'],
      ['1', 'sendrecv'],
    ])
    expect(remote.lines.map((l) => l.source?.owner)).toEqual(['bbbb2222', 'bbbb2222'])
  })

  it('leaves mids out of packets', () => {
    expect(peerOffer(true).toSdp()).not.toContain('sdes:mid')
  })

  it('gives a source that comes later the line that waits for one', () => {
    const remote = peerOffer(false)
    remote.lineFor('camera')
    expect(parse(remote.toSdp()).media[1]!.direction).toBe('recvonly')
    remote.addSource(source('bbbb2222', 'video', 6))
    expect(remote.lines).toHaveLength(2)
    expect(parse(remote.toSdp()).media[1]!.direction).toBe('sendrecv')
  })
})

describe('a candidate', () => {
  it('becomes an SDP attribute', () => {
    const srflx = xml('candidate', {
      component: 1,
      foundation: 'f',
      generation: 0,
      ip: '1.2.3.4',
      port: 5,
      priority: 6,
      protocol: 'UDP',
      type: 'srflx',
      'rel-addr': '10.0.0.1',
      'rel-port': 7,
    })
    expect(candidateLine(srflx)).toBe('candidate:f 1 udp 6 1.2.3.4 5 typ srflx raddr 10.0.0.1 rport 7 generation 0')
  })

  it('that lacks something is left out', () => {
    expect(candidateLine(xml('candidate', { ip: '1.2.3.4' }))).toBeUndefined()
  })
})
