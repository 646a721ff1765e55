import { describe, expect, it } from 'vitest'
import type { Occupant } from './presence'
import { describeParticipant, sameParticipant, type MediaView } from './roster'

const occupant: Occupant = {
  nick: 'b',
  realJid: 'b@d/r',
  affiliation: 'none',
  role: 'participant',
  displayName: 'Bob',
  raisedHand: 0,
  sources: new Map([
    ['b-a0', { muted: false }],
    ['b-v0', { muted: true, videoType: 'camera' }],
    ['b-v1', { muted: true, videoType: 'desktop' }],
  ]),
  codecs: [],
  features: new Set(),
  statusCodes: new Set(),
}
const view: MediaView = { tracks: new Map(), forwarded: undefined, direct: false, inactive: new Set() }

describe('a participant', () => {
  it('has the sources that its presence tells of, but no screen that is not shared', () => {
    expect(describeParticipant(occupant, view).sources.map((s) => s.name)).toEqual(['b-a0', 'b-v0'])
  })

  it('has sources that are signalled before its presence tells', () => {
    const track = {} as MediaStreamTrack
    const described = describeParticipant({ ...occupant, sources: new Map() }, { ...view, tracks: new Map([['b-v0', track]]) })
    expect(described.sources).toMatchObject([{ name: 'b-v0', track, muted: false, kind: 'video' }])
  })

  it('is shown without video that the bridge leaves out', () => {
    const described = describeParticipant(occupant, { ...view, forwarded: new Set() })
    expect(described.sources.map((s) => s.forwarded)).toEqual([true, false])
    const direct = describeParticipant(occupant, { ...view, forwarded: new Set(), direct: true })
    expect(direct.sources.map((s) => s.forwarded)).toEqual([true, true])
  })

  it('is interrupted when the bridge hears nothing of it', () => {
    expect(describeParticipant(occupant, { ...view, inactive: new Set(['b']) }).connection).toBe('interrupted')
  })

  it('is the same as long as nothing is different', () => {
    const a = describeParticipant(occupant, view)
    expect(sameParticipant(a, describeParticipant(occupant, view))).toBe(true)
    expect(sameParticipant(a, describeParticipant({ ...occupant, raisedHand: 1 }, view))).toBe(false)
    expect(sameParticipant(a, describeParticipant(occupant, { ...view, forwarded: new Set() }))).toBe(false)
  })
})
