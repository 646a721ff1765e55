import { useApp, useModel } from '../context'
import { Button } from '../parts/Button'
import { Dialog } from '../parts/Dialog'
import { t } from '../strings/t'
import { moderate } from './moderate'
import type { Confirmation } from './view'

/** Asks before what can't be undone. */
export function ConfirmDialog({ question, onClose }: { question: Confirmation; onClose: () => void }) {
  const { notices } = useApp()
  const model = useModel()
  const name = question.kind === 'kick' ? model.nameOf(question.id) || t('person.unnamed') : ''
  const kick = question.kind === 'kick'
  const confirm = () => {
    onClose()
    moderate(notices, () => (question.kind === 'kick' ? model.meeting.kick(question.id) : model.meeting.endForAll()))
  }
  return (
    <Dialog title={kick ? t('confirm.kick', { name }) : t('confirm.end')} onClose={onClose} testId="confirm-dialog">
      <p>{t(kick ? 'confirm.kickText' : 'confirm.endText')}</p>
      <footer class="dialog-foot">
        <Button onClick={onClose} autoFocus>
          {t('action.cancel')}
        </Button>
        <Button look="danger" onClick={confirm} testId="confirm-yes">
          {t(kick ? 'menu.kick' : 'leave.all')}
        </Button>
      </footer>
    </Dialog>
  )
}
