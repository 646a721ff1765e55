import { Button } from '../../ui/parts/Button'
import { Dialog } from '../../ui/parts/Dialog'
import { t } from '../../ui/strings/t'

interface ConfirmProps {
  title: string
  text: string
  action: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before what can't be undone. */
export function Confirm({ title, text, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose} testId="confirm-dialog">
      <p>{text}</p>
      <footer class="dialog-foot">
        <Button onClick={onClose} autoFocus>
          {t('action.cancel')}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onClose()
            onConfirm()
          }}
          testId="confirm-yes"
        >
          {action}
        </Button>
      </footer>
    </Dialog>
  )
}
