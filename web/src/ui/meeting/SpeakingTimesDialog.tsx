import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useApp, useModel } from '../context'
import { Dialog } from '../parts/Dialog'
import { t } from '../strings/t'
import { duration } from './duration'

export function SpeakingTimesDialog({ onClose }: { onClose: () => void }) {
  const { settings } = useApp()
  const model = useModel()
  const list = useSignal(model.speakingTimes.list())
  useEffect(() => {
    const timer = setInterval(() => (list.value = model.speakingTimes.list()), 1000)
    return () => clearInterval(timer)
  }, [])
  const longest = Math.max(1, ...list.value.map((line) => line.milliseconds))
  return (
    <Dialog title={t('speakingTimes.title')} onClose={onClose} testId="speaking-times-dialog">
      {list.value.length === 0 && <p>{t('speakingTimes.empty')}</p>}
      <ol class="speaking-times">
        {list.value.map(({ id, name, milliseconds }) => (
          <li key={id}>
            <span dir="auto">{id === model.selfId.value ? t('people.you', { name: settings.displayName.value || t('person.unnamed') }) : name || t('person.unnamed')}</span>
            <span>{duration(milliseconds / 1000)}</span>
            <meter min={0} max={longest} value={milliseconds} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
