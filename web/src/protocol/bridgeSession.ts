/** The session with the bridge, which the focus leads (wire contract, section 5). */
import type { MediaKind } from './api'
import { BridgeChannel, channelUrl, type SourceMapping } from './channel'
import { firstPicture } from './firstPicture'
import { jingleReason, type JingleSession } from './jingle'
import { bridgeContents } from './localDescription'
import { MediaSession, type SessionOptions } from './mediaSession'
import { NS } from './namespaces'
import { RemoteDescription, type MediaLine } from './remoteDescription'
import type { Source } from './sources'
import { attr, child, xml, type Xml } from './xml'

export class BridgeSession extends MediaSession implements JingleSession {
  readonly channel: BridgeChannel | undefined
  /** Names this session among those that the focus made on bridges. */
  readonly #bridgeSessionId: string | undefined
  readonly #onTerminated: (session: BridgeSession, reason: string) => void
  #accepted: Promise<Xml> | undefined
  /** Lines on which the first picture of another source is awaited. */
  readonly #changing = new Map<MediaLine, object>()
  protected readonly simulcast = true

  constructor(
    options: SessionOptions,
    initiate: Xml,
    codecs: readonly string[],
    onTerminated: (session: BridgeSession, reason: string) => void,
  ) {
    super(options)
    this.#onTerminated = onTerminated
    this.remote = RemoteDescription.ofBridge(initiate, codecs)
    this.#bridgeSessionId = attr(child(initiate, 'bridge-session', NS.FOCUS), 'id')
    const url = this.remote.webSocketUrl
    this.channel = url ? new BridgeChannel(channelUrl(url, globalThis.location)) : undefined
    this.channel?.on('mapped', ({ kind, mappings }) => this.#map(kind, mappings))
    this.channel?.on('sender-constraints', ({ source, maxHeight }) => this.setSendHeight(source, maxHeight))
  }

  /** Answers the offer; resolves when the focus has taken the answer. */
  async accept(): Promise<void> {
    await this.enqueue(() => this.negotiate())
    await this.#accepted
  }

  /** Signalled before the peer connection has taken it in: the bridge's checks are on their way meanwhile. */
  protected override answered(sdp: string, sources: readonly Source[]): void {
    if (this.#accepted) return
    const responder = this.options.connection.jid
    this.#accepted = this.signal('session-accept', bridgeContents(sdp, sources, -1), { responder })
    // Whoever waits for it hears of a failure; nobody may be waiting yet.
    this.#accepted.catch(() => undefined)
    this.setSources([...sources])
    this.established = true
  }

  handle(action: string, jingle: Xml): void {
    if (action === 'source-add') this.addSources(jingle)
    else if (action === 'source-remove') this.removeSources(jingle)
  }

  /** The bridge says what its streams stand for. */
  #map(kind: MediaKind, mappings: readonly SourceMapping[]): void {
    let added = false
    for (const mapping of mappings) {
      const before = this.#lineOf(mapping.ssrc)?.source?.name
      added = this.remote!.mapSource(kind, mapping) || added
      const line = this.#lineOf(mapping.ssrc)
      if (kind === 'video' && line && before !== undefined && before !== mapping.source) this.#awaitPicture(line)
    }
    if (added) this.renegotiate()
    this.emit('tracks', undefined)
  }

  #lineOf(ssrc: number): MediaLine | undefined {
    return this.remote!.lines.find((line) => line.mapped && line.source?.ssrcs[0] === ssrc)
  }

  protected override isHeldBack(line: MediaLine): boolean {
    return this.#changing.has(line)
  }

  /** Nobody is shown with the last pictures of somebody else: the new source begins with a key frame. */
  #awaitPicture(line: MediaLine): void {
    const receiver = this.pc.getTransceivers().find((t) => t.mid === line.mid)?.receiver
    if (!receiver) return
    const change = {}
    this.#changing.set(line, change)
    void firstPicture(receiver, () => !this.closed && this.#changing.get(line) === change).then(() => {
      if (this.#changing.get(line) !== change) return
      this.#changing.delete(line)
      this.emit('tracks', undefined)
    })
  }

  terminated(reason: string): void {
    this.#onTerminated(this, reason)
  }

  /** The connection is lost: asks the focus for a new session in place of this one. */
  requestRestart(): void {
    this.signal('session-terminate', [
      jingleReason('connectivity-error', 'ICE FAILED'),
      xml('bridge-session', { xmlns: NS.FOCUS, id: this.#bridgeSessionId, restart: true }),
    ]).catch((error: unknown) => console.warn('The focus refused a new media session', error))
  }

  override close(): void {
    this.channel?.close()
    super.close()
  }

  protected contentName(source: Source): string {
    return source.kind
  }
}
