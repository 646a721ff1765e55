import type { CaptureProblem } from '../../state/capture'
import { t } from '../strings/t'

/** What is wrong with the camera or microphone, and what to do about it. */
export function captureMessage(kind: 'camera' | 'microphone', problem: CaptureProblem): string {
  return t(`problem.${kind}.${problem}`)
}
