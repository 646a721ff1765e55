import { useApp } from '../context'
import { Button } from '../parts/Button'
import { t } from '../strings/t'

/** Between a link that skips the prejoin screen and the meeting. */
export function Joining() {
  const app = useApp()
  return (
    <main class="page centred joining">
      <span class="spinner spinner-large" />
      <h1 dir="auto">{app.title.value}</h1>
      <p class="lead" role="status">{t('prejoin.joining')}</p>
      <Button look="quiet" onClick={() => app.home()}>
        {t('action.cancel')}
      </Button>
    </main>
  )
}
