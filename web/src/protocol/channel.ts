/** The bridge channel: JSON messages over a WebSocket between an endpoint and the bridge (wire contract, section 7). */
import { Emitter } from './emitter'
import { parseObject } from './presence'
import type { MediaKind, ReceiverWishes } from './api'

/** What a stream of the bridge's own stands for from now on. */
export interface SourceMapping {
  source: string
  owner: string
  ssrc: number
  /** Of its retransmissions. */
  rtx?: number
  desktop: boolean
}

export interface ChannelEvents {
  open: undefined
  /** How large receivers want one of our sources at most; 0 for nobody wants it. */
  'sender-constraints': { source: string; maxHeight: number }
  /** Streams stand for other sources; those that are not named stay what they are. */
  mapped: { kind: MediaKind; mappings: SourceMapping[] }
  /** All sources that the bridge forwards to us now. */
  forwarded: string[]
  'dominant-speaker': { id: string; previous: string[] }
  connectivity: { id: string; active: boolean }
  message: { from: string; payload: Record<string, unknown> }
  /** What another endpoint says of its connection. */
  'endpoint-stats': { from: string; stats: Record<string, unknown> }
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 60_000
/** Longer lists are cut: nobody shows more. */
const MAX_LIST = 5000

export class BridgeChannel extends Emitter<ChannelEvents> {
  readonly #url: string
  #socket: WebSocket | undefined
  #retryMs = FIRST_RETRY_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false
  #constraints: ReceiverWishes | undefined
  readonly #videoTypes = new Map<string, string>()

  constructor(url: string) {
    super()
    this.#url = url
    globalThis.addEventListener?.('online', this.#hurry)
    this.#open()
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 1
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    globalThis.removeEventListener?.('online', this.#hurry)
    this.#socket?.close(1000)
    this.#socket = undefined
    this.clear()
  }

  /** Kept, and told again to each new socket. */
  setReceiverWishes(wishes: ReceiverWishes): void {
    this.#constraints = wishes
    this.#send(receiverConstraints(wishes))
  }

  setVideoType(sourceName: string, videoType: 'camera' | 'desktop' | 'none'): void {
    if (this.#videoTypes.get(sourceName) === videoType) return
    this.#videoTypes.set(sourceName, videoType)
    this.#send({ colibriClass: 'SourceVideoTypeMessage', sourceName, videoType })
  }

  /** To one endpoint, or to all others when `to` is empty. */
  sendMessage(to: string, payload: Record<string, unknown>): void {
    this.#send({ colibriClass: 'EndpointMessage', to, msgPayload: payload })
  }

  sendStats(stats: Record<string, unknown>): void {
    this.#send({ colibriClass: 'EndpointStats', ...stats })
  }

  #send(message: Record<string, unknown>): void {
    if (this.isOpen) this.#socket!.send(JSON.stringify(message))
  }

  #open(): void {
    clearTimeout(this.#timer)
    let socket: WebSocket
    try {
      socket = new WebSocket(this.#url)
    } catch (error) {
      console.error('The bridge channel has a useless address', error)
      return
    }
    this.#socket = socket
    socket.onopen = () => {
      this.#retryMs = FIRST_RETRY_MS
      // The bridge sends no video before it has heard what is wanted.
      if (this.#constraints) this.#send(receiverConstraints(this.#constraints))
      for (const [sourceName, videoType] of this.#videoTypes) {
        this.#send({ colibriClass: 'SourceVideoTypeMessage', sourceName, videoType })
      }
      this.emit('open', undefined)
    }
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#receive(parseObject(data))
    }
    socket.onclose = () => {
      if (this.#closed || socket !== this.#socket) return
      this.#timer = setTimeout(() => this.#open(), this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
    }
  }

  readonly #hurry = (): void => {
    if (this.#socket?.readyState === 3) this.#open()
  }

  #receive(message: Record<string, unknown>): void {
    switch (message['colibriClass']) {
      case 'SenderSourceConstraints': {
        const { sourceName, maxHeight } = message
        if (typeof sourceName === 'string' && typeof maxHeight === 'number') {
          this.emit('sender-constraints', { source: sourceName, maxHeight })
        }
        break
      }
      case 'VideoSourcesMap':
        this.emit('mapped', { kind: 'video', mappings: mappings(message['mappedSources']) })
        break
      case 'AudioSourcesMap':
        this.emit('mapped', { kind: 'audio', mappings: mappings(message['mappedSources']) })
        break
      case 'ForwardedSources':
        this.emit('forwarded', strings(message['forwardedSources']))
        break
      case 'DominantSpeakerEndpointChangeEvent': {
        const id = message['dominantSpeakerEndpoint']
        if (typeof id === 'string') {
          this.emit('dominant-speaker', { id, previous: strings(message['previousSpeakers']) })
        }
        break
      }
      case 'EndpointConnectivityStatusChangeEvent': {
        const { endpoint, active } = message
        // The flag is a string on the wire.
        if (typeof endpoint === 'string') this.emit('connectivity', { id: endpoint, active: String(active) === 'true' })
        break
      }
      case 'EndpointMessage': {
        const { from, msgPayload } = message
        if (typeof from === 'string' && typeof msgPayload === 'object' && msgPayload !== null) {
          this.emit('message', { from, payload: msgPayload as Record<string, unknown> })
        }
        break
      }
      case 'EndpointStats': {
        const { from, colibriClass: _, ...stats } = message
        if (typeof from === 'string') this.emit('endpoint-stats', { from, stats })
        break
      }
    }
  }
}

export function receiverConstraints(wishes: ReceiverWishes): Record<string, unknown> {
  const constraints: Record<string, { maxHeight: number }> = {}
  for (const [source, maxHeight] of wishes.maxHeights) constraints[source] = { maxHeight: Math.round(maxHeight) }
  return {
    colibriClass: 'ReceiverVideoConstraints',
    lastN: wishes.lastN,
    onStageSources: wishes.onStage,
    selectedSources: wishes.selected,
    defaultConstraints: { maxHeight: Math.round(wishes.defaultMaxHeight) },
    constraints,
  }
}

/**
 * Where to reach the offered channel from this page. A bridge on the page's own host is reached through the page's own
 * origin: the address that the server gives knows neither a port that was forwarded nor whether the page came by TLS.
 */
export function channelUrl(offered: string, page?: { protocol: string; hostname: string; host: string }): string {
  if (!page || !/^https?:$/.test(page.protocol)) return offered
  const url = new URL(offered)
  if (!isLoopback(url.hostname) && url.hostname !== page.hostname) return offered
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${url.pathname}${url.search}`
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

function mappings(value: unknown): SourceMapping[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, MAX_LIST).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return []
    const { source, owner, ssrc, rtx, videoType } = entry as Record<string, unknown>
    if (typeof source !== 'string' || typeof owner !== 'string' || !isSsrc(ssrc)) return []
    const desktop = typeof videoType === 'string' && /^desktop/i.test(videoType)
    return [{ source, owner, ssrc, ...(isSsrc(rtx) ? { rtx } : {}), desktop }]
  })
}

function isSsrc(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 0xffffffff
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, MAX_LIST).filter((item) => typeof item === 'string') : []
}
