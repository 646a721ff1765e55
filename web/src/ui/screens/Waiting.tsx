import { useSignal } from '@preact/signals'
import { useApp } from '../context'
import { Button } from '../parts/Button'
import { LoginDialog } from '../parts/LoginDialog'
import { t } from '../strings/t'
import { Brand } from './Brand'
import { DeviceChips } from './DeviceChips'
import { Preview } from './Preview'

/** In front of a meeting that its host has not begun. It begins by itself. */
export function Waiting() {
  const app = useApp()
  const signingIn = useSignal(false)
  return (
    <div class="page prejoin">
      <header class="page-head">
        <Brand />
      </header>
      <main class="prejoin-main">
        <div class="prejoin-picture">
          <Preview />
          <DeviceChips />
        </div>
        <div class="prejoin-form" role="status">
          <h1 dir="auto">{app.title.value}</h1>
          <p class="waiting-line">
            <span class="spinner" /> {t('waiting.title')}
          </p>
          <p class="lead">{t('waiting.text')}</p>
          <div class="prejoin-actions">
            <Button icon="key" onClick={() => (signingIn.value = true)} testId="waiting-host">
              {t('waiting.iAmHost')}
            </Button>
            <Button look="quiet" onClick={() => void app.leave()}>
              {t('action.cancel')}
            </Button>
          </div>
        </div>
      </main>
      {signingIn.value && (
        <LoginDialog
          wrong={false}
          onClose={() => (signingIn.value = false)}
          onSubmit={(account) => {
            signingIn.value = false
            void app.signIn(account)
          }}
        />
      )}
    </div>
  )
}
