import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { audioSource, FakeMeeting, participant, videoSource } from '../../dev/fake-meeting'
import type { MeetingOptions, ServerConfig } from '../protocol/api'
import { App } from './app'
import { Settings } from './settings'

const config: ServerConfig = {
  hosts: { domain: 'example.org', muc: 'conference.example.org' },
  websocket: 'wss://example.org/xmpp-websocket',
  serverName: 'Example',
}

let meetings: FakeMeeting[]
let options: MeetingOptions[]
const latest = () => meetings.at(-1)!

function newApp(hash = '', pathname = '/QuietOtters', serverConfig: ServerConfig | undefined = config): App {
  return new App({
    config: serverConfig,
    loadProtocol: async () => (given) => {
      options.push(given)
      meetings.push(new FakeMeeting())
      return latest()
    },
    settings: new Settings(undefined),
    location: { pathname, hash },
  })
}

async function joined(hash = '#config.prejoinConfig.enabled=false', moderator = false): Promise<App> {
  const app = newApp(hash)
  await vi.waitFor(() => expect(meetings).toHaveLength(1))
  latest().admit(moderator)
  expect(app.screen.value).toBe('meeting')
  return app
}

beforeEach(() => {
  meetings = []
  options = []
})
afterEach(() => vi.useRealTimers())

describe('the way into a meeting', () => {
  it('begins on the welcome page', () => expect(newApp('', '/').screen.value).toBe('welcome'))

  it('stops at the prejoin screen until somebody joins', async () => {
    const app = newApp('#userInfo.displayName="Ada"')
    expect(app.screen.value).toBe('prejoin')
    const joining = app.join()
    await vi.waitFor(() => expect(meetings).toHaveLength(1))
    expect(app.joining.value).toBe(true)
    expect(options[0]).toMatchObject({ room: 'QuietOtters', displayName: 'Ada' })
    latest().admit()
    await joining
    expect(app.screen.value).toBe('meeting')
    expect(app.settings.recentRooms.value[0]?.room).toBe('QuietOtters')
  })

  it('skips the prejoin screen when the link says so', async () => {
    const app = newApp('#config.prejoinConfig.enabled=false&config.startWithAudioMuted=true&config.p2p.enabled=false')
    expect(app.screen.value).toBe('joining')
    await vi.waitFor(() => expect(options).toHaveLength(1))
    expect(options[0]).toMatchObject({ startAudioMuted: true, config: { p2p: { enabled: false } } })
  })

  it('waits for a host, and goes on by itself', async () => {
    const app = newApp('#config.prejoinConfig.enabled=false')
    await vi.waitFor(() => expect(meetings).toHaveLength(1))
    latest().setState('waiting-for-host')
    expect(app.screen.value).toBe('waiting-for-host')
    latest().admit()
    expect(app.screen.value).toBe('meeting')
  })

  it('asks for the password, and says when it was wrong', async () => {
    const app = newApp('#config.prejoinConfig.enabled=false')
    await vi.waitFor(() => expect(meetings).toHaveLength(1))
    latest().setState('left', { kind: 'password-required' })
    await vi.waitFor(() => expect(app.question.value).toEqual({ kind: 'password', wrong: false }))
    expect(app.screen.value).toBe('prejoin')
    await vi.waitFor(() => expect(app.joining.value).toBe(false))
    void app.answerPassword('secret')
    await vi.waitFor(() => expect(meetings).toHaveLength(2))
    expect(options[1]?.password).toBe('secret')
    latest().setState('left', { kind: 'password-required' })
    await vi.waitFor(() => expect(app.question.value).toEqual({ kind: 'password', wrong: true }))
  })

  it('asks for an account where the policy wants one, and uses it', async () => {
    const app = newApp('#config.prejoinConfig.enabled=false')
    await vi.waitFor(() => expect(meetings).toHaveLength(1))
    latest().setState('left', { kind: 'login-required', wrong: false })
    await vi.waitFor(() => expect(app.question.value?.kind).toBe('login'))
    await vi.waitFor(() => expect(app.joining.value).toBe(false))
    void app.signIn({ user: 'ada', password: 'word' })
    await vi.waitFor(() => expect(options[1]?.account).toEqual({ user: 'ada', password: 'word' }))
  })

  it('lets the host sign in from the waiting screen', async () => {
    const app = newApp('#config.prejoinConfig.enabled=false')
    await vi.waitFor(() => expect(meetings).toHaveLength(1))
    latest().setState('waiting-for-host')
    void app.signIn({ user: 'ada', password: 'word' })
    await vi.waitFor(() => expect(meetings).toHaveLength(2))
    expect(meetings[0]?.calls).toContainEqual(['leave'])
    latest().admit(true)
    await vi.waitFor(() => expect(app.screen.value).toBe('meeting'))
  })

  it('says when the server gave no configuration', () => {
    const app = new App({ config: undefined, loadProtocol: () => Promise.reject(new Error()), settings: new Settings(undefined), location: { pathname: '/x', hash: '' } })
    expect(app.screen.value).toBe('left')
    expect(app.left.value?.kind).toBe('unreachable')
  })
})

