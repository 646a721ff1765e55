import { render } from 'preact'
import type { LeftReason, ServerConfig } from '../src/protocol/api'
import { App } from '../src/state/app'
import { Settings } from '../src/state/settings'
import { describePage, exposeHandle } from '../src/ui/page'
import { Root } from '../src/ui/Root'
import { audioSource, connectionStats, FakeMeeting, participant, videoSource } from './fake-meeting'
import { cameraTrack, screenTrack } from './pictures'

/**
 * The page with a pretended meeting, to look at: `/dev/harness.html?people=5&share&moderator`.
 *
 * - `screen`: `welcome`, `prejoin`, `waiting`, `left` (with `kind`), `password`, `login`, else the meeting
 * - `people`: how many in all · `share`: somebody shows a screen · `view=speaker` · `panel=chat|people`
 * - `moderator` · `reconnecting` · `name` · `policy` · `rtl` · `toast` · `hands`
 */
const wanted = new URLSearchParams(location.search)
const names = [
  'Grace Hopper',
  'Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst',
  'محمد بن موسى الخوارزمي',
  'Katherine Johnson',
  '渡辺 久子',
  'Alan',
  'Радия Перлман',
  'Edsger Dijkstra',
  'שירה כהן',
  'Barbara Liskov',
]

const config: ServerConfig = {
  hosts: { domain: 'meet.example.org', muc: 'conference.meet.example.org' },
  websocket: 'wss://meet.example.org/xmpp-websocket',
  serverName: 'meet.example.org',
  policy: (wanted.get('policy') ?? 'open') as 'open',
}
const settings = new Settings(undefined)
settings.displayName.value = wanted.get('name') ?? 'Ada Lovelace'
settings.recentRooms.value = [
  { room: 'QuietOttersSailTogether', at: Date.now() - 3_600_000 * 2 },
  { room: 'Weekly-design-review', at: Date.now() - 86_400_000 },
  { room: 'BraveFerrymenRowUpstream', at: Date.now() - 86_400_000 * 6 },
]
if (wanted.get('view') === 'speaker') settings.view.value = 'speaker'
if (wanted.has('rtl')) document.documentElement.dir = 'rtl'
if (wanted.has('no-camera')) settings.cameraOff.value = true

const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
navigator.mediaDevices.getUserMedia = async (constraints) => {
  if (wanted.has('refused')) throw new DOMException('refused', 'NotAllowedError')
  const tracks = constraints?.audio ? (await ask({ audio: true })).getAudioTracks() : []
  return new MediaStream([...tracks, ...(constraints?.video ? [cameraTrack(0)] : [])])
}

const meeting = new FakeMeeting()
const screen = wanted.get('screen') ?? 'meeting'
const skip = screen === 'meeting' || screen === 'waiting' || screen === 'left' ? '#config.prejoinConfig.enabled=false' : ''
const app = new App({
  config: wanted.has('no-config') ? undefined : config,
  loadProtocol: async () => () => meeting,
  settings,
  location: { pathname: screen === 'welcome' ? '/' : '/QuietOttersSailTogether', hash: skip },
})
const root = document.getElementById('app')!
describePage(app, root)
exposeHandle(app)
render(<Root app={app} />, root)
Object.assign(window, { app, fake: meeting })

async function play(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50))
  if (screen === 'waiting') return meeting.setState('waiting-for-host')
  if (screen === 'left') {
    meeting.setState('left', { kind: wanted.get('kind') ?? 'hangup', by: 'Grace Hopper', reason: '', text: 'item-not-found: no such room', wrong: false } as LeftReason)
    return
  }
  if (screen === 'password') app.question.value = { kind: 'password', wrong: wanted.has('wrong') }
  if (screen === 'login') app.question.value = { kind: 'login', wrong: wanted.has('wrong') }
  if (screen !== 'meeting') return
  meeting.admit(wanted.has('moderator'), settings.displayName.value)
  const count = Number(wanted.get('people') ?? 5)
  for (let i = 0; i < count - 1; i++) {
    const id = `b${String(i).padStart(7, '0')}`
    const bare = i % 5 === 3
    meeting.put(
      participant(id, i >= names.length ? `${names[i % names.length]} ${i}` : (names[i] ?? ''), {
        moderator: i === 0,
        raisedHand: wanted.has('hands') && i % 3 === 1 ? Date.now() - i * 1000 : 0,
        connection: wanted.has('lost') && i === 1 ? 'interrupted' : 'active',
        sources: [
          audioSource(`${id}-a0`, { muted: i % 3 === 2 }),
          videoSource(`${id}-v0`, { muted: bare, forwarded: !(wanted.has('paused') && i === 2), ...(!bare && { track: cameraTrack(i + 1) }) }),
          ...(wanted.has('share') && i === 0 ? [videoSource(`${id}-v1`, { videoType: 'desktop', track: screenTrack() })] : []),
        ],
      }),
    )
  }
  const stats = () =>
    meeting.emit('stats', {
      self: connectionStats({ quality: 88, path: count === 2 ? 'p2p' : 'bridge', limitedBy: 'cpu', localAddress: '192.0.2.17', remoteAddress: '198.51.100.4' }),
      participants: new Map([...meeting.participants.keys()].map((id, i) => [id, connectionStats({ quality: i === 1 ? 20 : i === 2 ? 50 : 95, path: count === 2 ? 'p2p' : 'bridge' })])),
    })
  stats()
  meeting.emit('media-path', { p2p: count === 2 })
  const speaker = 'b0000000'
  meeting.emit('dominant-speaker', { id: speaker, previous: [] })
  setInterval(() => meeting.emit('audio-levels', new Map([[speaker, 0.3]])), 300)
  if (wanted.has('quiet-chat') || wanted.get('panel') === 'chat') chat()
  const panel = wanted.get('panel')
  if (panel) setTimeout(() => document.querySelector<HTMLElement>(`[data-testid=toolbar-${panel}]`)?.click(), 200)
  if (wanted.has('reconnecting')) meeting.setState('reconnecting')
  if (wanted.has('toast')) {
    app.notices.show({ key: 'notice.mutedBy.audio', values: { name: 'Grace Hopper' }, tone: 'warning', seconds: 60 })
    app.notices.show({ key: 'notice.youAreMuted', tone: 'warning', action: { key: 'microphone.turnOn', run: () => undefined }, seconds: 60 })
  }
  if (wanted.has('reactions')) for (const [i, reaction] of ['like', 'clap', 'love'].entries()) setTimeout(() => meeting.emit('reaction', { from: speaker, reactions: [reaction] }), i * 300)
}

function chat(): void {
  const line = (from: string, displayName: string, text: string, minutes: number, privateTo?: string) =>
    meeting.emit('chat', { id: `${from}-${minutes}-${text.length}`, from, displayName, text, time: new Date(Date.now() - minutes * 60_000), own: from === meeting.selfId, ...(privateTo && { privateTo }) })
  line('b0000000', 'Grace Hopper', 'Good morning! The notes are at https://example.org/notes/2026-11 (they are short).', 9)
  line('b0000000', 'Grace Hopper', 'Please read them before we begin.', 9)
  line(meeting.selfId, 'Ada Lovelace', 'Thanks, reading.', 7)
  line('b0000002', 'محمد بن موسى الخوارزمي', 'صباح الخير للجميع، هل نبدأ؟', 5)
  line('b0000000', 'Grace Hopper', 'Can you take the minutes today?', 3, meeting.selfId)
}

void play()
