/** What we capture and whether it is muted; the sessions send from here. */
import type { Slot } from './remoteDescription'
import { mixAudio, type AudioMix } from './audioMix'
import { sourceName, type SourceState } from './presence'

export class LocalMedia {
  microphone: MediaStreamTrack | null = null
  camera: MediaStreamTrack | null = null
  screen: MediaStreamTrack | null = null
  screenAudio: MediaStreamTrack | null = null
  readonly muted = { audio: false, video: false }
  /** A screen was shared once: its source stays, muted, until the next time. */
  screenSignalled = false
  #mix: AudioMix | undefined

  /** The track to put on that slot's sender; null sends nothing. */
  track(slot: Slot): MediaStreamTrack | null {
    switch (slot) {
      case 'audio':
        return this.#audio()
      case 'camera':
        return this.muted.video ? null : this.camera
      case 'screen':
        return this.screen
    }
  }

  /** Rebuilds the mix after the microphone, its muting or the screen's sound changed. */
  updateMix(): void {
    const microphone = this.muted.audio ? null : this.microphone
    this.#mix?.close()
    this.#mix = this.screenAudio ? mixAudio([microphone, this.screenAudio]) : undefined
  }

  /** Slots that are in use in this meeting. */
  slots(): Slot[] {
    return this.screenSignalled ? ['audio', 'camera', 'screen'] : ['audio', 'camera']
  }

  /** What our presence says of the sources. */
  sourceStates(nick: string): Map<string, SourceState> {
    const states = new Map<string, SourceState>()
    for (const slot of this.slots()) {
      const muted = this.track(slot) === null
      const videoType = slot === 'audio' ? {} : ({ videoType: slot === 'screen' ? 'desktop' : 'camera' } as const)
      states.set(slotSourceName(nick, slot), { muted, ...videoType })
    }
    return states
  }

  close(): void {
    this.#mix?.close()
    this.#mix = undefined
  }

  #audio(): MediaStreamTrack | null {
    if (this.#mix) return this.#mix.track
    return this.muted.audio ? null : this.microphone
  }
}

/** The name of what a slot sends. */
export function slotSourceName(nick: string, slot: Slot): string {
  return sourceName(nick, slot === 'audio' ? 'audio' : 'video', slot === 'screen' ? 1 : 0)
}
