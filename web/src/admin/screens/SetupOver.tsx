import { Icon } from '../../ui/icons/Icon'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import { useAdmin } from '../context'
import { ServerBrand } from '../parts/ServerBrand'

/** The link of the first run was used, or is too old. */
export function SetupOver() {
  const admin = useAdmin()
  return (
    <div class="page" data-testid="setup-over">
      <header class="page-head">
        <ServerBrand />
      </header>
      <main class="centred">
        <span class="left-icon left-icon-problem">
          <Icon name="hourglass" size="large" />
        </span>
        <h1>{t('admin.setup.over')}</h1>
        <p class="lead narrow-text">{t('admin.setup.overText')}</p>
        <div class="left-actions">
          <Button look="main" onClick={() => (admin.screen.value = 'sign-in')} autoFocus>
            {t('account.signIn')}
          </Button>
        </div>
      </main>
    </div>
  )
}
