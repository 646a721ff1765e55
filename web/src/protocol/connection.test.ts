// @vitest-environment node
import './testing/xmlDom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PING_AFTER_MS, PING_TIMEOUT_MS, StanzaError, XmppConnection, stanza } from './connection'
import { FakeServer } from './testing/fakeServer'
import { xml } from './xml'

describe('a connection', () => {
  let server: FakeServer
  let connection: XmppConnection
  let events: string[]

  function connect(account?: { user: string; password: string }): void {
    connection = new XmppConnection({ url: 'ws://server/xmpp-websocket', domain: 'd', pingTarget: 'd', account })
    for (const event of ['connected', 'interrupted', 'resumed', 'failed'] as const) {
      connection.on(event, (value) => events.push(event === 'failed' ? `failed ${JSON.stringify(value)}` : event))
    }
    connection.connect()
  }

  beforeEach(() => {
    vi.useFakeTimers()
    server = new FakeServer()
    server.install()
    events = []
  })

  afterEach(() => {
    connection.close()
    vi.useRealTimers()
  })

  it('logs in anonymously and knows its address', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    expect(events).toEqual(['connected'])
    expect(connection.jid).toBe('11111111-x@d/res')
    expect(connection.online).toBe(true)
  })

  it('resumes after a cut, with the token in the address, and loses nothing that was sent meanwhile', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    server.cut()
    expect(events).toEqual(['connected', 'interrupted'])
    connection.send(stanza('message', { to: 'r@m', type: 'groupchat' }, xml('body', {}, 'kept')))
    const answer = connection.iq('get', 'd', xml('query', { xmlns: 'x' }))
    await vi.advanceTimersByTimeAsync(1000)
    expect(events).toEqual(['connected', 'interrupted', 'resumed'])
    expect(connection.jid).toBe('11111111-x@d/res')
    expect(server.sessions[0]!.socket!.url).toContain('previd=token1')
    expect(server.sent('message').map((m) => m.children[0]!.text)).toEqual(['kept'])
    await expect(answer).resolves.toMatchObject({ name: 'iq' })
  })

  it('hears what the room said while it was away', async () => {
    connect()
    const heard: string[] = []
    connection.on('message', (m) => heard.push(m.children[0]!.text))
    await vi.advanceTimersByTimeAsync(100)
    const [session] = server.sessions
    server.cut()
    server.deliver(session!, '<message xmlns="jabber:client" from="r@m/a" type="groupchat"><body>hello</body></message>')
    await vi.advanceTimersByTimeAsync(1000)
    expect(heard).toEqual(['hello'])
  })

  it('makes a new session when the server has forgotten the old one, and takes nothing of it along', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    server.restart()
    connection.send(stanza('message', { to: 'r@m', type: 'groupchat' }, xml('body', {}, 'stale')))
    const answer = connection.iq('get', 'd', xml('query', { xmlns: 'x' })).catch((error: StanzaError) => error.condition)
    await vi.advanceTimersByTimeAsync(1000)
    expect(events).toEqual(['connected', 'interrupted', 'connected'])
    expect(connection.jid).toBe('22222222-x@d/res')
    expect(server.sent('message')).toEqual([])
    expect(await answer).toBe('remote-server-timeout')
    // The new session can be resumed in its turn.
    server.cut()
    await vi.advanceTimersByTimeAsync(1000)
    expect(events.at(-1)).toBe('resumed')
  })

  it('tries at least every two seconds while the server is away, without end', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    server.up = false
    server.cut()
    await vi.advanceTimersByTimeAsync(60_000)
    const tries = server.connections
    await vi.advanceTimersByTimeAsync(20_000)
    expect(server.connections - tries).toBeGreaterThanOrEqual(10)
    server.up = true
    await vi.advanceTimersByTimeAsync(2500)
    expect(events.at(-1)).toBe('resumed')
  })

  it('gives up a first attempt that nobody answers', async () => {
    server.up = false
    connect()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(events).toEqual(['failed {"kind":"unreachable"}'])
  })

  it('tells a wrong password', async () => {
    server.mechanisms = ['PLAIN']
    connect({ user: 'ada', password: 'wrong' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(events).toEqual(['failed {"kind":"login","wrong":true}'])
  })

  it('logs in with an account', async () => {
    server.mechanisms = ['PLAIN']
    connect({ user: 'ada', password: 'right' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(events).toEqual(['connected'])
  })

  it('asks for an account where strangers are not admitted', async () => {
    server.mechanisms = ['PLAIN']
    connect()
    await vi.advanceTimersByTimeAsync(1000)
    expect(events).toEqual(['failed {"kind":"login","wrong":false}'])
  })

  it('notices a silent server by its missing answer to a ping', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    server.silent = true
    await vi.advanceTimersByTimeAsync(PING_AFTER_MS + PING_TIMEOUT_MS + 100)
    expect(events.slice(0, 2)).toEqual(['connected', 'interrupted'])
    server.silent = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(events.at(-1)).toBe('resumed')
  })

  it('stays when pings are answered', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(events).toEqual(['connected'])
  })

  it('answers queries, refuses those it does not know, and passes refusals on', async () => {
    connect()
    connection.handleIq('ask', 'urn:x', () => xml('reply', { xmlns: 'urn:x' }))
    connection.handleIq('refuse', 'urn:x', () => {
      throw new StanzaError('not-allowed')
    })
    await vi.advanceTimersByTimeAsync(100)
    const [session] = server.sessions
    for (const name of ['ask', 'refuse', 'unknown']) {
      server.deliver(session!, `<iq xmlns="jabber:client" type="get" id="${name}" from="r@m/a"><${name} xmlns="urn:x"/></iq>`)
    }
    await vi.advanceTimersByTimeAsync(100)
    const replies = server.sent('iq').filter((iq) => iq.attrs['to'] === 'r@m/a')
    expect(replies.map((r) => [r.attrs['id'], r.attrs['type']])).toEqual([
      ['ask', 'result'],
      ['refuse', 'error'],
      ['unknown', 'error'],
    ])
    expect(replies[1]!.children[0]!.children[0]!.name).toBe('not-allowed')
    expect(replies[2]!.children[0]!.children[0]!.name).toBe('service-unavailable')
  })

  it('takes answers only from whoever was asked', async () => {
    connect()
    await vi.advanceTimersByTimeAsync(100)
    server.silent = true
    const answer = connection.iq('get', 'r@m/focus', xml('query', { xmlns: 'x' }))
    await vi.advanceTimersByTimeAsync(10)
    const id = server.sent('iq').at(-1)!.attrs['id']
    const [session] = server.sessions
    server.deliver(session!, `<iq xmlns="jabber:client" type="result" id="${id}" from="r@m/mallory"/>`)
    server.deliver(session!, `<iq xmlns="jabber:client" type="result" id="${id}" from="r@m/focus"/>`)
    await vi.advanceTimersByTimeAsync(10)
    expect((await answer).attrs['from']).toBe('r@m/focus')
  })
})
