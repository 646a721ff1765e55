import { batch, computed, effect, signal } from '@preact/signals'
import { capture, captureProblem, captureScreen, type Captured, type CapturedScreen, type CaptureProblem } from './capture'
import { LevelMeter } from './level-meter'
import type { Settings } from './settings'

export interface Device {
  id: string
  label: string
}

export interface Devices {
  microphones: readonly Device[]
  cameras: readonly Device[]
  speakers: readonly Device[]
}

const noDevices: Devices = { microphones: [], cameras: [], speakers: [] }

/**
 * Our own microphone, camera and screen. The camera is off when it is not captured, so that its light tells the truth;
 * a muted microphone stays open, so that we can say "you're muted" to somebody who talks.
 */
export class LocalMedia {
  /** What is sent from the microphone. A copy of the captured track, as muting would silence the meter too. */
  readonly microphone = signal<MediaStreamTrack | null>(null)
  readonly camera = signal<MediaStreamTrack | null>(null)
  readonly screen = signal<CapturedScreen | null>(null)
  readonly microphoneProblem = signal<CaptureProblem | null>(null)
  readonly cameraProblem = signal<CaptureProblem | null>(null)
  readonly screenProblem = signal<CaptureProblem | null>(null)
  readonly devices = signal<Devices>(noDevices)
  /** The user is being asked, or a device is warming up. */
  readonly opening = signal(false)
  readonly meter = new LevelMeter()
  readonly muted = computed(() => this.settings.microphoneMuted.value || this.microphone.value === null)
  readonly cameraOff = computed(() => this.camera.value === null)
  /** A device in use was unplugged. */
  onLost: (kind: 'microphone' | 'camera') => void = () => undefined
  /** A device was plugged in while others were known already. */
  onFound: (kind: 'microphone' | 'camera', device: Device) => void = () => undefined
  cameraHeight = 720

  private raw: MediaStreamTrack | undefined
  /** Rises when a later wish overtakes one that is still being fulfilled. */
  private cameraTurn = 0
  private microphoneTurn = 0
  private readonly stopEffects: () => void
  private readonly onDeviceChange = () => void this.lookForNewDevices()

  constructor(readonly settings: Settings) {
    globalThis.navigator?.mediaDevices?.addEventListener?.('devicechange', this.onDeviceChange)
    this.stopEffects = effect(() => {
      const track = this.microphone.value
      if (track) track.enabled = !this.settings.microphoneMuted.value
    })
  }

  /** Opens what the settings ask for. */
  async start(): Promise<void> {
    const camera = !this.settings.cameraOff.value && !this.camera.value
    await this.open({ microphone: !this.microphone.value, camera })
  }

  async setCameraOff(off: boolean): Promise<void> {
    this.settings.cameraOff.value = off
    if (off) {
      this.cameraTurn++
      stop(this.camera.value)
      this.camera.value = null
    } else if (!this.camera.value) {
      await this.open({ microphone: false, camera: true })
      if (!this.camera.value) this.settings.cameraOff.value = true
    }
  }

  async setMuted(muted: boolean): Promise<void> {
    this.settings.microphoneMuted.value = muted
    if (!muted && !this.microphone.value) await this.open({ microphone: true, camera: false })
  }

  async selectMicrophone(id: string): Promise<void> {
    this.settings.microphoneId.value = id
    this.closeMicrophone()
    await this.open({ microphone: true, camera: false })
  }

  async selectCamera(id: string): Promise<void> {
    this.settings.cameraId.value = id
    if (!this.camera.value) return
    stop(this.camera.value)
    await this.open({ microphone: false, camera: true })
  }

  async shareScreen(): Promise<void> {
    this.screenProblem.value = null
    try {
      const screen = await captureScreen()
      if (!screen) return
      screen.video.addEventListener('ended', () => {
        if (this.screen.value === screen) this.stopScreen()
      })
      this.stopScreen()
      this.screen.value = screen
    } catch (error) {
      this.screenProblem.value = captureProblem(error)
    }
  }

  stopScreen(): void {
    stop(this.screen.value?.video)
    stop(this.screen.value?.audio)
    this.screen.value = null
  }

  async listDevices(): Promise<void> {
    const all = await globalThis.navigator?.mediaDevices?.enumerateDevices?.().catch(() => [])
    const ofKind = (kind: MediaDeviceKind) =>
      (all ?? []).filter((device) => device.kind === kind && device.deviceId).map(({ deviceId: id, label }) => ({ id, label }))
    this.devices.value = {
      microphones: ofKind('audioinput'),
      cameras: ofKind('videoinput'),
      speakers: ofKind('audiooutput'),
    }
  }

  private async lookForNewDevices(): Promise<void> {
    const before = this.devices.value
    await this.listDevices()
    const now = this.devices.value
    const fresh = (old: readonly Device[], all: readonly Device[]) =>
      old.length > 0 ? all.find((device) => device.label && !['default', 'communications'].includes(device.id) && !old.some(({ id }) => id === device.id)) : undefined
    const microphone = fresh(before.microphones, now.microphones)
    const camera = fresh(before.cameras, now.cameras)
    if (microphone) this.onFound('microphone', microphone)
    if (camera) this.onFound('camera', camera)
  }

  /** Turns everything off; it can be started again. */
  stop(): void {
    this.cameraTurn++
    this.microphoneTurn++
    batch(() => {
      this.closeMicrophone()
      stop(this.camera.value)
      this.camera.value = null
      this.stopScreen()
    })
    this.meter.close()
  }

  dispose(): void {
    this.stop()
    this.stopEffects()
    globalThis.navigator?.mediaDevices?.removeEventListener?.('devicechange', this.onDeviceChange)
  }

  private async open(kinds: { microphone: boolean; camera: boolean }): Promise<void> {
    if (!kinds.microphone && !kinds.camera) return
    const cameraTurn = kinds.camera ? ++this.cameraTurn : -1
    const microphoneTurn = kinds.microphone ? ++this.microphoneTurn : -1
    this.opening.value = true
    const captured = await capture({
      ...kinds,
      microphoneId: this.settings.microphoneId.value,
      cameraId: this.settings.cameraId.value,
      cameraHeight: this.cameraHeight,
    })
    batch(() => {
      if (kinds.camera) this.takeCamera(captured, cameraTurn === this.cameraTurn)
      if (kinds.microphone) this.takeMicrophone(captured, microphoneTurn === this.microphoneTurn)
      this.opening.value = false
    })
    await this.listDevices()
  }

  private takeCamera({ camera, cameraProblem }: Captured, current: boolean): void {
    if (!current) return stop(camera)
    this.cameraProblem.value = cameraProblem ?? null
    this.camera.value = camera ?? null
    camera?.addEventListener('ended', () => {
      if (this.camera.value !== camera) return
      this.camera.value = null
      this.onLost('camera')
    })
  }

  private takeMicrophone({ microphone, microphoneProblem }: Captured, current: boolean): void {
    if (!current) return stop(microphone)
    this.closeMicrophone()
    this.microphoneProblem.value = microphoneProblem ?? null
    if (!microphone) return
    this.raw = microphone
    this.microphone.value = microphone.clone()
    this.meter.attach(microphone)
    microphone.addEventListener('ended', () => {
      if (this.raw !== microphone) return
      this.closeMicrophone()
      this.onLost('microphone')
    })
  }

  private closeMicrophone(): void {
    stop(this.raw)
    stop(this.microphone.value)
    this.raw = undefined
    this.microphone.value = null
    this.meter.attach(null)
  }
}

function stop(track: MediaStreamTrack | null | undefined): void {
  track?.stop()
}
