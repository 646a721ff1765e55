import type { ReadonlySignal } from '@preact/signals'
import { Icon } from '../icons/Icon'

const bars = [0.12, 0.3, 0.48, 0.66, 0.84]

/** How loud the microphone is, for the eye. */
export function LevelBars({ level, muted }: { level: ReadonlySignal<number>; muted: boolean }) {
  return (
    <span class={`level${muted ? ' level-muted' : ''}`} aria-hidden="true" data-testid="level">
      <Icon name={muted ? 'microphoneOff' : 'microphone'} size="small" />
      {!muted && (
        <span class="level-bars">
          {bars.map((from) => (
            <LevelBar key={from} level={level} from={from} />
          ))}
        </span>
      )}
    </span>
  )
}

function LevelBar({ level, from }: { level: ReadonlySignal<number>; from: number }) {
  return <span class={level.value >= from ? 'level-bar level-bar-on' : 'level-bar'} />
}
