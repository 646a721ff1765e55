/** How large and how heavy our pictures are sent: from what is wanted to the parameters of an RTCRtpSender. */

export interface SendWish {
  /** Encodings that the sender has: 3 with simulcast, else 1. */
  count: number
  /** Size of the captured picture. */
  capture: PictureSize
  /** What receivers want at most; 0 for nothing. */
  maxHeight: number
  videoType: 'camera' | 'desktop'
  /** False while this path is not the one in use. */
  active: boolean
  /** All sizes go in the first encoding. */
  inOneStream?: boolean
}

export interface PictureSize {
  width: number
  height: number
}

export interface Encoding {
  active: boolean
  scaleResolutionDownBy: number
  maxBitrate: number
  /** As WebRTC's extension for scalable video coding names them. */
  scalabilityMode?: string
}

const SCREEN_BITRATE = 2_500_000
const LOW_BITRATE = 200_000
const STANDARD_BITRATE = 500_000

/** Layers from low to high, as stock clients have them. */
export function videoEncodings(wish: SendWish): Encoding[] {
  const { count, capture, maxHeight, videoType } = wish
  const captureHeight = smallerSide(capture)
  const active = wish.active && maxHeight > 0
  if (videoType === 'desktop' && count === 1) {
    // Text must stay readable: a screen is never scaled.
    return [{ active, scaleResolutionDownBy: 1, maxBitrate: SCREEN_BITRATE }]
  }
  if (count === 1) {
    const height = Math.min(captureHeight, maxHeight || captureHeight)
    return [{ active, scaleResolutionDownBy: Math.max(1, captureHeight / height), maxBitrate: bitrateFor(height) }]
  }
  if (wish.inOneStream) return layersInOne(count, capture, maxHeight, active)
  const scales = scaleFactors(capture)
  const bitrates = [LOW_BITRATE, STANDARD_BITRATE]
  return Array.from({ length: count }, (_, i) => {
    const scale = scales[i]
    if (scale === undefined) return { active: false, scaleResolutionDownBy: 1, maxBitrate: bitrateFor(captureHeight) }
    const top = i === scales.length - 1
    return {
      // The lowest layer stays for whoever wants anything at all.
      active: active && (i === 0 || captureHeight / scale <= maxHeight),
      scaleResolutionDownBy: scale,
      maxBitrate: top ? bitrateFor(captureHeight) : bitrates[i]!,
    }
  })
}

/** As many layers as there would be encodings, each half as large as the next, up to what is wanted. */
function layersInOne(count: number, capture: PictureSize, maxHeight: number, active: boolean): Encoding[] {
  const captureHeight = smallerSide(capture)
  let layers = scaleFactors(capture).length
  let scale = 1
  while (layers > 1 && captureHeight / scale > maxHeight) {
    layers--
    scale *= 2
  }
  const whole = {
    active,
    scaleResolutionDownBy: scale,
    maxBitrate: bitrateFor(captureHeight / scale),
    scalabilityMode: layers > 1 ? `L${layers}T3_KEY` : 'L1T3',
  }
  const unused = { active: false, scaleResolutionDownBy: 1, maxBitrate: LOW_BITRATE }
  return [whole, ...Array.from({ length: count - 1 }, () => unused)]
}

/**
 * One for each layer, from low to high. Chromium sends fewer layers of small pictures, the first ones of the list: they
 * must end with the whole picture all the same.
 */
function scaleFactors(capture: PictureSize): number[] {
  const pixels = capture.width * capture.height
  const height = smallerSide(capture)
  if (pixels < 480 * 270) return [1]
  if (pixels < 960 * 540) return [2, 1]
  if (height >= 2160) return [12, 6, 1]
  if (height >= 1080) return [6, 3, 1]
  return [4, 2, 1]
}

function smallerSide({ width, height }: PictureSize): number {
  return Math.min(width, height)
}

function bitrateFor(height: number): number {
  if (height >= 2160) return 6_000_000
  if (height >= 1080) return 3_000_000
  if (height >= 720) return 1_500_000
  if (height >= 360) return STANDARD_BITRATE
  return LOW_BITRATE
}

/** Applies what differs; the sender's own transaction rules are kept. */
export async function applyEncodings(sender: RTCRtpSender, encodings: readonly Partial<Encoding>[]): Promise<void> {
  const parameters = sender.getParameters()
  let changed = false
  // The extension for scalable video coding is not in the language's own types yet.
  parameters.encodings.forEach((encoding: RTCRtpEncodingParameters & Partial<Encoding>, i) => {
    const wanted = encodings[Math.min(i, encodings.length - 1)]
    if (!wanted) return
    for (const [key, value] of Object.entries(wanted) as [keyof Encoding, never][]) {
      if (encoding[key] !== value) {
        encoding[key] = value
        changed = true
      }
    }
  })
  if (changed) await sender.setParameters(parameters)
}

/** What a track captures; 720p where it does not say. */
export function captureSize(track: MediaStreamTrack | null): PictureSize {
  const { width, height } = track?.getSettings() ?? {}
  return width && height ? { width, height } : { width: 1280, height: 720 }
}
