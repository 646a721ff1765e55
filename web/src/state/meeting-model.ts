import { batch, computed, effect, signal, untracked } from '@preact/signals'
import type { ConnectionStats, LeftReason, Meeting, MeetingState, Participant, ReceiverWishes } from '../protocol/api'
import { ChatModel } from './chat-model'
import type { LocalMedia } from './local-media'
import { sendMedia } from './media-sender'
import type { Notices } from './notices'
import { Person } from './person'
import type { Settings, View } from './settings'
import { SpeakingTimes } from './speaking-times'
import { orderTiles, stageTile, type TileInfo } from './tiles'
import { receiverWishes, sameWishes } from './wishes'

export interface FloatingReaction {
  key: number
  from: string
  reaction: string
}

const reactionSeconds = 4
/** So many reactions float at once. */
const maxReactions = 30
const wishesDelayMs = 150

/** One stay in one meeting as observable state, and what can be done in it. */
export class MeetingModel {
  readonly state = signal<MeetingState>('connecting')
  readonly left = signal<LeftReason | null>(null)
  /** We were in the room at least once. */
  readonly joinedOnce = signal(false)
  readonly joinedAt = signal(0)
  readonly selfId = signal('')
  readonly moderator = signal(false)
  /** Everybody else, in the order of their coming. */
  readonly people = signal<readonly Person[]>([])
  readonly subject = signal('')
  readonly dominant = signal('')
  readonly selfSpeaking = signal(false)
  readonly selfStats = signal<ConnectionStats | undefined>(undefined)
  readonly p2p = signal(false)
  readonly handRaisedAt = signal(0)
  readonly reactions = signal<readonly FloatingReaction[]>([])
  /** The browser wants a click before it plays sound. */
  readonly soundBlocked = signal(false)
  readonly pinned = signal('')
  readonly chat = new ChatModel()
  readonly speakingTimes = new SpeakingTimes()

  /** The order in which tiles were last, so that they keep their places. */
  private order: readonly string[] = []
  readonly tiles = computed(() => {
    const tiles = orderTiles(this.order, this.presentTiles())
    this.order = tiles.map((tile) => tile.id)
    return tiles
  })
  readonly view
  readonly stage = computed(() => (this.view.value === 'speaker' ? stageTile(this.tiles.value, this.pinned.value, this.dominant.value) : undefined))

  /** Heights in device pixels of the pictures in visible tiles; filled by the page. */
  private readonly heights = signal<ReadonlyMap<string, number>>(new Map())
  private sentWishes: ReceiverWishes | undefined
  private wishesTimer: ReturnType<typeof setTimeout> | undefined
  private selfQuiet: ReturnType<typeof setTimeout> | undefined
  /** The view to go back to when the last shared screen is gone. */
  private viewBeforeShare: View | undefined
  private reactionKey = 0
  private readonly stops: (() => void)[] = []

  constructor(
    readonly meeting: Meeting,
    readonly media: LocalMedia,
    readonly settings: Settings,
    private readonly notices: Notices,
    /** At most so many videos are asked for; -1 for all that are visible. */
    readonly lastN = -1,
  ) {
    this.view = signal<View>(settings.view.peek())
    this.listen()
    this.stops.push(
      sendMedia(meeting, media, () => notices.show({ key: 'notice.mediaFailed', tone: 'problem', tag: 'media' })),
      effect(() => this.followShares()),
      effect(() => this.scheduleWishes()),
    )
  }

  person(id: string): Person | undefined {
    return this.people.value.find((person) => person.id === id)
  }

  join(): Promise<void> {
    return this.meeting.join()
  }

  /** Says goodbye; the state becomes `left` when the protocol says so. */
  leave(): Promise<void> {
    return this.meeting.leave()
  }

  dispose(): void {
    for (const stop of this.stops.splice(0)) stop()
    clearTimeout(this.wishesTimer)
    clearTimeout(this.selfQuiet)
  }

  raiseHand(raised: boolean): void {
    this.handRaisedAt.value = raised ? Date.now() : 0
    this.meeting.setRaisedHand(raised)
  }

  react(reaction: string): void {
    this.meeting.sendReaction(reaction)
    this.float(this.selfId.value, [reaction])
  }

