import { useApp } from '../context'
import { Button } from '../parts/Button'
import { t } from '../strings/t'

/** Who is signed in, or the way to sign in. */
export function AccountChip({ onSignIn }: { onSignIn: () => void }) {
  const app = useApp()
  const account = app.account.value
  if (!account) {
    return (
      <Button icon="key" onClick={onSignIn} testId="sign-in">
        {t('account.signIn')}
      </Button>
    )
  }
  return (
    <span class="account">
      <span dir="auto">{t('account.signedIn', { name: account.user })}</span>
      <Button look="quiet" onClick={() => app.signOut()}>
        {t('account.signOut')}
      </Button>
    </span>
  )
}
