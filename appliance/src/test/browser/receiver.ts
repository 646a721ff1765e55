import { expect } from '@playwright/test'
import { type IncomingStream, incomingStreams } from './inPage.js'
import { Onlooker } from './onlooker.js'

/** How what arrives over all connections of a page sounds and looks, since their beginning. */
export interface Reception {
  soundPackets: number
  /** Samples that were heard, and those among them that had to be made up. */
  samples: number
  concealed: number
  /** Gaps of at least 150 milliseconds. */
  interruptions: number
  videoPackets: number
  frames: number
  /** Of the tallest picture that comes at present. */
  height: number
  bytes: number
}

/** Pictures that make a stream one that moves. */
const SOME_PICTURES = 10

const sum = (streams: readonly IncomingStream[], of: (stream: IncomingStream) => number): number =>
  streams.reduce((total, stream) => total + of(stream), 0)

/** What has come on each stream since some earlier time; a stream that is new has begun at nothing. */
export function growth(
  before: readonly IncomingStream[],
  now: readonly IncomingStream[],
  of: (stream: IncomingStream) => number,
): Map<IncomingStream, number> {
  const earlier = new Map(before.map((stream) => [stream.id, of(stream)]))
  return new Map(now.map((stream) => [stream, of(stream) - (earlier.get(stream.id) ?? 0)]))
}

/** An onlooker whose connections are measured: what really arrives, past the page's own reports. */
export class Receiver extends Onlooker {
  private incoming(kind?: 'audio' | 'video'): Promise<IncomingStream[]> {
    const streams = this.page.evaluate(incomingStreams)
    return kind ? streams.then((all) => all.filter((stream) => stream.kind === kind)) : streams
  }

  /** What has come in over all connections. */
  async reception(): Promise<Reception> {
    const all = await this.incoming()
    const [sound, video] = [all.filter((s) => s.kind === 'audio'), all.filter((s) => s.kind === 'video')]
    return {
      soundPackets: sum(sound, (s) => s.packets),
      samples: sum(sound, (s) => s.samples),
      concealed: sum(sound, (s) => s.concealed),
      interruptions: sum(sound, (s) => s.interruptions),
      videoPackets: sum(video, (s) => s.packets),
      frames: sum(video, (s) => s.frames),
      height: Math.max(0, ...video.map((s) => s.height)),
      bytes: sum(all, (s) => s.bytes),
    }
  }

  /** RTP packets received over all connections. */
  async packetsReceived(): Promise<number> {
    return sum(await this.incoming(), (stream) => stream.packets)
  }

  /** The video of which most has come: its codec, its lines, and how many pictures have been decoded. */
  async receivedVideo(): Promise<{ codec: string; height: number; pictures: number }> {
    const [best] = (await this.incoming('video')).sort((a, b) => b.frames - a.frames)
    return { codec: best?.codec ?? '', height: best?.height ?? 0, pictures: best?.frames ?? 0 }
  }

  /**
   * The codecs in which sound is sent, by their RTP payload types. (Statistics name what sound is encoded with, and not
   * that it is sent twice.)
   */
  async sentSound(): Promise<Map<string, number>> {
    const codecs = await this.page.evaluate(() =>
      window.peerConnections
        .filter((pc) => pc.connectionState === 'connected')
        .flatMap((pc) => pc.getSenders())
        .filter((sender) => sender.track?.kind === 'audio')
        .flatMap((sender) => sender.getParameters().codecs.slice(0, 1))
        .map(({ mimeType, payloadType }): [string, number] => [mimeType.replace(/^.*\//, ''), payloadType]),
    )
    return new Map(codecs)
  }

  /** Sound comes in: the energy of what is played grows. */
  async expectSound(): Promise<void> {
    const before = await this.incoming('audio')
    await expect
      .poll(async () => Math.max(0, ...growth(before, await this.incoming('audio'), (s) => s.energy).values()), {
        message: `${this.name} hears`,
      })
      .toBeGreaterThan(0)
  }

  /** Sound of so many at least comes in, each on a stream of its own. */
  async expectVoices(count: number): Promise<void> {
    const before = await this.incoming('audio')
    await expect
      .poll(
        async () => {
          const since = growth(before, await this.incoming('audio'), (s) => s.packets)
          return [...since.values()].filter((packets) => packets > 0).length
        },
        { message: `${count} audio streams reach ${this.name}` },
      )
      .toBeGreaterThanOrEqual(count)
  }

  /** Where the pictures that are decoded at present come from: remote ports. Waits until some are. */
  async videoPorts(): Promise<number[]> {
    const before = await this.incoming('video')
    let ports: number[] = []
    await expect
      .poll(
        async () => {
          const since = [...growth(before, await this.incoming('video'), (s) => s.frames)].filter(([, frames]) => frames > 0)
          ports = [...new Set(since.map(([stream]) => stream.port))]
          return Math.max(0, ...since.map(([, frames]) => frames))
        },
        { message: `pictures reach ${this.name}` },
      )
      .toBeGreaterThanOrEqual(SOME_PICTURES)
    return ports
  }

  /** From the opening of the signalling connection to the first remote frame decoded, milliseconds. */
  async firstFrameMs(): Promise<number> {
    await expect.poll(() => this.page.evaluate(() => window.firstFrame)).toBeGreaterThan(0)
    return this.page.evaluate(() => window.firstFrame - window.connectingSince)
  }

  /** How the relays are reached that the connections in use send by. */
  relayProtocols(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const protocols = new Set<string>()
      for (const pc of window.peerConnections) {
        if (pc.connectionState !== 'connected') continue
        const stats = await pc.getStats()
        stats.forEach((row) => {
          if (row.type !== 'transport' || !row.selectedCandidatePairId) return
          const local = stats.get(stats.get(row.selectedCandidatePairId)?.localCandidateId)
          protocols.add(local?.candidateType === 'relay' ? local.relayProtocol : `not by relay: ${local?.candidateType}`)
        })
      }
      return [...protocols]
    })
  }

  /** How many lines of that kind the page has on which something can come. */
  receivingLines(kind: 'audio' | 'video'): Promise<number> {
    return this.page.evaluate(
      (kind) =>
        window.peerConnections
          .filter((pc) => pc.connectionState !== 'closed')
          .flatMap((pc) => pc.getTransceivers())
          .filter((t) => t.receiver.track.kind === kind && /recv/.test(t.currentDirection ?? '')).length,
      kind,
    )
  }

  /** Ids of those whose pictures come at present, on whichever stream. */
  receivedPictures(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...window.meetjar.meeting!.participants.values()]
        .filter((participant) => participant.sources.some((source) => source.kind === 'video' && source.track))
        .map((participant) => participant.id),
    )
  }

  /** The pitch of what is played of this participant, Hertz; 0 for silence. */
  playedPitch(id: string): Promise<number> {
    return this.page.evaluate(async (id) => {
      const participant = window.meetjar.meeting!.participants.get(id)
      const track = participant?.sources.find((source) => source.kind === 'audio')?.track
      if (!track) return 0
      const context = new AudioContext()
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
      // What is analysed has all been heard since.
      const enough = analyser.fftSize / context.sampleRate + context.currentTime
      while (context.currentTime < enough) await new Promise((next) => requestAnimationFrame(next))
      const bins = new Float32Array(analyser.frequencyBinCount)
      analyser.getFloatFrequencyData(bins)
      const loudest = bins.reduce((best, level, i) => (level > bins[best]! ? i : best), 0)
      const pitch = bins[loudest]! < -60 ? 0 : (loudest * context.sampleRate) / analyser.fftSize
      await context.close()
      return pitch
    }, id)
  }
}
