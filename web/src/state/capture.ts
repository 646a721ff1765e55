/** Why a microphone or camera cannot be used; each has a message with a next step. */
export type CaptureProblem = 'refused' | 'busy' | 'missing' | 'insecure' | 'failed'

export interface CaptureWishes {
  microphone: boolean
  camera: boolean
  microphoneId: string
  cameraId: string
  /** Lines of the camera's picture, 720 unless the server says otherwise. */
  cameraHeight: number
}

export interface Captured {
  microphone?: MediaStreamTrack
  camera?: MediaStreamTrack
  microphoneProblem?: CaptureProblem
  cameraProblem?: CaptureProblem
}

export function captureProblem(error: unknown): CaptureProblem {
  switch ((error as { name?: string } | undefined)?.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'refused'
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    default:
      return 'failed'
  }
}

function constraints(wishes: CaptureWishes): MediaStreamConstraints {
  const { cameraHeight: height } = wishes
  return {
    audio: wishes.microphone && {
      ...(wishes.microphoneId && { deviceId: { ideal: wishes.microphoneId } }),
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
    video: wishes.camera && {
      ...(wishes.cameraId && { deviceId: { ideal: wishes.cameraId } }),
      width: { ideal: Math.round((height * 16) / 9) },
      height: { ideal: height },
      frameRate: { ideal: 30 },
    },
  }
}

/**
 * Opens what is wished for: both with one question to the user, and each by itself when that fails, so that a missing
 * camera does not cost the microphone.
 */
export async function capture(wishes: CaptureWishes): Promise<Captured> {
  if (!wishes.microphone && !wishes.camera) return {}
  const devices: MediaDevices | undefined = globalThis.navigator?.mediaDevices
  if (!devices?.getUserMedia) {
    return {
      ...(wishes.microphone && { microphoneProblem: 'insecure' as const }),
      ...(wishes.camera && { cameraProblem: 'insecure' as const }),
    }
  }
  try {
    const stream = await devices.getUserMedia(constraints(wishes))
    const [microphone] = stream.getAudioTracks()
    const [camera] = stream.getVideoTracks()
    return { ...(microphone && { microphone }), ...(camera && { camera }) }
  } catch (error) {
    if (wishes.microphone && wishes.camera) {
      const audio = await capture({ ...wishes, camera: false })
      const video = await capture({ ...wishes, microphone: false })
      return { ...audio, ...video }
    }
    const problem = captureProblem(error)
    return wishes.microphone ? { microphoneProblem: problem } : { cameraProblem: problem }
  }
}

export interface CapturedScreen {
  video: MediaStreamTrack
  audio?: MediaStreamTrack
}

/** Undefined when the user thought better of it. */
export async function captureScreen(): Promise<CapturedScreen | undefined> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 30 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
    const [video] = stream.getVideoTracks()
    const [audio] = stream.getAudioTracks()
    if (!video) return undefined
    // Text stays sharp when the connection is slow; motion gives way.
    video.contentHint = 'detail'
    return { video, ...(audio && { audio }) }
  } catch (error) {
    if (captureProblem(error) === 'refused' || (error as { name?: string }).name === 'AbortError') return undefined
    throw error
  }
}

export const canShareScreen = () => typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function'
