/**
 * What the protocol layer offers to the rest of the client: a meeting as a set of calls and events. Nothing here knows
 * the page; nothing outside `src/protocol` knows stanzas, Jingle or the bridge channel.
 */

/** The `config` object that the server's `config.js` defines, as far as we read it. */
export interface ServerConfig {
  hosts: { domain: string; muc: string; anonymousdomain?: string; focus?: string }
  /** URL of the signalling WebSocket. */
  websocket: string
  p2p?: { enabled?: boolean; backToP2PDelay?: number; stunServers?: { urls: string }[] }
  /** Whether relays are used over UDP on the way to the bridge, too, and not over TCP alone. */
  useTurnUdp?: boolean
  websocketKeepAlive?: number
  /** What the server is called. */
  serverName?: string
  /** Who may start meetings. */
  policy?: 'open' | 'hosts' | 'members'
  /** Whether sound is sent twice (RFC 2198). */
  enableOpusRed?: boolean
  [key: string]: unknown
}

export interface MeetingOptions {
  config: ServerConfig
  /** The room's name as in the page's path, not normalised. */
  room: string
  displayName: string
  /** Room password, when one is known. */
  password?: string
  /** Account of the server, for policies that ask for one. */
  account?: { user: string; password: string }
  startAudioMuted?: boolean
  startVideoMuted?: boolean
}

export type MediaKind = 'audio' | 'video'

/** A microphone, camera or screen of somebody. */
export interface RemoteSource {
  /** Source name, such as `aaaa1111-v0`. */
  name: string
  kind: MediaKind
  videoType: 'camera' | 'desktop'
  muted: boolean
  /** The live track; absent while nothing is being received. Changes between bridge and P2P. */
  track?: MediaStreamTrack
  /** Video only: the bridge sends it at present (last-n, bandwidth). */
  forwarded: boolean
}

export interface Participant {
  /** MUC nick, which is the endpoint id. */
  id: string
  displayName: string
  moderator: boolean
  /** Milliseconds since 1970 when the hand went up; 0 when it is down. */
  raisedHand: number
  /** `interrupted` while the bridge hears nothing from this participant. */
  connection: 'active' | 'interrupted'
  sources: RemoteSource[]
}

export interface ChatMessage {
  id: string
  from: string
  displayName: string
  text: string
  time: Date
  /** A message between two, not for the room. */
  privateTo?: string
  own: boolean
}

/**
 * - `connecting`: no session yet, or a new one is being made
 * - `waiting-for-host`: the policy wants a host, who is not there yet; goes on by itself
 * - `joined`: in the room
 * - `reconnecting`: the connection broke; goes on by itself
 * - `left`: the end, see {@link LeftReason}
 */
export type MeetingState = 'connecting' | 'waiting-for-host' | 'joined' | 'reconnecting' | 'left'

export type LeftReason =
  | { kind: 'hangup' }
  | { kind: 'kicked'; by: string; reason: string }
  | { kind: 'ended'; reason: string }
  | { kind: 'password-required' }
  | { kind: 'login-required'; wrong: boolean }
  | { kind: 'full' }
  /** Not the meeting: the whole server. */
  | { kind: 'server-full' }
  | { kind: 'not-allowed'; text: string }
  | { kind: 'unreachable' }
  | { kind: 'failed'; text: string }

export interface ConnectionStats {
  /** How media travels between us and this participant (for ourselves: all of it). */
  path: 'p2p' | 'bridge'
  relayed: boolean
  transport: 'udp' | 'tcp' | 'unknown'
  /** Milliseconds. */
  roundTripMs?: number
  /** Bits per second. */
  bitrateUp: number
  bitrateDown: number
  audioBitrate?: number
  videoBitrate?: number
  /** Percent of packets. */
  lossUp: number
  lossDown: number
  codec?: string
  audioCodec?: string
  width?: number
  height?: number
  framesPerSecond?: number
  /** What limits our own picture: `none`, `cpu`, `bandwidth`. */
  limitedBy?: string
  localAddress?: string
  remoteAddress?: string
  /** 0 (worst) to 100. */
  quality: number
}

export interface MeetingEvents {
  state: { state: MeetingState; left?: LeftReason }
  /** We ourselves: id and role; sent on joining and when they change. */
  self: { id: string; moderator: boolean; displayName: string }
  'participant-joined': Participant
  /** Anything about a participant changed, tracks included. */
  'participant-changed': Participant
  'participant-left': { id: string; reason: 'left' | 'kicked' | 'lost' }
  chat: ChatMessage
  subject: { subject: string }
  'dominant-speaker': { id: string; previous: string[] }
  /** 0 to 1, a few times a second, for those who can be heard; our own id included. */
  'audio-levels': Map<string, number>
  /** Media goes directly (true) or through the bridge. */
  'media-path': { p2p: boolean }
  /** A moderator muted us; `by` is empty when the meeting asks all newcomers to begin muted. */
  'muted-by': { kind: MediaKind | 'desktop'; by: string }
  /** Somebody's burst of emoji. */
  reaction: { from: string; reactions: string[] }
  /** About once a second while joined. */
  stats: { self: ConnectionStats; participants: Map<string, ConnectionStats> }
  /** Something went wrong that does not end the meeting; a sentence from the catalogue's key. */
  notice: { key: string; values?: Record<string, string> }
}

export interface ReceiverWishes {
  /** How many videos at most; -1 for all. */
  lastN: number
  /** Source names that are shown large. */
  onStage: string[]
  selected: string[]
  /** Height in CSS pixels times device ratio, by source name. */
  maxHeights: Map<string, number>
  /** For sources that are not in `maxHeights`. */
  defaultMaxHeight: number
}

export interface Meeting {
  on<K extends keyof MeetingEvents>(event: K, handler: (value: MeetingEvents[K]) => void): () => void
  readonly state: MeetingState
  readonly selfId: string
  readonly participants: ReadonlyMap<string, Participant>

  /** Connects and joins; resolves when in the room, rejects with a {@link LeftReason}. */
  join(): Promise<void>
  /** Says goodbye and frees everything. */
  leave(): Promise<void>

  /** Replaces what is sent from the microphone; null stops it. Muting keeps the track and sends nothing. */
  setMicrophone(track: MediaStreamTrack | null): Promise<void>
  setCamera(track: MediaStreamTrack | null): Promise<void>
  /** Shares a screen, beside the camera; null stops. */
  setScreen(video: MediaStreamTrack | null, audio?: MediaStreamTrack | null): Promise<void>
  setMuted(kind: MediaKind, muted: boolean): Promise<void>

  setDisplayName(name: string): void
  setRaisedHand(raised: boolean): void
  sendChat(text: string, privateTo?: string): void
  sendReaction(reaction: string): void
  setSubject(subject: string): void
  setReceiverWishes(wishes: ReceiverWishes): void

  /** Moderators only; reject with a sentence when the server refuses. */
  kick(id: string, reason?: string): Promise<void>
  muteParticipant(id: string, kind: MediaKind | 'desktop'): Promise<void>
  grantModerator(id: string): Promise<void>
  /** Sets the room's password; the empty string removes it. */
  setPassword(password: string): Promise<void>
  /** Ends the meeting for all. */
  endForAll(): Promise<void>

  /** The peer connections behind the meeting, for tests that look at real media. */
  debug(): MeetingDebug
}

export interface MeetingDebug {
  bridge?: RTCPeerConnection
  p2p?: RTCPeerConnection
}

/** Implemented in `meeting.ts`. */
export type CreateMeeting = (options: MeetingOptions) => Meeting
