import { useRef, useEffect } from 'preact/hooks'
import type { App } from '../../state/app'
import { useApp } from '../context'
import { Button } from '../parts/Button'
import { t } from '../strings/t'
import { Brand } from './Brand'
import { DeviceChips } from './DeviceChips'
import { Preview } from './Preview'
import { captureMessage } from './capture-message'

/** The last look in the mirror before a meeting. */
export function Prejoin() {
  const app = useApp()
  const { media, settings } = app
  const field = useRef<HTMLInputElement>(null)
  const submit = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Who has a name only needs to press Enter.
    if (settings.displayName.peek()) submit.current?.querySelector('button')?.focus()
    else field.current?.focus()
  }, [])
  const problem = media.microphoneProblem.value
  const joining = app.joining.value
  return (
    <div class="page prejoin">
      <header class="page-head">
        <a
          class="brand-link"
          href="/"
          onClick={(event) => {
            event.preventDefault()
            app.home()
          }}
        >
          <Brand />
        </a>
      </header>
      <main class="prejoin-main">
        <div class="prejoin-picture">
          <Preview />
          <DeviceChips />
        </div>
        <form
          class="prejoin-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (!joining) void app.join()
          }}
        >
          <h1 dir="auto" data-testid="room-title">
            {app.title.value}
          </h1>
          <p class="lead">{joinHint(app)}</p>
          {problem && (
            <p class="problem" role="alert">
              {captureMessage('microphone', problem)}{' '}
              <button type="button" class="text-button" onClick={() => void media.setMuted(false)}>
                {t('action.tryAgain')}
              </button>
            </p>
          )}
          <label for="name">{t('prejoin.name')}</label>
          <input
            id="name"
            ref={field}
            type="text"
            dir="auto"
            autoComplete="name"
            maxLength={80}
            placeholder={t('prejoin.namePlaceholder')}
            value={settings.displayName.value}
            onInput={(event) => (settings.displayName.value = event.currentTarget.value)}
            data-testid="prejoin-name"
          />
          <div ref={submit} class="prejoin-actions">
            <Button look="main" type="submit" busy={joining} testId="prejoin-join">
              {joining ? t('prejoin.joining') : t('prejoin.join')}
            </Button>
            {joining && (
              <Button look="quiet" onClick={() => void app.leave()}>
                {t('action.cancel')}
              </Button>
            )}
          </div>
        </form>
      </main>
    </div>
  )
}

/** What will happen on joining. */
function joinHint({ serverConfig, account, media }: App): string {
  const policy = account.value ? 'open' : serverConfig?.policy
  if (policy === 'hosts') return t('prejoin.hintHosts')
  if (policy === 'members') return t('prejoin.hintMembers')
  const seen = !media.cameraOff.value
  const heard = !media.muted.value
  return t(seen ? (heard ? 'prejoin.seenAndHeard' : 'prejoin.seen') : heard ? 'prejoin.heard' : 'prejoin.quiet')
}
