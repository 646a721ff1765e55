import { useSignal } from '@preact/signals'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import { useAdmin } from '../context'
import { Problem } from '../parts/Problem'
import { ServerBrand } from '../parts/ServerBrand'

/** The way in for those who manage the server. */
export function SignIn() {
  const admin = useAdmin()
  const error = useSignal<unknown>(undefined)
  const busy = useSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const data = new FormData(form)
    busy.value = true
    error.value = undefined
    try {
      await admin.signIn(String(data.get('user') ?? '').trim(), String(data.get('password') ?? ''))
    } catch (refused) {
      error.value = refused
      form.querySelector<HTMLInputElement>('[name=password]')?.select()
    } finally {
      busy.value = false
    }
  }
  return (
    <div class="page">
      <header class="page-head">
        <ServerBrand />
      </header>
      <main class="narrow">
        <h1>{t('admin.signIn.title')}</h1>
        <p class="lead">{t('admin.signIn.text')}</p>
        <form class="form" onSubmit={(event) => void submit(event)}>
          <Problem error={error.value} />
          <label>
            {t('login.user')}
            <input name="user" type="text" autoComplete="username" autoCapitalize="none" spellcheck={false} required autoFocus data-testid="admin-user" />
          </label>
          <label>
            {t('login.password')}
            <input name="password" type="password" autoComplete="current-password" required data-testid="admin-password" />
          </label>
          <Button look="main" type="submit" busy={busy.value} testId="admin-sign-in">
            {t('account.signIn')}
          </Button>
        </form>
      </main>
    </div>
  )
}
