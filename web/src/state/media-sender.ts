import { effect } from '@preact/signals'
import type { Meeting } from '../protocol/api'
import type { LocalMedia } from './local-media'

/**
 * Keeps what a meeting sends equal to what {@link LocalMedia} has. Calls for one kind run one after the other, and what
 * is overtaken while it waits is left out.
 */
export function sendMedia(meeting: Meeting, media: LocalMedia, onProblem: (error: unknown) => void): () => void {
  const queue = () => {
    let running: Promise<void> | undefined
    let next: (() => Promise<void>) | undefined
    const run = async () => {
      while (next) {
        const task = next
        next = undefined
        await task().catch(onProblem)
      }
      running = undefined
    }
    return (task: () => Promise<void>) => {
      next = task
      running ??= run()
    }
  }
  const microphone = queue()
  const camera = queue()
  const screen = queue()
  let sentMicrophone: MediaStreamTrack | null = null
  let sentCamera: MediaStreamTrack | null = null
  let sentScreen: MediaStreamTrack | null = null

  const stops = [
    effect(() => {
      const track = media.microphone.value
      const muted = media.muted.value
      microphone(async () => {
        if (track !== sentMicrophone) await meeting.setMicrophone((sentMicrophone = track))
        await meeting.setMuted('audio', muted)
      })
    }),
    effect(() => {
      const track = media.camera.value
      camera(async () => {
        // Others see initials and not a frozen picture while a camera closes or opens.
        if (!track) await meeting.setMuted('video', true)
        if (track !== sentCamera) await meeting.setCamera((sentCamera = track))
        if (track) await meeting.setMuted('video', false)
      })
    }),
    effect(() => {
      const shared = media.screen.value
      screen(async () => {
        if ((shared?.video ?? null) === sentScreen) return
        await meeting.setScreen((sentScreen = shared?.video ?? null), shared?.audio ?? null)
      })
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
