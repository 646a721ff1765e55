/** What runs in the pages of the tests: functions here are sent there as text, and see nothing of what is around them. */

/** The handle that the page offers to tests and embedding pages. */
interface Handle {
  snapshot(): { left: unknown; p2p?: boolean; self?: { moderator: boolean; muted: boolean } }
  meeting: null | {
    state: string
    selfId: string
    participants: Map<string, ParticipantView>
    on(event: string, handler: (value: { id: string }) => void): () => void
    kick(id: string, reason?: string): Promise<void>
    muteParticipant(id: string, kind: 'audio' | 'video' | 'desktop'): Promise<void>
  }
}

interface ParticipantView {
  id: string
  displayName: string
  moderator: boolean
  raisedHand: number
  connection: string
  sources: { name: string; kind: string; videoType: string; muted: boolean; track?: MediaStreamTrack }[]
}

declare global {
  interface Window {
    meetjar: Handle
    peerConnections: RTCPeerConnection[]
    departed: string[]
    hum?: (on: boolean) => void
    connectingSince: number
    firstFrame: number
  }
}

/** Which ways the connections of a page may take. */
export interface Ways {
  /** A regular expression for the address of the only relay that is used; empty for all ways. */
  relay: string
  /** The port at which the page finds the bridge, in the place of the one that the bridge tells; 0 for that one. */
  bridgePort: number
}

/** By what somebody can be told from the others. */
export interface Guise {
  /** Red, green, blue; 0 to 255. */
  colour: [number, number, number]
  /** Hertz. */
  pitch: number
}

/** Keeps the peer connections that the page makes, and leads them. */
export function keepConnections({ relay, bridgePort }: Ways): void {
  window.peerConnections = []
  window.departed = []
  const onlyBy = (address: RegExp, configuration: RTCConfiguration = {}): RTCConfiguration => ({
    ...configuration,
    iceTransportPolicy: 'relay',
    iceServers: (configuration.iceServers ?? []).filter((server) => address.test(String(server.urls))),
  })
  const NativePeer = window.RTCPeerConnection
  window.RTCPeerConnection = class extends NativePeer {
    constructor(configuration?: RTCConfiguration) {
      super(relay ? onlyBy(new RegExp(relay), configuration) : configuration)
      window.peerConnections.push(this)
    }

    override setRemoteDescription(description?: RTCSessionDescriptionInit): Promise<void> {
      if (!bridgePort) return super.setRemoteDescription(description!)
      // A candidate's fifth word is its address, the sixth its port.
      const sdp = description!.sdp?.replace(/^(a=candidate:(?:\S+ ){5})\d+/gm, `$1${bridgePort}`)
      return super.setRemoteDescription({ ...description!, sdp })
    }
  }
}

/** One stream that comes in, as the browser counts it since the stream's beginning. */
export interface IncomingStream {
  /** The same for the same stream each time. */
  id: string
  kind: 'audio' | 'video'
  /** As SDP names it, without the kind. */
  codec: string
  /** Of the other side's transport; 0 while it is not known. */
  port: number
  packets: number
  bytes: number
  /** Pictures that were decoded, and the lines of the last one. */
  frames: number
  height: number
  /** The energy of sound that was played. */
  energy: number
  /** Samples that were played, and those among them that had to be made up where there was no silence. */
  samples: number
  concealed: number
  /** Gaps of at least 150 milliseconds. */
  interruptions: number
}

/** All that comes in over the connections that are not closed. */
export async function incomingStreams(): Promise<IncomingStream[]> {
  const streams: IncomingStream[] = []
  for (const [index, pc] of window.peerConnections.entries()) {
    if (pc.connectionState === 'closed') continue
    const report = await pc.getStats()
    const rows = [...report.values()]
    const pairs = rows.filter((row) => row.type === 'candidate-pair' && row.nominated)
    const chosen = rows.find((row) => row.type === 'transport')?.selectedCandidatePairId ?? pairs[0]?.id
    const port = report.get(report.get(chosen)?.remoteCandidateId)?.port ?? 0
    for (const row of rows) {
      if (row.type !== 'inbound-rtp') continue
      streams.push({
        id: `${index} ${row.id}`,
        kind: row.kind,
        codec: String(report.get(row.codecId)?.mimeType ?? '').replace(/^.*\//, ''),
        port,
        packets: row.packetsReceived ?? 0,
        bytes: row.bytesReceived ?? 0,
        frames: row.framesDecoded ?? 0,
        height: row.frameHeight ?? 0,
        energy: row.totalAudioEnergy ?? 0,
        samples: row.totalSamplesReceived ?? 0,
        concealed: (row.concealedSamples ?? 0) - (row.silentConcealedSamples ?? 0),
        interruptions: row.interruptionCount ?? 0,
      })
    }
  }
  return streams
}

/** Notes when the page first opens its signalling connection, and when a first remote frame has been decoded. */
export function timeFirstFrame(): void {
  window.connectingSince = 0
  window.firstFrame = 0
  const NativeSocket = window.WebSocket
  window.WebSocket = class extends NativeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      if (window.connectingSince) return
      window.connectingSince = performance.now()
      const watch = async (): Promise<void> => {
        for (const pc of window.peerConnections) {
          for (const row of (await pc.getStats()).values()) {
            if (row.type === 'inbound-rtp' && row.kind === 'video' && row.framesDecoded > 0) {
              window.firstFrame = performance.now()
              return
            }
          }
        }
        setTimeout(() => void watch(), 10)
      }
      void watch()
    }
  }
}

/** A camera and a microphone by which somebody is known. */
export function disguise({ colour, pitch }: Guise): void {
  navigator.mediaDevices.getUserMedia = (constraints) => {
    const tracks: MediaStreamTrack[] = []
    if (constraints?.video) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
      const context = canvas.getContext('2d')!
      let frame = 0
      setInterval(() => {
        context.fillStyle = `rgb(${colour.join(' ')})`
        context.fillRect(0, 0, 320, 180)
        // Something moves, so that there are frames.
        context.fillStyle = 'grey'
        context.fillRect(frame++ % 312, 172, 8, 8)
      }, 100)
      tracks.push(...canvas.captureStream(10).getTracks())
    }
    if (constraints?.audio) {
      const context = new AudioContext()
      const volume = new GainNode(context, { gain: 0 })
      const microphone = context.createMediaStreamDestination()
      const tone = new OscillatorNode(context, { frequency: pitch })
      tone.connect(volume).connect(microphone)
      tone.start()
      window.hum = (on) => (volume.gain.value = on ? 0.7 : 0)
      tracks.push(...microphone.stream.getTracks())
    }
    return Promise.resolve(new MediaStream(tracks))
  }
}
