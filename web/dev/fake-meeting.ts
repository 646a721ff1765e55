import type {
  ConnectionStats,
  LeftReason,
  MediaKind,
  Meeting,
  MeetingDebug,
  MeetingEvents,
  MeetingState,
  Participant,
  ReceiverWishes,
  RemoteSource,
} from '../src/protocol/api'

type Handlers = { [K in keyof MeetingEvents]: Set<(value: MeetingEvents[K]) => void> }

/** A meeting without a server: remembers what it was asked for, and tells what a test or the harness makes happen. */
export class FakeMeeting implements Meeting {
  state: MeetingState = 'connecting'
  selfId = 'aaaa0000'
  readonly participants = new Map<string, Participant>()
  /** Every call with its arguments, oldest first. */
  readonly calls: [name: string, ...values: unknown[]][] = []
  wishes: ReceiverWishes | undefined
  /** Moderators' requests fail with this. */
  refusal: Error | undefined
  private readonly handlers = new Map<keyof MeetingEvents, Handlers[keyof MeetingEvents]>()
  private settle: { resolve: () => void; reject: (reason: LeftReason) => void } | undefined
  private messages = 0

  on<K extends keyof MeetingEvents>(event: K, handler: (value: MeetingEvents[K]) => void): () => void {
    const set = (this.handlers.get(event) ?? new Set()) as Handlers[K]
    this.handlers.set(event, set as Handlers[keyof MeetingEvents])
    set.add(handler)
    return () => set.delete(handler)
  }

  emit<K extends keyof MeetingEvents>(event: K, value: MeetingEvents[K]): void {
    for (const handler of (this.handlers.get(event) ?? []) as Handlers[K]) handler(value)
  }

  setState(state: MeetingState, left?: LeftReason): void {
    this.state = state
    this.emit('state', left ? { state, left } : { state })
    if (state === 'joined') this.settle?.resolve()
    if (left) this.settle?.reject(left)
  }

  join(): Promise<void> {
    this.calls.push(['join'])
    return new Promise((resolve, reject) => (this.settle = { resolve, reject }))
  }

  /** Lets us into the room. */
  admit(moderator = false, displayName = ''): void {
    this.emit('self', { id: this.selfId, moderator, displayName })
    this.setState('joined')
  }

  put(participant: Participant): void {
    const known = this.participants.has(participant.id)
    this.participants.set(participant.id, participant)
    this.emit(known ? 'participant-changed' : 'participant-joined', participant)
  }

  remove(id: string, reason: 'left' | 'kicked' | 'lost' = 'left'): void {
    this.participants.delete(id)
    this.emit('participant-left', { id, reason })
  }

  async leave(): Promise<void> {
    this.calls.push(['leave'])
    if (this.state !== 'left') this.setState('left', { kind: 'hangup' })
  }

  async setMicrophone(track: MediaStreamTrack | null): Promise<void> {
    this.calls.push(['setMicrophone', track])
  }

  async setCamera(track: MediaStreamTrack | null): Promise<void> {
    this.calls.push(['setCamera', track])
  }

  async setScreen(video: MediaStreamTrack | null, audio: MediaStreamTrack | null = null): Promise<void> {
    this.calls.push(['setScreen', video, audio])
  }

  async setMuted(kind: MediaKind, muted: boolean): Promise<void> {
    this.calls.push(['setMuted', kind, muted])
  }

  setDisplayName(name: string): void {
    this.calls.push(['setDisplayName', name])
  }

  setRaisedHand(raised: boolean): void {
    this.calls.push(['setRaisedHand', raised])
  }

  sendChat(text: string, privateTo?: string): void {
    this.calls.push(['sendChat', text, privateTo])
    const id = `own-${++this.messages}`
    this.emit('chat', { id, from: this.selfId, displayName: 'Ada', text, time: new Date(), own: true, ...(privateTo && { privateTo }) })
  }

  sendReaction(reaction: string): void {
    this.calls.push(['sendReaction', reaction])
  }

  setSubject(subject: string): void {
    this.calls.push(['setSubject', subject])
    this.emit('subject', { subject })
  }

  setReceiverWishes(wishes: ReceiverWishes): void {
    this.wishes = wishes
  }

  kick(id: string, reason?: string): Promise<void> {
    return this.asked('kick', id, reason)
  }

  muteParticipant(id: string, kind: MediaKind | 'desktop'): Promise<void> {
    return this.asked('muteParticipant', id, kind)
  }

  grantModerator(id: string): Promise<void> {
    return this.asked('grantModerator', id)
  }

  setPassword(password: string): Promise<void> {
    return this.asked('setPassword', password)
  }

  endForAll(): Promise<void> {
    return this.asked('endForAll')
  }

  debug(): MeetingDebug {
    return {}
  }

  private async asked(name: string, ...values: unknown[]): Promise<void> {
    this.calls.push([name, ...values])
    if (this.refusal) throw this.refusal
  }
}

export function participant(id: string, displayName: string, changes: Partial<Participant> = {}): Participant {
  return { id, displayName, moderator: false, raisedHand: 0, connection: 'active', sources: [], ...changes }
}

export function videoSource(name: string, changes: Partial<RemoteSource> = {}): RemoteSource {
  return { name, kind: 'video', videoType: 'camera', muted: false, forwarded: true, ...changes }
}

export function audioSource(name: string, changes: Partial<RemoteSource> = {}): RemoteSource {
  return { name, kind: 'audio', videoType: 'camera', muted: false, forwarded: true, ...changes }
}

export function connectionStats(changes: Partial<ConnectionStats> = {}): ConnectionStats {
  return {
    path: 'bridge',
    relayed: false,
    transport: 'udp',
    roundTripMs: 23,
    bitrateUp: 1_840_000,
    bitrateDown: 2_310_000,
    audioBitrate: 32_000,
    videoBitrate: 1_600_000,
    lossUp: 0,
    lossDown: 0.4,
    codec: 'VP8',
    audioCodec: 'Opus',
    width: 1280,
    height: 720,
    framesPerSecond: 30,
    quality: 92,
    ...changes,
  }
}
