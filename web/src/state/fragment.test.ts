import { describe, expect, it } from 'vitest'
import type { ServerConfig } from '../protocol/api'
import { applyOptions, flag, parseFragment } from './fragment'

const config: ServerConfig = {
  hosts: { domain: 'example.org', muc: 'conference.example.org' },
  websocket: 'wss://example.org/xmpp-websocket',
  p2p: { enabled: true },
}

describe('options in the fragment', () => {
  it('are read as stock clients write them', () => {
    const options = parseFragment(
      '#config.prejoinConfig.enabled=false&config.startWithAudioMuted=true&userInfo.displayName=%22Ada%20L.%22',
    )
    const result = applyOptions(config, options)
    expect(options.displayName).toBe('Ada L.')
    expect(flag(result, 'prejoinConfig.enabled', true)).toBe(false)
    expect(flag(result, 'startWithAudioMuted', false)).toBe(true)
  })

  it('take what is not JSON as text', () => {
    expect(parseFragment('#userInfo.displayName=Ada').displayName).toBe('Ada')
  })

  it('change one key and keep its neighbours', () => {
    const result = applyOptions({ ...config, p2p: { enabled: true, backToP2PDelay: 5 } }, parseFragment('#config.p2p.enabled=false'))
    expect(result.p2p).toEqual({ enabled: false, backToP2PDelay: 5 })
  })

  it('leave the configuration they are applied to alone', () => {
    applyOptions(config, parseFragment('#config.p2p.enabled=false'))
    expect(config.p2p?.enabled).toBe(true)
  })

  it('cannot redirect the connection', () => {
    const hostile = '#config.websocket=%22wss://evil.example%22&config.hosts.domain=%22evil.example%22&config.p2p.stunServers=[]&config.p2p={}'
    expect(applyOptions(config, parseFragment(hostile))).toEqual(config)
  })

  it('cannot reach prototypes', () => {
    applyOptions(config, parseFragment('#config.__proto__.polluted=true&config.testing.__proto__.polluted=true'))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('ignore what cannot be decoded', () => {
    expect(parseFragment('#config.subject=%E0%A4%A&=x&novalue').config.size).toBe(0)
  })
})
