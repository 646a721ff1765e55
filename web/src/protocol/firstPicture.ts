/** Tells when another source's pictures begin on a stream that goes on. */

const POLL_MS = 40
/** Longer nobody is kept waiting: the source may be sending nothing at all. */
const PATIENCE_MS = 3000
/** Where key frames are not counted, pictures that were under way are through by then. */
const UNKNOWN_MS = 300

/**
 * Resolves with the first key frame that is decoded from now on.
 *
 * @param wanted false when nobody waits for it any more
 */
export async function firstPicture(receiver: RTCRtpReceiver, wanted: () => boolean): Promise<void> {
  const start = performance.now()
  const before = await keyFrames(receiver)
  const patience = before === undefined ? UNKNOWN_MS : PATIENCE_MS
  while (wanted() && performance.now() - start < patience) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const now = await keyFrames(receiver)
    if (before !== undefined && now !== undefined && now > before) return
  }
}

async function keyFrames(receiver: RTCRtpReceiver): Promise<number | undefined> {
  let count: number | undefined
  try {
    const report = await receiver.getStats()
    report.forEach((entry: { type: string; keyFramesDecoded?: number }) => {
      if (entry.type === 'inbound-rtp' && entry.keyFramesDecoded !== undefined) count = entry.keyFramesDecoded
    })
  } catch {
    // Closed meanwhile.
  }
  return count
}
