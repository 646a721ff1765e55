import type { Quality } from '../../state/settings'
import { useApp } from '../context'
import { Dialog } from '../parts/Dialog'
import { t } from '../strings/t'

const choices: readonly Quality[] = ['high', 'standard', 'low', 'audio-only']

/** How much video we want to receive: for slow connections and small batteries. */
export function QualityDialog({ onClose }: { onClose: () => void }) {
  const { settings } = useApp()
  return (
    <Dialog title={t('quality.title')} onClose={onClose} testId="quality-dialog">
      <fieldset class="choices">
        <legend>{t('quality.text')}</legend>
        {choices.map((quality) => (
          <label key={quality} class="choice">
            <input type="radio" name="quality" value={quality} checked={settings.quality.value === quality} onChange={() => (settings.quality.value = quality)} />
            <span>
              <strong>{t(`quality.${quality}`)}</strong>
              <small>{t(`quality.${quality}.text`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
