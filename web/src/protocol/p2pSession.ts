/** A session between two participants, without the bridge (wire contract, section 6). */
import { jingleReason, type JingleSession } from './jingle'
import { candidateContents, localSources, peerContents } from './localDescription'
import { MediaSession, type SessionOptions } from './mediaSession'
import { NS } from './namespaces'
import { candidateLine, RemoteDescription, type Slot } from './remoteDescription'
import type { Source } from './sources'
import { attr, child, childrenOf, xml, type Xml } from './xml'

const FRAME_HEIGHT = 'http://jitsi.org/jitmeet/video'
/** Candidates that are found within this time travel together. */
const CANDIDATE_BATCH_MS = 20

export interface P2pOptions extends SessionOptions {
  /** Video codecs to send, best first. */
  codecs: readonly string[]
  /** Sound is to be sent twice (RFC 2198). */
  soundTwice: boolean
  initiating: boolean
  onTerminated(session: P2pSession, reason: string, text: string): void
}

export class P2pSession extends MediaSession implements JingleSession {
  readonly peer: string
  readonly #p2p: P2pOptions
  protected readonly simulcast = false
  #candidates: RTCIceCandidate[] = []
  #candidateTimer: ReturnType<typeof setTimeout> | undefined
  /** Our side of the transport has been told; candidates may follow. */
  #described = false
  #heights: ReadonlyMap<string, number> = new Map()

