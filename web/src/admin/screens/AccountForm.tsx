import { useSignal } from '@preact/signals'
import { Button } from '../../ui/parts/Button'
import { Dialog } from '../../ui/parts/Dialog'
import { t } from '../../ui/strings/t'
import type { Role } from '../api'
import { useAdmin } from '../context'
import { Problem } from '../parts/Problem'
import { roleNames } from './Accounts'

/** Makes an account. */
export function AccountForm({ onClose }: { onClose: () => void }) {
  const admin = useAdmin()
  const error = useSignal<unknown>(undefined)
  const busy = useSignal(false)
  const roles: Role[] = admin.me.value?.role === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin']
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    busy.value = true
    try {
      await admin.addAccount({
        name: String(data.get('user') ?? '').trim(),
        password: String(data.get('password') ?? ''),
        role: String(data.get('role')) as Role,
      })
      admin.notices.show({ key: 'admin.notice.added', tag: 'done' })
      onClose()
    } catch (refused) {
      error.value = refused
    } finally {
      busy.value = false
    }
  }
  return (
    <Dialog title={t('admin.account.add')} onClose={onClose} testId="account-form">
      <form class="form" onSubmit={(event) => void submit(event)}>
        <Problem error={error.value} />
        <label>
          {t('login.user')}
          <input name="user" type="text" autoComplete="off" autoCapitalize="none" spellcheck={false} maxLength={64} required data-autofocus data-testid="account-name" />
        </label>
        <div class="form-field">
          <label for="account-password">{t('login.password')}</label>
          <input id="account-password" name="password" type="password" autoComplete="new-password" minLength={8} maxLength={256} required aria-describedby="account-password-hint" data-testid="account-password-new" />
          <p id="account-password-hint" class="hint">
            {t('admin.password.hint')}
          </p>
        </div>
        <label>
          {t('admin.account.role')}
          <select name="role" data-testid="account-role">
            {roles.map((role) => (
              <option key={role} value={role}>
                {t(roleNames[role])}
              </option>
            ))}
          </select>
        </label>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" busy={busy.value} testId="account-save">
            {t('admin.account.add')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
