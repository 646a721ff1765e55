import type { Account } from '../../state/app'
import { Icon } from '../icons/Icon'
import { t } from '../strings/t'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface LoginDialogProps {
  wrong: boolean
  onClose: () => void
  onSubmit: (account: Account) => void
}

/** Name and password of an account of this server. */
export function LoginDialog({ wrong, onClose, onSubmit }: LoginDialogProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    const user = String(data.get('user') ?? '').trim()
    const password = String(data.get('password') ?? '')
    if (user && password) onSubmit({ user, password })
  }
  return (
    <Dialog title={t('login.title')} onClose={onClose} testId="login-dialog">
      <form class="form" onSubmit={submit}>
        <p>{t('login.text')}</p>
        {wrong && (
          <p class="problem" role="alert">
            <Icon name="warning" size="small" /> {t('login.wrong')}
          </p>
        )}
        <label>
          {t('login.user')}
          <input name="user" type="text" autoComplete="username" autoCapitalize="none" spellcheck={false} required data-autofocus data-testid="login-user" />
        </label>
        <label>
          {t('login.password')}
          <input name="password" type="password" autoComplete="current-password" required data-testid="login-password" />
        </label>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" testId="login-submit">
            {t('account.signIn')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