describe('the way out', () => {
  it('shows the last screen at once when we leave, and rejoins from there', async () => {
    const app = await joined()
    void app.leave()
    expect(app.screen.value).toBe('left')
    expect(app.left.value).toEqual({ kind: 'hangup' })
    await vi.waitFor(() => expect(latest().calls).toContainEqual(['leave']))
    await vi.waitFor(() => expect(app.joining.value).toBe(false))
    void app.rejoin()
    await vi.waitFor(() => expect(meetings).toHaveLength(2))
  })

  it.each([
    { kind: 'kicked', by: '', reason: '' },
    { kind: 'ended', reason: '' },
    { kind: 'full' },
    { kind: 'server-full' },
    { kind: 'unreachable' },
    { kind: 'failed', text: 'x' },
  ] as const)('tells when it was $kind', async (reason) => {
    const app = await joined()
    latest().setState('left', reason)
    await vi.waitFor(() => expect(app.left.value).toEqual(reason))
    expect(app.screen.value).toBe('left')
  })

  it('names who removed us', async () => {
    const app = await joined()
    latest().put(participant('b', 'Grace'))
    latest().setState('left', { kind: 'kicked', by: 'b', reason: '' })
    await vi.waitFor(() => expect(app.left.value).toMatchObject({ by: 'Grace' }))
  })

  it('stays in the meeting while the connection is being mended', async () => {
    const app = await joined()
    latest().setState('reconnecting')
    expect(app.screen.value).toBe('meeting')
    expect(app.model.value?.state.value).toBe('reconnecting')
    latest().setState('joined')
    expect(app.screen.value).toBe('meeting')
  })

  it('goes home', async () => {
    const app = await joined()
    app.home()
    expect(app.screen.value).toBe('welcome')
  })
})

describe('in the meeting', () => {
  it('people come and go, and their changes are seen', async () => {
    const app = await joined()
    const model = app.model.value!
    const grace = participant('b', 'Grace', { sources: [audioSource('b-a0', { muted: true })] })
    latest().put(grace)
    expect(model.tiles.value.map((tile) => tile.id)).toEqual(['aaaa0000', 'b'])
    expect(model.person('b')?.muted.value).toBe(true)
    grace.sources[0]!.muted = false
    latest().put(grace)
    expect(model.person('b')?.muted.value).toBe(false)
    latest().remove('b')
    expect(model.people.value).toEqual([])
  })

  it('a shared screen goes on stage and the tiles come back after it', async () => {
    const app = await joined()
    const model = app.model.value!
    latest().put(participant('b', 'Grace', { sources: [videoSource('b-v0')] }))
    expect(model.view.value).toBe('tiles')
    latest().put(participant('b', 'Grace', { sources: [videoSource('b-v0'), videoSource('b-v1', { videoType: 'desktop' })] }))
    expect(model.view.value).toBe('speaker')
    expect(model.stage.value?.id).toBe('b-v1')
    latest().put(participant('b', 'Grace', { sources: [videoSource('b-v0'), videoSource('b-v1', { videoType: 'desktop', muted: true })] }))
    expect(model.view.value).toBe('tiles')
  })

  it('a pinned tile stays on stage until it is let go or gone', async () => {
    const app = await joined()
    const model = app.model.value!
    latest().put(participant('b', 'Grace'))
    latest().put(participant('c', 'Alan'))
    model.pin('c')
    latest().emit('dominant-speaker', { id: 'b', previous: [] })
    expect(model.stage.value?.id).toBe('c')
    latest().remove('c')
    expect(model.pinned.value).toBe('')
    expect(model.view.value).toBe('tiles')
  })

  it('the stage follows who speaks', async () => {
    const app = await joined()
    const model = app.model.value!
    latest().put(participant('b', 'Grace'))
    latest().put(participant('c', 'Alan'))
    model.setView('speaker')
    latest().emit('dominant-speaker', { id: 'c', previous: [] })
    expect(model.stage.value?.id).toBe('c')
  })

  it('what is drawn is asked for, and nothing else', async () => {
    const app = await joined()
    const model = app.model.value!
    latest().put(participant('b', 'Grace', { sources: [videoSource('b-v0')] }))
    latest().put(participant('c', 'Alan', { sources: [videoSource('c-v0')] }))
    model.drawn('b', 640)
    await vi.waitFor(() => expect(Object.fromEntries(latest().wishes?.maxHeights ?? [])).toEqual({ 'b-v0': 720, 'c-v0': 0 }))
  })

  it('unread messages are counted while the chat is closed', async () => {
    const app = await joined()
    const { chat } = app.model.value!
    const message = { from: 'b', displayName: 'Grace', text: 'hello', time: new Date(), own: false }
    latest().emit('chat', { ...message, id: '1' })
    latest().emit('chat', { ...message, id: '1' })
    latest().emit('chat', { ...message, id: '2' })
    expect(chat.unread.value).toBe(2)
    expect(chat.lines.value).toHaveLength(2)
    chat.setOpen(true)
    expect(chat.unread.value).toBe(0)
    latest().emit('chat', { ...message, id: '3' })
    expect(chat.unread.value).toBe(0)
  })

  it('a moderator who mutes us is obeyed and named', async () => {
    const app = await joined()
    latest().put(participant('b', 'Grace'))
    app.settings.microphoneMuted.value = false
    latest().emit('muted-by', { kind: 'audio', by: 'b' })
    expect(app.settings.microphoneMuted.value).toBe(true)
    expect(app.notices.shown.value.at(-1)).toMatchObject({ key: 'notice.mutedBy.audio', values: { name: 'Grace' } })
  })

  it('hands and reactions go out', async () => {
    const app = await joined()
    const model = app.model.value!
    model.raiseHand(true)
    model.react('like')
    expect(latest().calls).toContainEqual(['setRaisedHand', true])
    expect(latest().calls).toContainEqual(['sendReaction', 'like'])
    expect(model.reactions.value).toHaveLength(1)
  })
})
