import { signal } from '@preact/signals'

const intervalMs = 80

/** How loud a microphone is, 0 to 1 on a scale that follows the ear, about twelve times a second while it is attached. */
export class LevelMeter {
  readonly level = signal(0)
  private context: AudioContext | undefined
  private source: MediaStreamAudioSourceNode | undefined
  private timer: ReturnType<typeof setInterval> | undefined

  attach(track: MediaStreamTrack | null): void {
    this.detach()
    if (!track || typeof AudioContext === 'undefined') return
    this.context ??= new AudioContext()
    void this.context.resume().catch(() => undefined)
    this.source = this.context.createMediaStreamSource(new MediaStream([track]))
    const analyser = this.context.createAnalyser()
    analyser.fftSize = 1024
    this.source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const loud = loudness(samples)
      // Falls slower than it rises, as meters do.
      this.level.value = loud > this.level.value ? loud : Math.max(loud, this.level.value - 0.08)
    }, intervalMs)
  }

  private detach(): void {
    clearInterval(this.timer)
    this.source?.disconnect()
    this.source = undefined
    this.level.value = 0
  }

  close(): void {
    this.detach()
    void this.context?.close().catch(() => undefined)
    this.context = undefined
  }
}

/** From the samples' power to 0 (−55 dB and less) to 1 (−10 dB and more). */
export function loudness(samples: Float32Array): number {
  let power = 0
  for (const sample of samples) power += sample * sample
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length) + 1e-10)
  return Math.min(1, Math.max(0, (decibels + 55) / 45))
}
