/** A focus's session-initiate, as the wire contract shows it. */
import { NS } from '../namespaces'
import { xml, type Xml } from '../xml'

export const FINGERPRINT = '8D:94:51:A6:97:17:FE:1F:52:A9:0C:4A:B4:E1:DA:F4:3E:7A:0A:4C:67:9A:66:2D:1C:D7:47:59:C7:F4:42:0B'

export function offer(...more: Xml[]): Xml {
  return xml(
    'jingle',
    { xmlns: NS.JINGLE, action: 'session-initiate', initiator: 'focus@auth.d/f', sid: 'sid' },
    xml('content', { creator: 'initiator', name: 'audio', senders: 'both' }, audio(), transport()),
    xml('content', { creator: 'initiator', name: 'video', senders: 'both' }, video(), transport()),
    ...more,
  )
}

function audio(): Xml {
  return xml(
    'description',
    { xmlns: NS.RTP, media: 'audio' },
    xml(
      'payload-type',
      { id: 111, name: 'opus', clockrate: 48000, channels: 2 },
      xml('parameter', { name: 'minptime', value: 10 }),
      xml('parameter', { name: 'useinbandfec', value: 1 }),
      xml('rtcp-fb', { xmlns: NS.RTCP_FB, type: 'transport-cc' }),
    ),
    xml('rtp-hdrext', { xmlns: NS.HDREXT, id: 1, uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level' }),
    xml('extmap-allow-mixed', { xmlns: NS.HDREXT }),
    xml('rtcp-mux'),
    bridgeSource(1001, 'jvb-a0', 'audio0'),
  )
}

function video(): Xml {
  return xml(
    'description',
    { xmlns: NS.RTP, media: 'video' },
    xml('payload-type', { id: 41, name: 'AV1', clockrate: 90000 }),
    xml('payload-type', { id: 100, name: 'VP8', clockrate: 90000 }, xml('rtcp-fb', { xmlns: NS.RTCP_FB, type: 'nack', subtype: 'pli' })),
    xml('payload-type', { id: 96, name: 'rtx', clockrate: 90000 }, xml('parameter', { name: 'apt', value: 100 })),
    xml('rtp-hdrext', { xmlns: NS.HDREXT, id: 10, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' }),
    xml('rtcp-mux'),
    bridgeSource(1002, 'jvb-v0', 'video0'),
  )
}

function bridgeSource(ssrc: number, name: string, label: string): Xml {
  return xml(
    'source',
    { xmlns: NS.SSMA, ssrc, name },
    xml('parameter', { name: 'msid', value: `mixedmslabel mixedlabel${label}` }),
    xml('ssrc-info', { xmlns: NS.JITMEET, owner: 'jvb' }),
  )
}

function transport(): Xml {
  return xml(
    'transport',
    { xmlns: NS.ICE, ufrag: 'ufrag', pwd: 'pwd' },
    xml('rtcp-mux'),
    xml('fingerprint', { xmlns: NS.DTLS, hash: 'sha-256', setup: 'actpass' }, FINGERPRINT),
    xml('candidate', {
      component: 1,
      foundation: 1,
      generation: 0,
      id: 'c',
      ip: '127.0.0.1',
      network: 0,
      port: 10000,
      priority: 2130706431,
      protocol: 'udp',
      type: 'host',
    }),
    xml('web-socket', { xmlns: NS.COLIBRI, url: 'wss://localhost/colibri-ws/s/c/e?pwd=x' }),
  )
}
