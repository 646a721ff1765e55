import { describe, expect, it } from 'vitest'
import { capsString, capsVersion, FEATURES, discoInfo, IDENTITIES } from './caps'

describe('entity capabilities', () => {
  // XEP-0115, section 5.2
  const identities = [{ category: 'client', type: 'pc', name: 'Exodus 0.9.1' }]
  const features = [
    'http://jabber.org/protocol/disco#info',
    'http://jabber.org/protocol/disco#items',
    'http://jabber.org/protocol/muc',
    'http://jabber.org/protocol/caps',
  ]

  it('hash to the value of the specification', async () => {
    expect(await capsVersion(identities, features)).toBe('QgayPKawpkPSDYmwT/WM94uAlu0=')
  })

  it('are written in order, whatever the order in which they came', () => {
    expect(capsString(identities, features)).toBe(
      'client/pc//Exodus 0.9.1<http://jabber.org/protocol/caps<http://jabber.org/protocol/disco#info<' +
        'http://jabber.org/protocol/disco#items<http://jabber.org/protocol/muc<',
    )
  })

  it('sort identities by language too', () => {
    const psi = [
      { category: 'client', type: 'pc', lang: 'en', name: 'Psi 0.11' },
      { category: 'client', type: 'pc', lang: 'el', name: 'Ψ 0.11' },
    ]
    expect(capsString(psi, [])).toBe('client/pc/el/Ψ 0.11<client/pc/en/Psi 0.11<')
  })

  it('are what disco#info answers', async () => {
    const query = discoInfo('node#x')
    expect(query.attrs['node']).toBe('node#x')
    expect(query.children.filter((c) => c.name === 'feature').map((f) => f.attrs['var'])).toEqual(FEATURES)
    expect(query.children.filter((c) => c.name === 'identity')).toHaveLength(IDENTITIES.length)
  })

  it('do not promise what is not done', () => {
    expect(FEATURES).not.toContain('http://jitsi.org/rtp-mid-demux')
    expect(FEATURES).not.toContain('urn:xmpp:jingle:transports:dtls-sctp:1')
  })
})
