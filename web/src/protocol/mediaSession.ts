/**
 * A Jingle session with its peer connection: what the sessions with the bridge and with a peer have in common. All
 * changes to the connection go through one queue; the other side's changes become offers made from its
 * {@link RemoteDescription}, ours are signalled as source-add.
 */
import { inOneStream } from './codecs'
import { StanzaError, type XmppConnection } from './connection'
import { Emitter } from './emitter'
import { applyEncodings, captureSize, videoEncodings } from './encodings'
import { jingleStanza, type JingleAction } from './jingle'
import { localSources, SIMULCAST_LAYERS, withSimulcast, type SourceIdentity } from './localDescription'
import { slotSourceName, type LocalMedia } from './localMedia'
import type { MediaLine, RemoteDescription, Slot } from './remoteDescription'
import { parseSources, sourceContents, withoutSimulcast, type Source } from './sources'
import type { Xml } from './xml'

export interface SessionEvents {
  /** Media can flow. */
  connected: undefined
  /** Nothing has been heard for some seconds; may recover by itself. */
  interrupted: undefined
  /** The connection is lost for good. */
  failed: undefined
  /** Remote tracks came, went, or began to flow. */
  tracks: undefined
}

export interface SessionOptions {
  connection: XmppConnection
  local: LocalMedia
  /** Our endpoint id. */
  nick: string
  sid: string
  /** Occupant's JID of the other side. */
  peerJid: string
  /** JID of whoever began the session. */
  initiator: string
  rtc: RTCConfiguration
}

/** Until somebody says how large our picture is wanted, it is sent whole. */
const UNLIMITED_HEIGHT = 4320

let sessionCount = 0

export abstract class MediaSession extends Emitter<SessionEvents> {
  readonly sid: string
  readonly peerJid: string
  readonly pc: RTCPeerConnection
  protected readonly options: SessionOptions
  protected remote: RemoteDescription | undefined
  protected sources: Source[] = []
  /** True once both sides have agreed; from then on changes are signalled. */
  protected established = false
  readonly #transceivers = new Map<Slot, RTCRtpTransceiver>()
  readonly #sendHeights = new Map<string, number>()
  readonly #watched = new WeakSet<MediaStreamTrack>()
  readonly #msids = new Map<Slot, string>()
  readonly #index = ++sessionCount
  #queue: Promise<void> = Promise.resolve()
  #negotiationQueued = false
  #sending = true
  #videoWanted = true
  #everConnected = false
  #closed = false

