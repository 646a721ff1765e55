import { effect } from '@preact/signals'
import type { App } from '../../state/app'

const loud = 0.55
/** So many loud measurements in a row are speech and not a door. */
const inARow = 6
const quietAfterwardsMs = 30_000

/** Says "you're muted" to somebody who talks with a muted microphone. */
export function warnWhenTalkingMuted({ media, notices }: App): () => void {
  let count = 0
  let saidAt = -Infinity
  return effect(() => {
    const level = media.meter.level.value
    if (!media.muted.value || media.microphone.value === null) {
      count = 0
      return
    }
    count = level >= loud ? count + 1 : 0
    if (count < inARow || performance.now() - saidAt < quietAfterwardsMs) return
    saidAt = performance.now()
    notices.show({
      key: 'notice.youAreMuted',
      tone: 'warning',
      tag: 'talking',
      action: { key: 'microphone.turnOn', run: () => void media.setMuted(false) },
    })
  })
}
