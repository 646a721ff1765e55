import { useSignal } from '@preact/signals'
import { Button } from '../../ui/parts/Button'
import { Dialog } from '../../ui/parts/Dialog'
import { t } from '../../ui/strings/t'
import { useAdmin } from '../context'
import { Problem } from '../parts/Problem'

/** Gives an account another password. */
export function PasswordForm({ name, onClose }: { name: string; onClose: () => void }) {
  const admin = useAdmin()
  const error = useSignal<unknown>(undefined)
  const busy = useSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget as HTMLFormElement).get('password') ?? '')
    busy.value = true
    try {
      await admin.api.setPassword(name, password)
      admin.notices.show({ key: 'admin.notice.password', tag: 'done' })
      onClose()
    } catch (refused) {
      error.value = refused
    } finally {
      busy.value = false
    }
  }
  return (
    <Dialog title={t('admin.account.passwordOf', { name })} onClose={onClose} testId="password-form">
      <form class="form" onSubmit={(event) => void submit(event)}>
        <Problem error={error.value} />
        <input type="text" name="user" autoComplete="username" value={name} hidden readOnly />
        <div class="form-field">
          <label for="new-password">{t('admin.password.new')}</label>
          <input id="new-password" name="password" type="password" autoComplete="new-password" minLength={8} maxLength={256} required aria-describedby="new-password-hint" data-autofocus data-testid="new-password" />
          <p id="new-password-hint" class="hint">
            {t('admin.password.hint')}
          </p>
        </div>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" busy={busy.value} testId="password-save">
            {t('action.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
