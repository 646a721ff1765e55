import { type Browser, type Page, type TestInfo, chromium, expect } from '@playwright/test'

/** What the tests read of the peer connections of a page, past the client's own reports. */
export interface MediaStats {
  audioEnergy: number
  audioStreams: number
  /** Remote ports of the selected candidate pairs of those connections that bring video at present. */
  activePorts: number[]
}

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

export interface PersonOptions {
  fragment?: string
  fps?: number
  /** The address of the only relay that is used; nothing goes another way then. */
  relay?: RegExp
  /** A camera that shows one colour, and a microphone that hums while {@link Person.hum} says so. */
  guise?: Guise
  /** The port at which this person finds the bridge, in the place of the one that the bridge tells. */
  bridgePort?: number
}

/** By what somebody can be told from the others. */
export interface Guise {
  /** Red, green, blue; 0 to 255. */
  colour: [number, number, number]
  /** Hertz. */
  pitch: number
}

/** How what arrives at a person's bridge connection sounds and looks, since its beginning. */
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

/** One person at a browser process of their own. Everything that is asked of the page goes through the real page. */
export class Person {
  private constructor(
    readonly name: string,
    readonly browser: Browser,
    readonly page: Page,
    private readonly console: string[],
  ) {}

  /** Opens a browser and goes to the room, past the prejoin screen. */
  static async open(name: string, base: string, room: string, options: PersonOptions = {}): Promise<Person> {
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-ui-for-media-stream',
        `--use-fake-device-for-media-stream=fps=${options.fps ?? 10}`,
        '--autoplay-policy=no-user-gesture-required',
        // The relay's certificate is one of our own making.
        '--ignore-certificate-errors',
      ],
    })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['camera', 'microphone'] })
    const page = await context.newPage()
    const lines: string[] = []
    page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`))
    await page.addInitScript(({ relay, bridgePort }) => {
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
          // A candidate's fifth word is its address, the sixth its port.
          const sdp = bridgePort
            ? description!.sdp?.replace(/^(a=candidate:(?:\S+ ){5})\d+/gm, `$1${bridgePort}`)
            : description?.sdp
          return super.setRemoteDescription({ ...description!, sdp })
        }
      }
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
    }, { relay: options.relay?.source ?? '', bridgePort: options.bridgePort ?? 0 })
    if (options.guise) await page.addInitScript(disguise, options.guise)
    const person = new Person(name, browser, page, lines)
    await person.address(base, room, options.fragment ? [options.fragment] : [])
    return person
  }

  private async address(base: string, room: string, options: readonly string[]): Promise<void> {
    const fragment = [
      'config.prejoinConfig.enabled=false',
      `userInfo.displayName=${encodeURIComponent(JSON.stringify(this.name))}`,
      ...options,
    ].join('&')
    await this.page.goto(`${base}/${room}#${fragment}`)
  }

  /** Goes to another room in the same browser. */
  async goTo(base: string, room: string, options: readonly string[]): Promise<void> {
    await this.address(base, room, options)
    await expect.poll(() => this.state(), { message: `${this.name} joins`, intervals: [50, 100, 250] }).toBe('joined')
  }

  static async join(name: string, base: string, room: string, options: PersonOptions = {}): Promise<Person> {
    const person = await Person.open(name, base, room, options)
    await expect.poll(() => person.state(), { message: `${name} joins`, intervals: [50, 100, 250] }).toBe('joined')
    return person
  }

  state(): Promise<string> {
    return this.page.evaluate(() => (window.meetjar?.snapshot().left ? 'left' : (window.meetjar?.meeting?.state ?? 'none')))
  }

  id(): Promise<string> {
    return this.page.evaluate(() => window.meetjar.meeting!.selfId)
  }

  /** Ids of the others, as this page sees them. */
  others(): Promise<string[]> {
    return this.page.evaluate(() => [...(window.meetjar.meeting?.participants.keys() ?? [])])
  }

  connectionOf(id: string): Promise<string> {
    return this.page.evaluate((id) => window.meetjar.meeting!.participants.get(id)?.connection ?? 'gone', id)
  }

  handOf(id: string): Promise<number> {
    return this.page.evaluate((id) => window.meetjar.meeting!.participants.get(id)?.raisedHand ?? 0, id)
  }

  mutedAudio(id: string): Promise<boolean> {
    return this.page.evaluate(
      (id) => window.meetjar.meeting!.participants.get(id)?.sources.find((source) => source.kind === 'audio')?.muted ?? true,
      id,
    )
  }

  videoTypes(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...window.meetjar.meeting!.participants.values()].flatMap((p) => p.sources.filter((s) => s.kind === 'video' && !s.muted).map((s) => s.videoType)),
    )
  }

  async liveScreens(): Promise<number> {
    return (await this.videoTypes()).filter((type) => type === 'desktop').length
  }

  async isModerator(): Promise<boolean> {
    return (await this.self()).moderator
  }

  async isMuted(): Promise<boolean> {
    return (await this.self()).muted
  }

  private self(): Promise<{ moderator: boolean; muted: boolean }> {
    return this.page.evaluate(() => window.meetjar.snapshot().self!)
  }

  /** Width of the picture that the tile of this participant shows now; 0 while there is none. */
  shownWidth(id: string): Promise<number> {
    return this.page.evaluate((id) => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>(`[data-testid="tile-${id}"] video`)]
      return Math.max(0, ...videos.map((video) => video.videoWidth))
    }, id)
  }

  /** Begins or stops to hum, in a guise. */
  async hum(on: boolean): Promise<void> {
    await this.page.evaluate((on) => window.hum!(on), on)
  }

  /** Average colour of the picture that the tile of this participant shows now; undefined while there is none. */
  shownColour(id: string): Promise<number[] | undefined> {
    return this.page.evaluate((id) => {
      const video = [...document.querySelectorAll<HTMLVideoElement>(`[data-testid="tile-${id}"] video`)].find(
        (v) => v.videoWidth > 0 && v.getVideoPlaybackQuality().totalVideoFrames > 0,
      )
      if (!video) return undefined
      const canvas = new OffscreenCanvas(1, 1).getContext('2d')!
      canvas.drawImage(video, 0, 0, 1, 1)
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
    }, id)
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
      await new Promise((next) => setTimeout(next, 400))
      const bins = new Float32Array(analyser.frequencyBinCount)
      analyser.getFloatFrequencyData(bins)
      const loudest = bins.reduce((best, level, i) => (level > bins[best]! ? i : best), 0)
      const pitch = bins[loudest]! < -60 ? 0 : (loudest * context.sampleRate) / analyser.fftSize
      await context.close()
      return pitch
    }, id)
  }

  /** How many lines of that kind the page has with the bridge on which something can come. */
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

  /** The video that comes in most: its codec, its lines, and for how many seconds it has stood still in all. */
  receivedVideo(): Promise<{ codec: string; height: number; pictures: number }> {
    return this.page.evaluate(async () => {
      const best = { codec: '', height: 0, pictures: 0 }
      for (const pc of window.peerConnections) {
        const stats = await pc.getStats()
        stats.forEach((row) => {
          if (row.type !== 'inbound-rtp' || row.kind !== 'video' || !(row.framesDecoded > best.pictures)) return
          best.pictures = row.framesDecoded
          best.codec = String(stats.get(row.codecId)?.mimeType).replace(/^.*\//, '')
          best.height = row.frameHeight ?? 0
        })
      }
      return best
    })
  }

  /** From the opening of the signalling connection to the first remote frame decoded, milliseconds. */
  async firstFrameMs(): Promise<number> {
    await expect.poll(() => this.page.evaluate(() => window.firstFrame)).toBeGreaterThan(0)
    return this.page.evaluate(() => window.firstFrame - window.connectingSince)
  }

  /** RTP packets received over all connections. */
  packetsReceived(): Promise<number> {
    return this.page.evaluate(async () => {
      let sum = 0
      for (const pc of window.peerConnections) {
        for (const row of (await pc.getStats()).values()) if (row.type === 'inbound-rtp') sum += row.packetsReceived ?? 0
      }
      return sum
    })
  }

  /** Waits until nobody else is in the room. */
  async alone(): Promise<void> {
    await expect.poll(() => this.others()).toEqual([])
  }

  private frames(selector: string): Promise<number> {
    return this.page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLVideoElement>(selector)].reduce(
          (sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames,
          0,
        ),
      selector,
    )
  }

  private async expectFrames(selector: string, what: string): Promise<void> {
    let last = await this.frames(selector)
    let fresh = 0
    await expect
      .poll(
        async () => {
          const now = await this.frames(selector)
          // The count starts anew when an element gets another stream.
          fresh += Math.max(0, now - last)
          last = now
          return fresh
        },
        { message: `${this.name} sees ${what} move`, timeout: 45_000 },
      )
      .toBeGreaterThan(10)
  }

  /** The picture of this participant moves: new frames come. */
  expectMoving(id: string): Promise<void> {
    return this.expectFrames(`[data-testid="tile-${id}"] video`, id)
  }

  expectSourceMoving(source: string): Promise<void> {
    return this.expectFrames(`[data-testid="tile-${source}"] video`, source)
  }

  media(): Promise<MediaStats> {
    return this.page.evaluate(async () => {
      const stats = { audioEnergy: 0, audioStreams: 0, activePorts: [] as number[] }
      for (const pc of window.peerConnections) {
        if (pc.connectionState === 'closed') continue
        const before = await pc.getStats()
        await new Promise((next) => setTimeout(next, 1000))
        const after = await pc.getStats()
        let frames = 0
        after.forEach((row, id) => {
          if (row.type !== 'inbound-rtp') return
          const earlier = before.get(id)
          if (row.kind === 'video') frames += (row.framesDecoded ?? 0) - (earlier?.framesDecoded ?? 0)
          if (row.kind === 'audio') {
            stats.audioEnergy += row.totalAudioEnergy ?? 0
            if ((row.packetsReceived ?? 0) > (earlier?.packetsReceived ?? 0)) stats.audioStreams++
          }
        })
        if (frames <= 0) continue
        after.forEach((row) => {
          if (row.type !== 'transport' || !row.selectedCandidatePairId) return
          const pair = after.get(row.selectedCandidatePairId)
          const remote = pair && after.get(pair.remoteCandidateId)
          if (remote) stats.activePorts.push(remote.port)
        })
      }
      return stats
    })
  }

  /** Where the pictures that are decoded at present come from: remote ports. Waits until some are. */
  async videoPorts(): Promise<number[]> {
    let ports: number[] = []
    await expect
      .poll(async () => (ports = (await this.media()).activePorts), { message: `pictures reach ${this.name}` })
      .not.toEqual([])
    return ports
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

  /** What has come in over all connections. */
  reception(): Promise<Reception> {
    return this.page.evaluate(async () => {
      const all = { soundPackets: 0, samples: 0, concealed: 0, interruptions: 0, videoPackets: 0, frames: 0, height: 0, bytes: 0 }
      for (const pc of window.peerConnections) {
        if (pc.connectionState === 'closed') continue
        for (const row of (await pc.getStats()).values()) {
          if (row.type !== 'inbound-rtp') continue
          all.bytes += row.bytesReceived ?? 0
          if (row.kind === 'audio') {
            all.soundPackets += row.packetsReceived ?? 0
            all.samples += row.totalSamplesReceived ?? 0
            all.concealed += (row.concealedSamples ?? 0) - (row.silentConcealedSamples ?? 0)
            all.interruptions += row.interruptionCount ?? 0
          } else {
            all.videoPackets += row.packetsReceived ?? 0
            all.frames += row.framesDecoded ?? 0
            all.height = Math.max(all.height, row.frameHeight ?? 0)
          }
        }
      }
      return all
    })
  }

  /** Whether media goes directly, as the page says. */
  async expectPath(path: 'p2p' | 'bridge'): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => window.meetjar.snapshot().p2p), { message: `${this.name} on ${path}` })
      .toBe(path === 'p2p')
  }

  /** Sound comes in: the energy of what is received grows. */
  async expectSound(): Promise<void> {
    const before = (await this.media()).audioEnergy
    await expect.poll(async () => (await this.media()).audioEnergy, { message: `${this.name} hears` }).toBeGreaterThan(before)
  }

  /** Pins a participant: large, with the others as thumbnails. */
  async showOnStage(id: string): Promise<void> {
    await this.page.getByTestId(`tile-${id}`).dblclick()
  }

  /** Presses a button of the toolbar, which comes out when the pointer moves. */
  async press(button: string): Promise<void> {
    await this.page.mouse.move(400 + Math.random() * 100, 300)
    await this.page.getByTestId(`toolbar-${button}`).click()
  }

  async openChat(): Promise<void> {
    if (!(await this.page.getByTestId('chat-panel').isVisible())) await this.press('chat')
  }

  async say(text: string): Promise<void> {
    await this.openChat()
    await this.page.getByTestId('chat-input').fill(text)
    await this.page.getByTestId('chat-input').press('Enter')
  }

  async leave(): Promise<void> {
    await this.press('leave')
    // A moderator is asked whether to end the meeting for all.
    const only = this.page.getByTestId('leave-only')
    if (await only.isVisible()) await only.click()
    await expect.poll(() => this.state()).toBe('left')
  }

  /** Comes back in the same browser, by loading the page anew. */
  async comeBack(): Promise<void> {
    await this.page.reload()
    await expect.poll(() => this.state(), { message: `${this.name} joins again`, intervals: [50, 100, 250] }).toBe('joined')
  }

  async watchDepartures(): Promise<void> {
    await this.page.evaluate(() => window.meetjar.meeting!.on('participant-left', ({ id }) => window.departed.push(id)))
  }

  departures(): Promise<string[]> {
    return this.page.evaluate(() => window.departed)
  }

  /** The browser's process is gone at once: no goodbye. */
  async kill(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession()
    // The answer never comes: the process is dead.
    void session.send('Browser.crash').catch(() => undefined)
    await expect.poll(() => this.browser.isConnected()).toBe(false)
  }

  /** For a failed test: what this person saw. */
  async describe(info: TestInfo): Promise<void> {
    await info.attach(`${this.name}-console`, { body: this.console.join('\n') })
    if (this.browser.isConnected()) {
      await info.attach(`${this.name}.png`, { body: await this.page.screenshot(), contentType: 'image/png' })
    }
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => undefined)
  }
}

/** Runs in the page: a camera and a microphone by which somebody is known. */
function disguise({ colour, pitch }: Guise): void {
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