  setView(view: View): void {
    batch(() => {
      this.viewBeforeShare = undefined
      this.view.value = view
      if (view === 'tiles') this.pinned.value = ''
      this.settings.view.value = view
    })
  }

  /** Keeps a tile on stage; the same again lets it go. */
  pin(tileId: string): void {
    batch(() => {
      const release = this.pinned.value === tileId
      this.pinned.value = release ? '' : tileId
      if (release) this.view.value = this.viewBeforeShare === undefined ? this.settings.view.value : 'speaker'
      else this.view.value = 'speaker'
    })
  }

  /** The page tells how large a tile's picture is drawn, in device pixels; 0 when it is not visible. */
  drawn(tileId: string, pixels: number): void {
    const before = this.heights.peek().get(tileId) ?? 0
    if (Math.abs(before - pixels) < 1) return
    const heights = new Map(this.heights.peek())
    if (pixels > 0) heights.set(tileId, pixels)
    else heights.delete(tileId)
    this.heights.value = heights
  }

  private presentTiles(): TileInfo[] {
    const selfId = this.selfId.value || 'self'
    const tiles: TileInfo[] = [{ id: selfId, personId: selfId, own: true, kind: 'camera' }]
    for (const person of this.people.value) {
      const source = person.camera.value?.name
      tiles.push({ id: person.id, personId: person.id, own: false, kind: 'camera', ...(source && { source }) })
      for (const screen of person.screens.value) {
        tiles.push({ id: screen.name, personId: person.id, own: false, kind: 'screen', source: screen.name })
      }
    }
    if (this.media.screen.value) tiles.push({ id: `${selfId}-screen`, personId: selfId, own: true, kind: 'screen' })
    return tiles
  }

  /** A screen that somebody shares goes on stage; when the last is gone, the view is what it was before. */
  private followShares(): void {
    const shares = this.tiles.value.filter((tile) => tile.kind === 'screen' && !tile.own).map((tile) => tile.id)
    untracked(() => {
      const fresh = shares.some((id) => !this.knownShares.has(id))
      this.knownShares = new Set(shares)
      if (fresh && this.view.value === 'tiles') {
        this.viewBeforeShare = 'tiles'
        this.view.value = 'speaker'
      } else if (shares.length === 0 && this.viewBeforeShare) {
        if (!this.pinned.value) this.view.value = this.viewBeforeShare
        this.viewBeforeShare = undefined
      }
      if (this.pinned.value && !this.tiles.value.some((tile) => tile.id === this.pinned.value)) this.pin(this.pinned.value)
    })
  }
  private knownShares = new Set<string>()

  private scheduleWishes(): void {
    const wishes = receiverWishes({
      tiles: this.tiles.value,
      heights: this.heights.value,
      stage: this.stage.value?.id,
      quality: this.settings.quality.value,
      lastN: this.lastN,
    })
    const ready = this.state.value === 'joined'
    clearTimeout(this.wishesTimer)
    if (!ready || sameWishes(this.sentWishes, wishes)) return
    this.wishesTimer = setTimeout(() => {
      this.sentWishes = wishes
      this.meeting.setReceiverWishes(wishes)
    }, this.sentWishes ? wishesDelayMs : 0)
  }

