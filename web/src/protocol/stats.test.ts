import { describe, expect, it } from 'vitest'
import { endpointStats, participantStats, quality, StatsReader, type StatsEntry } from './stats'

function report(second: number): StatsEntry[] {
  const timestamp = second * 1000
  return [
    { id: 'T', type: 'transport', timestamp, selectedCandidatePairId: 'P' },
    { id: 'P', type: 'candidate-pair', timestamp, currentRoundTripTime: 0.042, localCandidateId: 'L', remoteCandidateId: 'R' },
    { id: 'L', type: 'local-candidate', timestamp, candidateType: 'host', protocol: 'udp', address: '10.0.0.1', port: 1 },
    { id: 'R', type: 'remote-candidate', timestamp, candidateType: 'relay', protocol: 'udp', address: '10.0.0.2', port: 2 },
    { id: 'C', type: 'codec', timestamp, mimeType: 'video/VP8' },
    {
      id: 'I',
      type: 'inbound-rtp',
      kind: 'video',
      mid: '2',
      codecId: 'C',
      timestamp,
      bytesReceived: 125_000 * second,
      packetsReceived: 98 * second,
      packetsLost: 2 * second,
      frameWidth: 1280,
      frameHeight: 720,
      framesPerSecond: 30,
    },
    { id: 'O1', type: 'outbound-rtp', kind: 'video', codecId: 'C', timestamp, bytesSent: 12_500 * second, frameHeight: 180 },
    {
      id: 'O2',
      type: 'outbound-rtp',
      kind: 'video',
      codecId: 'C',
      timestamp,
      bytesSent: 50_000 * second,
      frameWidth: 640,
      frameHeight: 360,
      qualityLimitationReason: 'cpu',
    },
    { id: 'X', type: 'remote-inbound-rtp', timestamp, fractionLost: 0.01 },
  ]
}

describe('statistics', () => {
  const reader = new StatsReader('bridge')
  reader.read(report(1))
  const { self, received } = reader.read(report(2))

  it('are rates between two readings', () => {
    expect(self).toMatchObject({
      path: 'bridge',
      relayed: true,
      transport: 'udp',
      roundTripMs: 42,
      bitrateUp: 500_000,
      bitrateDown: 1_000_000,
      lossUp: 1,
      lossDown: 2,
      codec: 'VP8',
      width: 640,
      height: 360,
      limitedBy: 'cpu',
      localAddress: '10.0.0.1:1',
      remoteAddress: '10.0.0.2:2',
    })
  })

  it('name what each source brings', () => {
    expect(received.get('2')).toEqual({ bitrate: 1_000_000, loss: 2, codec: 'VP8', width: 1280, height: 720, framesPerSecond: 30 })
  })

  it('of a participant take the worse of what we see and what it says', () => {
    const sources = [{ kind: 'video' as const, stats: received.get('2')! }]
    expect(participantStats(self, sources, undefined)).toMatchObject({ bitrateDown: 1_000_000, width: 1280, lossDown: 2 })
    expect(participantStats(self, sources, { connectionQuality: 12 }).quality).toBe(12)
  })

  it('are told to others in thousands', () => {
    expect(endpointStats(self, 720)).toMatchObject({
      bitrate: { upload: 500, download: 1000 },
      packetLoss: { total: 2, upload: 1, download: 2 },
      jvbRTT: 42,
      maxEnabledResolution: 720,
    })
  })

  it('before the second reading are without rates', () => {
    expect(new StatsReader('p2p').read(report(1)).self).toMatchObject({ bitrateUp: 0, bitrateDown: 0, lossDown: 0 })
  })
})

describe('quality', () => {
  const good = new StatsReader('p2p').read([]).self

  it('is full on a good connection', () => expect(quality(good)).toBe(100))
  it('falls with loss', () => expect(quality({ ...good, lossDown: 10 })).toBe(50))
  it('falls with long round trips', () => expect(quality({ ...good, roundTripMs: 350 })).toBe(80))
  it('ends at nothing', () => expect(quality({ ...good, lossUp: 90, roundTripMs: 9000 })).toBe(0))
})
