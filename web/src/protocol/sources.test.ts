import { describe, expect, it } from 'vitest'
import { NS } from './namespaces'
import { parseSources, sourceContents, withoutSimulcast, type Source } from './sources'
import { xml, type Xml } from './xml'

const camera: Source = {
  name: 'aaaa1111-v0',
  owner: 'aaaa1111',
  kind: 'video',
  videoType: 'camera',
  msid: 'stream track',
  ssrcs: [1, 2, 3, 11, 12, 13],
  groups: [
    { semantics: 'SIM', ssrcs: [1, 2, 3] },
    { semantics: 'FID', ssrcs: [1, 11] },
    { semantics: 'FID', ssrcs: [2, 12] },
    { semantics: 'FID', ssrcs: [3, 13] },
  ],
}

function jingle(...content: Xml[]): Xml {
  return xml('jingle', { xmlns: NS.JINGLE }, ...content)
}

function json(value: unknown): Xml {
  return jingle(xml('json-message', { xmlns: NS.JITMEET }, typeof value === 'string' ? value : JSON.stringify(value)))
}

describe('sources', () => {
  it('come back as they were written', () => {
    const written = jingle(...sourceContents([camera], () => 'video'))
    expect(parseSources(written, 'aaaa1111')).toEqual([camera])
  })

  it('are told by owner in XML from the focus, be it a nick or an address', () => {
    const source = (ssrc: number, owner: string): Xml =>
      xml('source', { xmlns: NS.SSMA, ssrc, name: `x-a${ssrc}` }, xml('ssrc-info', { xmlns: NS.JITMEET, owner }))
    const description = xml('description', { xmlns: NS.RTP, media: 'audio' }, source(1, 'bbbb2222'), source(2, 'r@m/cccc3333'))
    const parsed = parseSources(jingle(xml('content', { name: 'audio' }, description)), 'focus')
    expect(parsed.map((s) => s.owner)).toEqual(['bbbb2222', 'cccc3333'])
  })

  it('are read from the compact form', () => {
    const parsed = parseSources(
      json({
        sources: {
          bbbb2222: [
            [
              { s: 1, n: 'bbbb2222-v0', m: 's t' },
              { s: 2, n: 'bbbb2222-v0', m: 's t' },
              { s: 3, n: 'bbbb2222-v1', m: 'd e', v: 'd' },
            ],
            [['f', 1, 2]],
            [{ s: '4', n: 'bbbb2222-a0', m: 's u' }],
          ],
        },
      }),
      'focus',
    )
    expect(parsed).toEqual([
      {
        name: 'bbbb2222-v0',
        owner: 'bbbb2222',
        kind: 'video',
        videoType: 'camera',
        msid: 's t',
        ssrcs: [1, 2],
        groups: [{ semantics: 'FID', ssrcs: [1, 2] }],
      },
      { name: 'bbbb2222-v1', owner: 'bbbb2222', kind: 'video', videoType: 'desktop', msid: 'd e', ssrcs: [3], groups: [] },
      { name: 'bbbb2222-a0', owner: 'bbbb2222', kind: 'audio', videoType: 'camera', msid: 's u', ssrcs: [4], groups: [] },
    ])
  })

  it.each([
    'no json',
    {},
    { sources: 3 },
    { sources: { a: 5 } },
    { sources: { a: [[{ s: -1 }, { s: 'x' }, null, 7]] } },
    { sources: { a: [[], [['f', 1, 'x']], []] } },
  ])('survive %j', (value) => {
    expect(parseSources(json(value), 'focus')).toEqual([])
  })

  it('keep the first stream and its retransmissions for a receiver', () => {
    expect(withoutSimulcast(camera)).toMatchObject({ ssrcs: [1, 11], groups: [{ semantics: 'FID', ssrcs: [1, 11] }] })
    expect(withoutSimulcast({ ...camera, ssrcs: [7], groups: [] })).toMatchObject({ ssrcs: [7], groups: [] })
  })

  it('do not take an SSRC that another source has', () => {
    const parsed = parseSources(json({ sources: { a: [[{ s: 1, n: 'a-v0' }]], b: [[{ s: 1, n: 'b-v0' }]] } }), 'focus')
    expect(parsed.map((s) => s.name)).toEqual(['a-v0'])
  })
})
