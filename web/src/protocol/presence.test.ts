import { describe, expect, it } from 'vitest'
import { NS } from './namespaces'
import { parseOccupant, presenceExtensions, sourceInfo } from './presence'
import { child, childText, xml, type Xml } from './xml'

function presence(...content: Xml[]): Xml {
  const item = xml('item', { jid: 'u@d/r', affiliation: 'owner', role: 'moderator' })
  return xml('presence', { from: 'r@m/aaaa1111' }, xml('x', { xmlns: NS.MUC_USER }, item), ...content)
}

describe('the presence of an occupant', () => {
  it('tells who it is', () => {
    const occupant = parseOccupant(
      presence(xml('nick', { xmlns: NS.NICK }, 'Ada'), xml('jitsi_participant_raisedHand', {}, '1700000000000')),
      'aaaa1111',
    )
    expect(occupant).toMatchObject({
      nick: 'aaaa1111',
      realJid: 'u@d/r',
      affiliation: 'owner',
      role: 'moderator',
      displayName: 'Ada',
      raisedHand: 1700000000000,
    })
  })

  it('tells of its sources, and of nobody else\'s', () => {
    const info = {
      'aaaa1111-a0': { muted: true },
      'aaaa1111-v0': { muted: false },
      'aaaa1111-v1': { muted: false, videoType: 'desktop' },
      'bbbb2222-a0': { muted: true },
    }
    const { sources } = parseOccupant(presence(xml('SourceInfo', {}, JSON.stringify(info))), 'aaaa1111')
    expect([...sources]).toEqual([
      ['aaaa1111-a0', { muted: true }],
      ['aaaa1111-v0', { muted: false, videoType: 'camera' }],
      ['aaaa1111-v1', { muted: false, videoType: 'desktop' }],
    ])
  })

  it('is read in the form of older clients too', () => {
    const old = presence(xml('audiomuted', {}, 'true'), xml('videomuted', {}, 'false'), xml('videoType', {}, 'desktop'))
    expect([...parseOccupant(old, 'a').sources]).toEqual([
      ['a-a0', { muted: true }],
      ['a-v0', { muted: false, videoType: 'desktop' }],
    ])
  })

  it.each(['', 'nonsense', '[]', 'null', '{"aaaa1111-a0":5}'])('survives %j in place of its sources', (text) => {
    expect(parseOccupant(presence(xml('SourceInfo', {}, text)), 'aaaa1111').sources.size).toBe(0)
  })

  it('is a guest without rights when it says nothing', () => {
    expect(parseOccupant(xml('presence'), 'a')).toMatchObject({ role: 'none', affiliation: 'none', raisedHand: 0 })
  })
})

describe('our own presence', () => {
  const self = {
    displayName: 'Ada',
    statsId: 'm',
    capsVersion: 'v=',
    codecs: ['vp8', 'vp9'],
    raisedHand: 0,
    sources: new Map([['a-a0', { muted: false }]]),
  }

  it('carries what other clients look for', () => {
    const written = xml('presence', {}, ...presenceExtensions(self))
    expect(childText(written, 'nick', NS.NICK)).toBe('Ada')
    expect(childText(written, 'jitsi_participant_codecList')).toBe('vp8,vp9')
    expect(child(written, 'c', NS.CAPS)?.attrs).toMatchObject({ hash: 'sha-1', ver: 'v=' })
    expect(childText(written, 'SourceInfo')).toBe('{"a-a0":{"muted":false}}')
    expect(child(written, 'jitsi_participant_raisedHand')).toBeUndefined()
  })

  it('shows a raised hand by its time', () => {
    const written = xml('presence', {}, ...presenceExtensions({ ...self, raisedHand: 5 }))
    expect(childText(written, 'jitsi_participant_raisedHand')).toBe('5')
  })

  it('names the type of a screen only', () => {
    const states = new Map([
      ['a-v0', { muted: true, videoType: 'camera' as const }],
      ['a-v1', { muted: false, videoType: 'desktop' as const }],
    ])
    expect(JSON.parse(sourceInfo(states))).toEqual({
      'a-v0': { muted: true },
      'a-v1': { muted: false, videoType: 'desktop' },
    })
  })
})
