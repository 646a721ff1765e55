import type { ServerConfig } from '../protocol/api'

/** What a link may say about the person who follows it and about the meeting's settings. */
export interface FragmentOptions {
  /** Dotted keys below `config`, such as `p2p.enabled`, with their values. */
  config: Map<string, unknown>
  displayName?: string
}

/**
 * The keys that a link may change, by their first part. Where the client connects to is not among them: a link must not
 * be able to send somebody's password to another server.
 */
const changeable = new Set([
  'backToP2PDelay',
  'channelLastN',
  'constraints',
  'defaultLanguage',
  'disableReactions',
  'enableInsecureRoomNameWarning',
  'p2p',
  'prejoinConfig',
  'prejoinPageEnabled',
  'resolution',
  'startAudioOnly',
  'startWithAudioMuted',
  'startWithVideoMuted',
  'subject',
  'testing',
  'useTurnUdp',
  'videoQuality',
])
const fixed = new Set(['p2p.stunServers', 'p2p.iceTransportPolicy'])

/**
 * Reads options from an address's fragment, in the form of stock clients:
 * `#config.startWithAudioMuted=true&userInfo.displayName="Ada"`. Values are JSON, URI-encoded; what is not JSON is
 * taken as text; what can't be decoded is left out.
 */
export function parseFragment(hash: string): FragmentOptions {
  const options: FragmentOptions = { config: new Map() }
  for (const part of hash.replace(/^#/, '').split('&')) {
    const equals = part.indexOf('=')
    if (equals < 1) continue
    let key: string
    let text: string
    try {
      key = decodeURIComponent(part.slice(0, equals))
      text = decodeURIComponent(part.slice(equals + 1))
    } catch {
      continue
    }
    const value = readValue(text)
    if (key.startsWith('config.')) options.config.set(key.slice('config.'.length), value)
    else if (key === 'userInfo.displayName' && typeof value === 'string') options.displayName = value.trim().slice(0, 80)
  }
  return options
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A copy of `config` with a link's options applied, as far as a link may change them. */
export function applyOptions(config: ServerConfig, options: FragmentOptions): ServerConfig {
  const result = structuredClone(config)
  for (const [key, value] of options.config) {
    const path = key.split('.')
    if (!changeable.has(path[0] ?? '') || fixed.has(key) || path.some(isUnsafe)) continue
    if (typeof value === 'object' && value !== null && key === 'p2p') continue
    let target: Record<string, unknown> = result
    for (const step of path.slice(0, -1)) {
      const next = target[step]
      target = (typeof next === 'object' && next !== null ? next : (target[step] = {})) as Record<string, unknown>
    }
    const last = path.at(-1)
    if (last) target[last] = value
  }
  return result
}

const isUnsafe = (step: string) => step === '' || step === '__proto__' || step === 'constructor' || step === 'prototype'

/** Reads a boolean at a dotted key of the configuration. */
export function flag(config: ServerConfig, key: string, otherwise: boolean): boolean {
  let value: unknown = config
  for (const step of key.split('.')) value = (value as Record<string, unknown> | undefined)?.[step]
  return typeof value === 'boolean' ? value : otherwise
}
