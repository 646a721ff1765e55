import { effect, signal, type Signal } from '@preact/signals'

export interface RecentRoom {
  /** The path segment. */
  room: string
  /** When we were there last, in milliseconds since 1970. */
  at: number
}

export type View = 'tiles' | 'speaker'

/** At most this much video is asked for: nothing, 180, 360, 720 lines, or what the tiles can show. */
export type Quality = 'audio-only' | 'low' | 'standard' | 'high'

const maxRecentRooms = 8

/** What this browser remembers between visits. Nothing here leaves the browser. */
export class Settings {
  readonly displayName: Signal<string>
  readonly microphoneId: Signal<string>
  readonly cameraId: Signal<string>
  readonly speakerId: Signal<string>
  readonly microphoneMuted: Signal<boolean>
  readonly cameraOff: Signal<boolean>
  readonly view: Signal<View>
  readonly quality: Signal<Quality>
  readonly recentRooms: Signal<readonly RecentRoom[]>

  private readonly unsaved = new Map<string, unknown>()

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined = browserStorage()) {
    this.displayName = this.remembered('displayName', '', isText)
    this.microphoneId = this.remembered('microphoneId', '', isText)
    this.cameraId = this.remembered('cameraId', '', isText)
    this.speakerId = this.remembered('speakerId', '', isText)
    this.microphoneMuted = this.remembered('microphoneMuted', false, isBoolean)
    this.cameraOff = this.remembered('cameraOff', false, isBoolean)
    this.view = this.remembered<View>('view', 'tiles', oneOf('tiles', 'speaker'))
    this.quality = this.remembered<Quality>('quality', 'high', oneOf('audio-only', 'low', 'standard', 'high'))
    this.recentRooms = this.remembered<readonly RecentRoom[]>('recentRooms', [], isRecentRooms)
  }

  rememberRoom(room: string, at: number): void {
    const others = this.recentRooms.value.filter((recent) => recent.room !== room)
    this.recentRooms.value = [{ room, at }, ...others].slice(0, maxRecentRooms)
  }

  forgetRoom(room: string): void {
    this.recentRooms.value = this.recentRooms.value.filter((recent) => recent.room !== room)
  }

  /** Sets something for this visit only, as a link may ask for; it is remembered again once it changes. */
  forThisVisit<K extends 'microphoneMuted' | 'cameraOff' | 'quality'>(key: K, value: Settings[K]['value']): void {
    this.unsaved.set(key, value)
    ;(this[key] as Signal<unknown>).value = value
  }

  private remembered<T>(key: string, otherwise: T, valid: (value: unknown) => boolean): Signal<T> {
    const value = signal(this.read(key, otherwise, valid))
    effect(() => {
      const text = JSON.stringify(value.value)
      if (this.unsaved.has(key) && this.unsaved.get(key) === value.value) return
      this.unsaved.delete(key)
      try {
        this.storage?.setItem(`meetjar.${key}`, text)
      } catch {
        // Full or forbidden: then it is forgotten with the page.
      }
    })
    return value
  }

  private read<T>(key: string, otherwise: T, valid: (value: unknown) => boolean): T {
    try {
      const value: unknown = JSON.parse(this.storage?.getItem(`meetjar.${key}`) ?? 'null')
      return valid(value) ? (value as T) : otherwise
    } catch {
      return otherwise
    }
  }
}

/** Undefined where the browser forbids storage. */
function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

const isText = (value: unknown) => typeof value === 'string' && value.length < 500
const isBoolean = (value: unknown) => typeof value === 'boolean'
const oneOf = (...words: string[]) => (value: unknown) => words.includes(value as string)
const isRecentRooms = (value: unknown) =>
  Array.isArray(value) && value.every((room) => isText(room?.room) && Number.isFinite(room?.at))
