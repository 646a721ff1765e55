import { Icon } from '../icons/Icon'
import { t } from '../strings/t'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface PasswordDialogProps {
  wrong: boolean
  onClose: () => void
  onSubmit: (password: string) => void
}

/** The room's password, asked of whoever wants to join. */
export function PasswordDialog({ wrong, onClose, onSubmit }: PasswordDialogProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget as HTMLFormElement).get('password') ?? '')
    if (password) onSubmit(password)
  }
  return (
    <Dialog title={t('password.title')} onClose={onClose} testId="password-dialog">
      <form class="form" onSubmit={submit}>
        <p>{t('password.text')}</p>
        {wrong && (
          <p class="problem" role="alert">
            <Icon name="warning" size="small" /> {t('password.wrong')}
          </p>
        )}
        <label>
          {t('password.label')}
          <input name="password" type="password" autoComplete="off" required data-autofocus data-testid="password-input" />
        </label>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" testId="password-submit">
            {t('prejoin.join')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
