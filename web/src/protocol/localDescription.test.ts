import { parse } from 'sdp-transform'
import { describe, expect, it } from 'vitest'
import { bridgeContents, candidateContents, candidateElement, localSources, peerContents, withSimulcast } from './localDescription'
import { NS } from './namespaces'
import { candidateLine } from './remoteDescription'
import { child, childrenOf } from './xml'

const answer = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1 2',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:uf',
  'a=ice-pwd:pw',
  'a=fingerprint:sha-256 AA:BB',
  'a=setup:active',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=ssrc:5 cname:c',
  'm=video 9 UDP/TLS/RTP/SAVPF 100 96',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:uf',
  'a=ice-pwd:pw',
  'a=fingerprint:sha-256 AA:BB',
  'a=setup:active',
  'a=mid:1',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:100 VP8/90000',
  'a=rtpmap:96 rtx/90000',
  'a=fmtp:96 apt=100',
  'a=ssrc-group:FID 10 11',
  'a=ssrc:10 cname:c',
  'a=ssrc:10 msid:- t',
  'a=ssrc:11 cname:c',
  'a=ssrc:11 msid:- t',
  'm=video 9 UDP/TLS/RTP/SAVPF 100 96',
  'c=IN IP4 0.0.0.0',
  'a=mid:2',
  'a=recvonly',
  'a=rtpmap:100 VP8/90000',
  'a=ssrc:77 cname:phantom',
  '',
].join('\r\n')

const identities = [
  { mid: '0', name: 'me-a0', kind: 'audio' as const, videoType: 'camera' as const, msid: 's a' },
  { mid: '1', name: 'me-v0', kind: 'video' as const, videoType: 'camera' as const, msid: 's v' },
  { mid: '2', name: 'me-v1', kind: 'video' as const, videoType: 'desktop' as const, msid: 's d' },
]

function counter(): () => number {
  let next = 100
  return () => next++
}

describe('three layers', () => {
  it('are written as SSRC groups around the stream that the browser chose', () => {
    const media = parse(withSimulcast(answer, '1', counter())).media[1]!
    expect(media.ssrcGroups).toEqual([
      { semantics: 'SIM', ssrcs: '10 100 102' },
      { semantics: 'FID', ssrcs: '10 11' },
      { semantics: 'FID', ssrcs: '100 101' },
      { semantics: 'FID', ssrcs: '102 103' },
    ])
    expect(new Set(media.ssrcs!.map((s) => Number(s.id)))).toEqual(new Set([10, 11, 100, 101, 102, 103]))
    expect(media.ssrcs!.filter((s) => s.attribute === 'msid')).toHaveLength(6)
  })

  it('stay as they are in later rounds', () => {
    const once = withSimulcast(answer, '1', counter())
    expect(withSimulcast(once, '1', counter())).toBe(once)
  })

  it('are left out where nothing is sent', () => {
    expect(withSimulcast(answer, '7', counter())).toBe(answer)
  })
})

describe('our sources', () => {
  it('are the SSRCs of the lines on which we send', () => {
    const sources = localSources(withSimulcast(answer, '1', counter()), identities, 'me')
    expect(sources.map((s) => [s.name, s.ssrcs.length, s.groups.length])).toEqual([
      ['me-a0', 1, 0],
      ['me-v0', 6, 4],
    ])
  })
})

describe('layers that were asked for by rid', () => {
  it('are a group of their SSRCs in that order, each with its retransmissions', () => {
    const ssrcs = [10, 11, 20, 21, 30, 31].map((ssrc) => `a=ssrc:${ssrc} cname:c`)
    const layered = answer.replace(
      'a=ssrc-group:FID 10 11',
      ['a=rid:0 send', 'a=rid:1 send', 'a=rid:2 send', 'a=simulcast:send 0;1;2', ...ssrcs]
        .concat(['a=ssrc-group:FID 10 11', 'a=ssrc-group:FID 20 21', 'a=ssrc-group:FID 30 31'])
        .join('\r\n'),
    )
    const identity = { mid: '1', name: 'me-v0', kind: 'video', videoType: 'camera', msid: 'a b' } as const
    expect(localSources(layered, [identity], 'me')[0]!.groups).toEqual([
      { semantics: 'SIM', ssrcs: [10, 20, 30] },
      { semantics: 'FID', ssrcs: [10, 11] },
      { semantics: 'FID', ssrcs: [20, 21] },
      { semantics: 'FID', ssrcs: [30, 31] },
    ])
  })
})

describe('our answer to the focus', () => {
  const contents = bridgeContents(answer, localSources(answer, identities, 'me'), -1)

  it('has one content for each kind, and their group', () => {
    expect(contents.map((c) => c.attrs['name'] ?? c.name)).toEqual(['audio', 'video', 'group'])
  })

  it('says codecs, sources and transport', () => {
    const [audio, video] = contents
    const description = child(audio, 'description', NS.RTP)!
    expect(child(description, 'payload-type')!.attrs).toEqual({ id: '111', name: 'opus', clockrate: '48000', channels: '2' })
    expect(childrenOf(child(description, 'payload-type'), 'parameter').map((p) => p.attrs)).toEqual([
      { name: 'minptime', value: '10' },
      { name: 'useinbandfec', value: '1' },
    ])
    const transport = child(audio, 'transport', NS.ICE)!
    expect(transport.attrs).toMatchObject({ ufrag: 'uf', pwd: 'pw' })
    expect(child(transport, 'fingerprint')).toMatchObject({ text: 'AA:BB', attrs: { hash: 'sha-256', setup: 'active' } })
    const sources = childrenOf(child(video, 'description'), 'source')
    expect(sources.map((s) => [s.attrs['ssrc'], s.attrs['name'], s.attrs['videoType']])).toEqual([
      ['10', 'me-v0', 'camera'],
      ['11', 'me-v0', 'camera'],
    ])
    expect(child(child(video, 'description'), 'ssrc-group')!.attrs['semantics']).toBe('FID')
  })
})

describe('our offer to a peer', () => {
  it('has one content for each line, under its mid', () => {
    const contents = peerContents(answer, localSources(answer, identities, 'me'), identities, 'initiator')
    expect(contents.map((c) => [c.name, c.attrs['name'], c.attrs['senders']])).toEqual([
      ['content', '0', 'both'],
      ['content', '1', 'both'],
      ['content', '2', 'responder'],
      ['group', undefined, undefined],
    ])
  })
})

describe('our candidates', () => {
  const line = 'candidate:1 1 udp 2113937151 192.0.2.1 54321 typ srflx raddr 10.0.0.1 rport 9 generation 0 ufrag uf'

  it('say in Jingle what they said in SDP', () => {
    expect(candidateLine(candidateElement(line)!)).toBe(
      'candidate:1 1 udp 2113937151 192.0.2.1 54321 typ srflx raddr 10.0.0.1 rport 9 generation 0',
    )
  })

  it('travel under the mid of their line', () => {
    const [content] = candidateContents(answer, [{ candidate: line, sdpMLineIndex: 1 } as RTCIceCandidate], 'responder')
    expect(content!.attrs).toMatchObject({ name: '1', creator: 'responder' })
    expect(childrenOf(child(content, 'transport', NS.ICE), 'candidate')).toHaveLength(1)
  })
})
