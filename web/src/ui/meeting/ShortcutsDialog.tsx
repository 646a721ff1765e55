import { Dialog } from '../parts/Dialog'
import { t } from '../strings/t'
import { shortcuts } from './shortcuts'

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} testId="shortcuts-dialog">
      <dl class="shortcuts">
        {shortcuts.map(({ key, label }) => (
          <div key={key}>
            <dt>{t(label)}</dt>
            <dd>
              <kbd>{key === ' ' ? t('shortcuts.space') : key.toUpperCase()}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('shortcuts.commands')}</p>
    </Dialog>
  )
}
