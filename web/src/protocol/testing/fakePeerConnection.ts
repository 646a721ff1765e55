/** A peer connection without media: it knows its lines and the states that a test sets. */
export class FakePeerConnection extends EventTarget {
  static readonly all: FakePeerConnection[] = []
  connectionState = 'new'
  localDescription: { type: string; sdp: string } | null = null
  #transceivers: FakeTransceiver[] = []

  static install(): void {
    FakePeerConnection.all.length = 0
    Object.assign(globalThis, {
      RTCPeerConnection: FakePeerConnection,
      RTCRtpReceiver: { getCapabilities: () => ({ codecs: [{ mimeType: 'video/VP8' }] }) },
    })
  }

  constructor() {
    super()
    FakePeerConnection.all.push(this)
  }

  become(state: string): void {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }

  getTransceivers(): FakeTransceiver[] {
    return this.#transceivers
  }

  addTransceiver(kind: string): FakeTransceiver {
    const transceiver = new FakeTransceiver(String(this.#transceivers.length), kind)
    this.#transceivers.push(transceiver)
    return transceiver
  }

  setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    const lines = sdp.split('\r\nm=').slice(1)
    this.#transceivers = lines.map((line) => {
      const mid = /a=mid:(\S+)/.exec(line)![1]!
      return this.#transceivers.find((t) => t.mid === mid) ?? new FakeTransceiver(mid, line.slice(0, 5))
    })
    return Promise.resolve()
  }

  createOffer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'offer', sdp: this.#sdp() })
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'answer', sdp: this.#sdp() })
  }

  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    this.localDescription = description
    return Promise.resolve()
  }

  addIceCandidate(): Promise<void> {
    return Promise.resolve()
  }

  close(): void {
    this.connectionState = 'closed'
  }

  #sdp(): string {
    const media = this.#transceivers.map((t, i) =>
      [
        `m=${t.kind} 9 UDP/TLS/RTP/SAVPF ${t.kind === 'audio' ? 111 : 100}`,
        'a=ice-ufrag:u',
        'a=ice-pwd:p',
        'a=fingerprint:sha-256 AA:BB',
        'a=setup:active',
        `a=mid:${t.mid}`,
        `a=${t.direction}`,
        `a=rtpmap:${t.kind === 'audio' ? '111 opus/48000/2' : '100 VP8/90000'}`,
        `a=ssrc:${1000 + i} cname:c`,
      ].join('\r\n'),
    )
    return ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0', ...media, ''].join('\r\n')
  }
}

class FakeTransceiver {
  direction = 'sendrecv'
  readonly sender = {
    parameters: { encodings: [{ active: true }] },
    track: null as unknown,
    getParameters() {
      return structuredClone(this.parameters)
    },
    setParameters(parameters: { encodings: { active: boolean }[] }) {
      this.parameters = parameters
      return Promise.resolve()
    },
    replaceTrack(track: unknown) {
      this.track = track
      return Promise.resolve()
    },
  }
  readonly receiver = {
    track: Object.assign(new EventTarget(), { kind: 'video', muted: false, readyState: 'live' }),
    getSynchronizationSources: () => [{ timestamp: Date.now() }],
  }

  constructor(
    readonly mid: string,
    readonly kind: string,
  ) {}

  setCodecPreferences(): void {}
}