  protected constructor(options: SessionOptions) {
    super()
    this.options = options
    this.sid = options.sid
    this.peerJid = options.peerJid
    this.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', ...options.rtc })
    this.pc.addEventListener('connectionstatechange', () => this.#onConnectionState())
  }

  get connected(): boolean {
    return this.pc.connectionState === 'connected'
  }

  get everConnected(): boolean {
    return this.#everConnected
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Whether our media goes this way at present. */
  get sending(): boolean {
    return this.#sending
  }

  /** Whether what comes on a line may not be shown at the moment. */
  protected isHeldBack(_line: MediaLine): boolean {
    return false
  }

  /** Three layers on the camera's line. */
  protected abstract readonly simulcast: boolean
  /** What contents of our sources are called in source-add. */
  protected abstract contentName(source: Source, mid: string): string

  /** Tracks of the other side by source name. */
  remoteTracks(): Map<string, MediaStreamTrack> {
    const tracks = new Map<string, MediaStreamTrack>()
    if (this.#closed) return tracks
    const byMid = new Map(this.pc.getTransceivers().map((t) => [t.mid, t]))
    for (const line of this.remote?.lines ?? []) {
      const track = line.source?.name && !line.rejected ? byMid.get(line.mid)?.receiver.track : undefined
      if (!track || track.readyState === 'ended' || this.isHeldBack(line)) continue
      tracks.set(line.source!.name, track)
      if (!this.#watched.has(track)) {
        this.#watched.add(track)
        for (const event of ['mute', 'unmute', 'ended']) track.addEventListener(event, () => this.emit('tracks', undefined))
      }
    }
    return tracks
  }

  /** Source name by mid, for statistics. */
  sourceByMid(): Map<string, { name: string; owner: string }> {
    const names = new Map<string, { name: string; owner: string }>()
    for (const line of this.remote?.lines ?? []) {
      if (line.source?.name) names.set(line.mid, { name: line.source.name, owner: line.source.owner })
    }
    return names
  }

  /** When each source was last played, on the connection's own clock: what changes is flowing. */
  lastPackets(): Map<string, number> {
    const times = new Map<string, number>()
    const byMid = new Map(this.pc.getTransceivers().map((t) => [t.mid, t]))
    for (const line of this.remote?.lines ?? []) {
      const receiver = line.source?.name ? byMid.get(line.mid)?.receiver : undefined
      const [latest] = receiver?.getSynchronizationSources() ?? []
      if (latest) times.set(line.source!.name, latest.timestamp)
    }
    return times
  }

  sender(slot: Slot): RTCRtpSender | undefined {
    return this.#transceivers.get(slot)?.sender
  }

  /** Puts the slot's present track on the wire; a slot that is new to the session is negotiated. */
  async updateTrack(slot: Slot): Promise<void> {
    const transceiver = this.#transceivers.get(slot)
    if (!transceiver) {
      if (this.remote && this.slots().includes(slot)) this.renegotiate()
      return
    }
    await transceiver.sender.replaceTrack(this.#outgoing(slot))
    await this.updateEncodings()
  }

  /** Starts or stops sending our media this way; receiving goes on. */
  setSending(sending: boolean): void {
    if (this.#sending === sending) return
    this.#sending = sending
    void this.updateEncodings()
  }

  setSendHeight(source: string, maxHeight: number): void {
    this.#sendHeights.set(source, maxHeight)
    void this.updateEncodings()
  }

  /** What we send changes when the first codec that everybody can receive does. */
  preferCodecs(codecs: readonly string[]): void {
    const { remote } = this
    if (!remote) return
    const before = remote.videoCodec
    remote.preferCodecs(codecs)
    if (remote.videoCodec !== before && this.established) this.renegotiate()
  }

  protected setVideoWanted(wanted: boolean): void {
    this.#videoWanted = wanted
    void this.updateEncodings()
  }

  async updateEncodings(): Promise<void> {
    for (const [slot, { sender }] of this.#transceivers) {
      if (this.#closed || sender.getParameters().encodings.length === 0) continue
      const { local, nick } = this.options
      try {
        if (slot === 'audio') {
          if (sender.track !== this.#outgoing(slot)) await sender.replaceTrack(this.#outgoing(slot))
          await applyEncodings(sender, [{ active: this.#sending }])
          continue
        }
        const wanted = this.#sendHeights.get(slotSourceName(nick, slot)) ?? UNLIMITED_HEIGHT
        const encodings = videoEncodings({
          count: sender.getParameters().encodings.length,
          capture: captureSize(local.track(slot)),
          maxHeight: wanted < 0 ? UNLIMITED_HEIGHT : wanted,
          videoType: slot === 'screen' ? 'desktop' : 'camera',
          active: this.#sending && this.#videoWanted,
          inOneStream: slot === 'camera' && this.simulcast && inOneStream(this.remote?.videoCodec),
        })
        await applyEncodings(sender, encodings)
      } catch (error) {
        if (!this.#closed) console.warn('The parameters of a sender could not be set', error)
      }
    }
  }

  addSources(jingle: Xml): void {
    const owner = this.peerJid.replace(/^.*\//, '')
    const added = parseSources(jingle, owner).map((s) => this.remote?.addSource(withoutSimulcast(s)))
    if (added.some(Boolean)) this.renegotiate()
  }

  removeSources(jingle: Xml): void {
    const owner = this.peerJid.replace(/^.*\//, '')
    const removed = parseSources(jingle, owner).map((s) => this.remote?.removeSource(s.name))
    if (removed.some(Boolean)) this.renegotiate()
  }

  removeSourcesOf(owner: string): void {
    if (this.remote?.removeSourcesOf(owner)) this.renegotiate()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.pc.close()
    this.#transceivers.clear()
    this.emit('tracks', undefined)
    this.clear()
  }

  /** Tells the other side that the session is over, and closes it. */
  terminate(reason: Xml, ...more: Xml[]): void {
    if (this.#closed) return
    this.signal('session-terminate', [reason, ...more]).catch(() => undefined)
    this.close()
  }

  protected signal(action: JingleAction, content: readonly Xml[], attrs: Record<string, string> = {}): Promise<Xml> {
    const { connection, initiator } = this.options
    const jingle = jingleStanza(action, this.sid, { initiator, ...attrs }, content)
    return connection.iq('set', this.peerJid, jingle)
  }

  /** Runs when everything before it is done; does nothing in a closed session. */
  protected enqueue(task: () => Promise<void>): Promise<void> {
    const run = this.#queue.then(() => (this.#closed ? undefined : task()))
    this.#queue = run.catch(() => undefined)
    return run
  }

  /** Brings the peer connection in line with both descriptions; changes that come together are done together. */
  protected renegotiate(): void {
    if (this.#negotiationQueued || !this.remote) return
    this.#negotiationQueued = true
    this.enqueue(() => this.negotiate()).catch((error: unknown) => {
      if (!this.#closed) console.error('Renegotiation failed', error)
    })
  }

  /** One round of offer and answer with the remote description as the offer. */
  protected async negotiate(): Promise<void> {
    this.#negotiationQueued = false
    const { pc, remote } = this
    if (!remote) return
    const slots = this.slots().filter((slot) => remote.lineFor(slot) !== undefined)
    const byRid = this.simulcast && takesLayersByRid()
    await pc.setRemoteDescription({ type: 'offer', sdp: remote.toSdp(byRid ? SIMULCAST_LAYERS : 0) })
    const byMid = new Map(pc.getTransceivers().map((t) => [t.mid, t]))
    for (const slot of slots) {
      const line = remote.lineFor(slot)!
      const transceiver = byMid.get(line.mid)
      if (!transceiver) continue
      this.adopt(slot, transceiver, line.source !== undefined)
      await transceiver.sender.replaceTrack(this.#outgoing(slot))
    }
    const answer = await pc.createAnswer()
    const sdp = this.#munged(answer.sdp ?? '')
    const sources = localSources(sdp, this.identities(), this.options.nick)
    this.answered(sdp, sources)
    await pc.setLocalDescription({ type: 'answer', sdp })
    await this.updateEncodings()
    this.#signalChanges(sources)
    this.emit('tracks', undefined)
  }

  /** An answer was made; the peer connection takes it next. */
  protected answered(_sdp: string, _sources: readonly Source[]): void {}

  /** What we send in this session at present. */
  protected slots(): Slot[] {
    return this.options.local.slots()
  }

  protected adopt(slot: Slot, transceiver: RTCRtpTransceiver, receiving: boolean): void {
    const direction = receiving ? 'sendrecv' : 'sendonly'
    if (transceiver.direction !== direction) transceiver.direction = direction
    this.#transceivers.set(slot, transceiver)
  }

  protected identities(): SourceIdentity[] {
    return [...this.#transceivers].flatMap(([slot, transceiver]) =>
      transceiver.mid === null
        ? []
        : [
            {
              mid: transceiver.mid,
              name: slotSourceName(this.options.nick, slot),
              kind: slot === 'audio' ? 'audio' as const : 'video' as const,
              videoType: slot === 'screen' ? 'desktop' as const : 'camera' as const,
              msid: this.#msid(slot),
            },
          ],
    )
  }

  /** What the slot's sender is given. Firefox sends sound whatever the parameters say, unless it has none. */
  #outgoing(slot: Slot): MediaStreamTrack | null {
    return slot === 'audio' && !this.#sending ? null : this.options.local.track(slot)
  }

  protected setSources(sources: Source[]): void {
    this.sources = sources
  }

  #munged(sdp: string): string {
    const mid = this.#transceivers.get('camera')?.mid
    return this.simulcast && mid && !takesLayersByRid() ? withSimulcast(sdp, mid) : sdp
  }

  #msid(slot: Slot): string {
    let msid = this.#msids.get(slot)
    if (!msid) {
      const kind = slot === 'audio' ? 'audio-0' : slot === 'camera' ? 'video-0' : 'video-1'
      msid = `${this.options.nick}-${kind}-${this.#index} ${crypto.randomUUID()}-${this.#index}`
      this.#msids.set(slot, msid)
    }
    return msid
  }

  #signalChanges(now: Source[]): void {
    const before = this.sources
    this.sources = now
    if (!this.established) return
    const key = (s: Source): string => `${s.name} ${s.ssrcs.join(' ')}`
    const known = new Set(before.map(key))
    const current = new Set(now.map(key))
    const removed = before.filter((s) => !current.has(key(s)))
    const added = now.filter((s) => !known.has(key(s)))
    if (removed.length > 0) this.#signalSources('source-remove', removed)
    if (added.length > 0) this.#signalSources('source-add', added)
  }

  #signalSources(action: 'source-add' | 'source-remove', sources: readonly Source[]): void {
    const mids = new Map(this.identities().map((i) => [i.name, i.mid]))
    const contents = sourceContents(sources, (s) => this.contentName(s, mids.get(s.name) ?? ''))
    this.signal(action, contents).catch((error: unknown) => {
      if (!this.#closed && error instanceof StanzaError) console.warn(`${action} was refused: ${error.message}`)
    })
  }

  #onConnectionState(): void {
    if (this.#closed) return
    switch (this.pc.connectionState) {
      case 'connected':
        this.#everConnected = true
        this.emit('connected', undefined)
        break
      case 'disconnected':
        this.emit('interrupted', undefined)
        break
      case 'failed':
        this.emit('failed', undefined)
        break
    }
  }
}

/**
 * Firefox sends layers that the offer asks for by rid, and says their SSRCs; Chromium and Safari would keep those to
 * themselves, and take layers from the SSRCs in the description.
 */
function takesLayersByRid(): boolean {
  return /firefox/i.test(globalThis.navigator?.userAgent ?? '')
}