  constructor(options: P2pOptions) {
    super(options)
    this.#p2p = options
    this.peer = options.peerJid.replace(/^.*\//, '')
    this.pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) this.#queueCandidate(candidate)
    })
  }

  /** Offers the session to the peer. */
  async invite(): Promise<void> {
    await this.enqueue(async () => {
      const { pc } = this
      const { local } = this.options
      for (const slot of ['audio', 'camera'] as const) {
        const transceiver = pc.addTransceiver(slot === 'audio' ? 'audio' : 'video', { direction: 'sendrecv' })
        this.adopt(slot, transceiver, true)
        if (slot === 'camera') preferCodecs(transceiver, this.#p2p.codecs)
        await transceiver.sender.replaceTrack(local.track(slot))
      }
      const offer = await pc.createOffer()
      await pc.setLocalDescription(offer)
      const sdp = offer.sdp ?? ''
      this.setSources(localSources(sdp, this.identities(), this.options.nick))
      await this.#describe('session-initiate', sdp, {})
    })
  }

  /** Answers the peer's offer. */
  async accept(initiate: Xml): Promise<void> {
    this.remote = RemoteDescription.ofPeer(initiate, this.peer, this.#p2p.codecs, this.#p2p.soundTwice)
    await this.enqueue(async () => {
      await this.negotiate()
      const sdp = this.pc.localDescription?.sdp ?? ''
      await this.#describe('session-accept', sdp, { responder: this.options.connection.jid })
      this.#establish()
    })
  }

  handle(action: string, jingle: Xml): void {
    switch (action) {
      case 'session-accept':
        void this.#onAccept(jingle)
        break
      case 'transport-info':
        void this.#onCandidates(jingle)
        break
      case 'source-add':
        this.addSources(jingle)
        break
      case 'source-remove':
        this.removeSources(jingle)
        break
      case 'content-modify':
        this.#onContentModify(jingle)
        break
    }
  }

  terminated(reason: string, text: string): void {
    this.#p2p.onTerminated(this, reason, text)
  }

  stop(condition: string, text: string): void {
    this.terminate(jingleReason(condition, text))
  }

  /** How large the peer's pictures are wanted. */
  setReceiveHeights(heights: ReadonlyMap<string, number>): void {
    this.#heights = heights
    if (this.established) this.#sendContentModify()
  }

  /** An answer has the lines of its offer: a screen has to wait until the session stands. */
  protected override slots(): Slot[] {
    const slots = super.slots()
    return this.established ? slots : slots.filter((slot) => slot !== 'screen')
  }

  override close(): void {
    clearTimeout(this.#candidateTimer)
    super.close()
  }

  protected contentName(_source: Source, mid: string): string {
    return mid
  }

  async #describe(action: 'session-initiate' | 'session-accept', sdp: string, attrs: Record<string, string>): Promise<void> {
    const creator = this.#p2p.initiating ? 'initiator' : 'responder'
    const contents = peerContents(sdp, this.sources, this.identities(), creator)
    const sent = this.signal(action, withoutMids(contents), attrs)
    this.#described = true
    this.#flushCandidates()
    if (action === 'session-accept') await sent
    else sent.catch(() => this.terminated('timeout', 'The peer did not answer'))
  }

  async #onAccept(accept: Xml): Promise<void> {
    try {
      await this.enqueue(async () => {
        if (this.remote) return
        const remote = RemoteDescription.ofPeer(accept, this.peer, this.#p2p.codecs, this.#p2p.soundTwice)
        for (const slot of ['audio', 'camera'] as const) remote.lineFor(slot)
        await this.pc.setRemoteDescription({ type: 'answer', sdp: remote.toSdp() })
        this.remote = remote
        this.#establish()
        await this.updateEncodings()
        this.emit('tracks', undefined)
      })
    } catch (error) {
      if (!this.closed) {
        console.error('The answer of the peer cannot be used', error)
        this.stop('general-error', 'The answer cannot be used')
        this.terminated('general-error', '')
      }
    }
  }

  #establish(): void {
    this.established = true
    this.#sendContentModify()
    if (this.slots().includes('screen')) this.renegotiate()
  }

  async #onCandidates(jingle: Xml): Promise<void> {
    const candidates = childrenOf(jingle, 'content')
      .flatMap((content) => childrenOf(child(content, 'transport', NS.ICE), 'candidate'))
      .map(candidateLine)
      .filter((line) => line !== undefined)
    await this.enqueue(async () => {
      for (const candidate of candidates) {
        // Everything is bundled on the first line.
        await this.pc.addIceCandidate({ candidate, sdpMLineIndex: 0 }).catch((error: unknown) => {
          console.warn('A candidate of the peer cannot be used', error)
        })
      }
    })
  }

  #onContentModify(jingle: Xml): void {
    const content = childrenOf(jingle, 'content').find((c) => attr(c, 'name') === 'video')
    if (!content) return
    const senders = attr(content, 'senders')
    this.setVideoWanted(
      senders === 'both' || senders === (this.#p2p.initiating ? 'initiator' : 'responder'),
    )
    for (const height of childrenOf(content, 'source-frame-height')) {
      const source = attr(height, 'sourceName')
      const maxHeight = Number(attr(height, 'maxHeight'))
      if (source && Number.isFinite(maxHeight)) this.setSendHeight(source, maxHeight)
    }
  }

  #sendContentModify(): void {
    const heights = [...this.#heights].map(([sourceName, maxHeight]) =>
      xml('source-frame-height', { xmlns: FRAME_HEIGHT, sourceName, maxHeight: Math.round(maxHeight) }),
    )
    const content = xml('content', { name: 'video', senders: 'both', creator: 'initiator' }, heights)
    this.signal('content-modify', [content]).catch(() => undefined)
  }

  #queueCandidate(candidate: RTCIceCandidate): void {
    this.#candidates.push(candidate)
    this.#candidateTimer ??= setTimeout(() => this.#flushCandidates(), CANDIDATE_BATCH_MS)
  }

  #flushCandidates(): void {
    clearTimeout(this.#candidateTimer)
    this.#candidateTimer = undefined
    if (!this.#described || this.#candidates.length === 0 || this.closed) return
    const creator = this.#p2p.initiating ? 'initiator' : 'responder'
    const contents = candidateContents(this.pc.localDescription?.sdp ?? '', this.#candidates, creator)
    this.#candidates = []
    this.signal('transport-info', contents).catch(() => undefined)
  }
}

/** The peer is not offered mids in packets: each side numbers its lines by itself. */
function withoutMids(contents: readonly Xml[]): Xml[] {
  const isMid = (x: Xml): boolean => x.name === 'rtp-hdrext' && x.attrs['uri'] === 'urn:ietf:params:rtp-hdrext:sdes:mid'
  return contents.map((content) => ({
    ...content,
    children: content.children.map((c) =>
      c.name === 'description' ? { ...c, children: c.children.filter((d) => !isMid(d)) } : c,
    ),
  }))
}

function preferCodecs(transceiver: RTCRtpTransceiver, codecs: readonly string[]): void {
  const all = RTCRtpReceiver.getCapabilities('video')?.codecs
  if (!all) return
  const rank = (mimeType: string): number => {
    const index = codecs.indexOf(mimeType.slice(mimeType.indexOf('/') + 1).toLowerCase())
    return index < 0 ? codecs.length : index
  }
  transceiver.setCodecPreferences?.([...all].sort((a, b) => rank(a.mimeType) - rank(b.mimeType)))
}
