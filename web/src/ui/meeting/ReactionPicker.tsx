import type { RefObject } from 'preact'
import { useModel } from '../context'
import { Popover } from '../parts/Popover'
import { t } from '../strings/t'
import { reactions } from './reactions'

export function ReactionPicker({ anchor, onClose }: { anchor: RefObject<HTMLElement | null>; onClose: () => void }) {
  const model = useModel()
  return (
    <Popover anchor={anchor} label={t('reactions.title')} onClose={onClose} class="reaction-picker" testId="reaction-picker">
      {[...reactions].map(([name, { emoji, label }]) => (
        <button key={name} type="button" class="reaction-button" aria-label={t(label)} title={t(label)} onClick={() => model.react(name)} data-testid={`reaction-${name}`}>
          {emoji}
        </button>
      ))}
    </Popover>
  )
}