  private listen(): void {
    const { meeting } = this
    this.stops.push(
      meeting.on('state', ({ state, left }) =>
        batch(() => {
          this.state.value = state
          if (state === 'joined' && !this.joinedOnce.value) {
            this.joinedOnce.value = true
            this.joinedAt.value = Date.now()
          }
          if (left) this.left.value = left.kind === 'kicked' ? { ...left, by: this.nameOf(left.by) } : left
        }),
      ),
      meeting.on('self', ({ id, moderator }) =>
        batch(() => {
          const promoted = moderator && !this.moderator.value && this.joinedOnce.value && this.people.value.length > 0
          this.selfId.value = id
          this.moderator.value = moderator
          if (promoted) this.notices.show({ key: 'notice.youModerate', tag: 'moderator' })
        }),
      ),
      meeting.on('participant-joined', (participant) => this.update(participant)),
      meeting.on('participant-changed', (participant) => this.update(participant)),
      meeting.on('participant-left', ({ id, reason }) => this.remove(id, reason)),
      meeting.on('chat', (message) => {
        this.chat.add(message)
        if (!message.own && !this.chat.open.value && this.joinedAt.value > 0 && message.time.getTime() >= this.joinedAt.value) {
          this.notices.show({
            key: message.privateTo ? 'notice.privateMessage' : 'notice.message',
            values: { name: message.displayName, text: message.text.slice(0, 120) },
            tag: 'chat',
          })
        }
      }),
      meeting.on('subject', ({ subject }) => (this.subject.value = subject)),
      meeting.on('dominant-speaker', ({ id }) => {
        this.dominant.value = id
        this.speakingTimes.speaks(id, this.nameOf(id))
      }),
      meeting.on('audio-levels', (levels) => this.takeLevels(levels)),
      meeting.on('media-path', ({ p2p }) => (this.p2p.value = p2p)),
      meeting.on('muted-by', ({ kind, by }) => this.mutedBy(kind, by)),
      meeting.on('reaction', ({ from, reactions }) => this.float(from, reactions)),
      meeting.on('stats', ({ self, participants }) =>
        batch(() => {
          this.selfStats.value = self
          for (const person of this.people.value) person.stats.value = participants.get(person.id)
        }),
      ),
      meeting.on('notice', ({ key, values }) => this.notices.show({ key, values: values ?? {}, tone: 'warning', tag: key })),
    )
  }

  /** A participant's name; empty for ourselves and for those without one. */
  nameOf(id: string): string {
    return id === this.selfId.peek() ? this.settings.displayName.peek() : (this.person(id)?.name.peek() ?? '')
  }

  private update(participant: Participant): void {
    const known = this.person(participant.id)
    if (known) {
      const handBefore = known.info.peek().raisedHand
      known.update(participant)
      if (!handBefore && participant.raisedHand) this.announceHand(participant)
      return
    }
    this.people.value = [...this.people.value, new Person(participant)]
    if (this.state.value === 'joined' && Date.now() - this.joinedAt.value > 2000) {
      this.notices.show({ key: 'notice.joined', values: { name: participant.displayName }, seconds: 3, tag: 'arrivals' })
    }
  }

  private announceHand(participant: Participant): void {
    this.notices.show({ key: 'notice.handRaised', values: { name: participant.displayName }, tag: `hand-${participant.id}` })
  }

  private remove(id: string, reason: 'left' | 'kicked' | 'lost'): void {
    const person = this.person(id)
    if (!person) return
    this.people.value = this.people.value.filter((other) => other !== person)
    if (this.chat.to.value === id) this.chat.to.value = ''
    if (this.state.value !== 'joined') return
    const key = reason === 'kicked' ? 'notice.wasRemoved' : reason === 'lost' ? 'notice.wasLost' : 'notice.left'
    this.notices.show({ key, values: { name: person.name.value }, seconds: 3, tag: 'arrivals' })
  }

  private takeLevels(levels: Map<string, number>): void {
    for (const person of this.people.value) person.heard(levels.get(person.id) ?? 0)
    const own = levels.get(this.selfId.value) ?? 0
    if (own < 0.02 || this.media.muted.value) return
    this.selfSpeaking.value = true
    clearTimeout(this.selfQuiet)
    this.selfQuiet = setTimeout(() => (this.selfSpeaking.value = false), 700)
  }

  private mutedBy(kind: 'audio' | 'video' | 'desktop', by: string): void {
    if (kind === 'audio') void this.media.setMuted(true)
    else if (kind === 'video') void this.media.setCameraOff(true)
    else this.media.stopScreen()
    this.notices.show({ key: `notice.mutedBy.${kind}`, values: { name: this.nameOf(by) }, tone: 'warning', tag: 'muted-by' })
  }

  private float(from: string, reactions: readonly string[]): void {
    const fresh = reactions.slice(0, 5).map((reaction) => ({ key: ++this.reactionKey, from, reaction }))
    this.reactions.value = [...this.reactions.value, ...fresh].slice(-maxReactions)
    const keys = new Set(fresh.map((reaction) => reaction.key))
    setTimeout(() => {
      this.reactions.value = this.reactions.value.filter((reaction) => !keys.has(reaction.key))
    }, reactionSeconds * 1000)
  }
}
