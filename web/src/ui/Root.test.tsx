import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { audioSource, connectionStats, FakeMeeting, participant, videoSource } from '../../dev/fake-meeting'
import type { ServerConfig } from '../protocol/api'
import { App } from '../state/app'
import { Settings } from '../state/settings'
import { Root } from './Root'

const config: ServerConfig = {
  hosts: { domain: 'example.org', muc: 'conference.example.org' },
  websocket: 'wss://example.org/xmpp-websocket',
  serverName: 'Example',
}

let root: HTMLElement
let meeting: FakeMeeting
let app: App

function show(pathname: string, hash = '', policy: ServerConfig['policy'] = 'open'): void {
  meeting = new FakeMeeting()
  app = new App({
    config: { ...config, policy },
    loadProtocol: async () => () => meeting,
    settings: new Settings(undefined),
    location: { pathname, hash },
  })
  render(<Root app={app} />, root)
}

const find = (testId: string) => root.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
const seen = (testId: string) => vi.waitFor(() => expect(find(testId)).toBeTruthy()).then(() => find(testId)!)
const press = (key: string, target: EventTarget = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

async function showMeeting(moderator = false): Promise<void> {
  show('/QuietOtters', '#config.prejoinConfig.enabled=false&userInfo.displayName=Ada')
  await vi.waitFor(() => expect(meeting.calls).toContainEqual(['join']))
  meeting.admit(moderator)
  await seen('toolbar')
}

beforeEach(() => {
  root = document.createElement('div')
  document.body.append(root)
})
afterEach(() => {
  render(null, root)
  root.remove()
})

describe('the welcome page', () => {
  it('suggests a name, and takes a typed one', async () => {
    show('/')
    const field = find('welcome-room') as HTMLInputElement
    expect(field.placeholder).toMatch(/^\w+ \w+ \w+ \w+$/)
    field.value = 'Team retro'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }))
    await seen('prejoin-join')
    expect(app.room.value).toBe('Team-retro')
  })

  it('offers to sign in where the policy needs it, and only there', () => {
    show('/')
    expect(find('sign-in')).toBeNull()
    render(null, root)
    show('/', '', 'hosts')
    expect(find('sign-in')).toBeTruthy()
  })
})

describe('the meeting', () => {
  it('has a tile for everybody', async () => {
    await showMeeting()
    meeting.put(participant('b1', 'Grace', { sources: [audioSource('b1-a0'), videoSource('b1-v0')] }))
    await vi.waitFor(() => expect(app.model.value?.tiles.value).toHaveLength(2))
  })

  it('does what the toolbar says', async () => {
    await showMeeting()
    find('toolbar-hand')!.click()
    expect(meeting.calls).toContainEqual(['setRaisedHand', true])
    await vi.waitFor(() => expect(find('toolbar-hand')!.getAttribute('aria-pressed')).toBe('true'))
    find('toolbar-chat')!.click()
    await seen('chat-panel')
    find('toolbar-people')!.click()
    await seen('people-panel')
    expect(find('chat-panel')).toBeNull()
  })

  it('sends chat, shows it as text, and makes links safe', async () => {
    await showMeeting()
    find('toolbar-chat')!.click()
    const field = (await seen('chat-input')) as HTMLTextAreaElement
    field.value = '<img src=x> https://example.org'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await vi.waitFor(() => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      expect(meeting.calls.some(([name]) => name === 'sendChat')).toBe(true)
    })
    const line = await seen('chat-message')
    expect(line.querySelector('img')).toBeNull()
    expect(line.querySelector('a')?.getAttribute('rel')).toContain('noopener')
    expect(line.textContent).toContain('<img src=x>')
  })

  it('obeys shortcuts, but not while somebody types', async () => {
    await showMeeting()
    press('r')
    expect(meeting.calls.filter(([name]) => name === 'setRaisedHand')).toHaveLength(1)
    find('toolbar-chat')!.click()
    press('r', await seen('chat-input'))
    expect(meeting.calls.filter(([name]) => name === 'setRaisedHand')).toHaveLength(1)
    press('?')
    await seen('shortcuts-dialog')
  })

  it('lets moderators remove people, after asking', async () => {
    await showMeeting(true)
    meeting.put(participant('b1', 'Grace', { sources: [audioSource('b1-a0')] }))
    find('toolbar-people')!.click()
    await seen('person-b1')
    find('person-b1-menu')!.click()
    ;(await seen('menu-kick')).click()
    ;(await seen('confirm-yes')).click()
    await vi.waitFor(() => expect(meeting.calls).toContainEqual(['kick', 'b1', undefined]))
  })

  it('offers nothing of that to others', async () => {
    await showMeeting(false)
    meeting.put(participant('b1', 'Grace', { sources: [audioSource('b1-a0')] }))
    find('toolbar-people')!.click()
    await seen('person-b1')
    find('person-b1-menu')!.click()
    await seen('menu-pin')
    expect(find('menu-kick')).toBeNull()
    expect(find('mute-all')).toBeNull()
  })

  it('runs typed commands', async () => {
    await showMeeting(true)
    meeting.put(participant('b1', 'Grace'))
    find('toolbar-chat')!.click()
    const field = (await seen('chat-input')) as HTMLTextAreaElement
    field.value = '/mute grace'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await vi.waitFor(() => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      expect(meeting.calls).toContainEqual(['muteParticipant', 'b1', 'audio'])
    })
  })

  it('says that it is reconnecting, as long as it is', async () => {
    await showMeeting()
    meeting.setState('reconnecting')
    await seen('banner-reconnecting')
    meeting.setState('joined')
    await vi.waitFor(() => expect(find('banner-reconnecting')).toBeNull())
  })

  it('ends on a screen that says why', async () => {
    await showMeeting()
    meeting.put(participant('b1', 'Grace'))
    meeting.setState('left', { kind: 'kicked', by: 'b1', reason: 'noise' })
    const screen = await seen('left-screen')
    expect(screen.dataset['reason']).toBe('kicked')
    expect(screen.textContent).toContain('Grace removed you')
    find('left-home')!.click()
    await seen('welcome-room')
  })

  it('takes statistics', async () => {
    await showMeeting()
    meeting.put(participant('b1', 'Grace'))
    meeting.emit('stats', { self: connectionStats(), participants: new Map([['b1', connectionStats({ quality: 10 })]]) })
    expect(app.model.value?.person('b1')?.stats.value?.quality).toBe(10)
  })
})
