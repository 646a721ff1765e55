import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../ui/icons/Icon'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import { ApiError, type Policy } from '../api'
import { useAdmin } from '../context'
import { PolicyChoice } from '../parts/PolicyChoice'
import { Problem } from '../parts/Problem'
import { ServerBrand } from '../parts/ServerBrand'

/** The first run, in two steps: the owner's account, then the server's name and who may start meetings. */
export function Setup() {
  const admin = useAdmin()
  const settings = admin.settings.value
  const fixed = settings?.fixed ?? []
  const step = useSignal<1 | 2>(1)
  const name = useSignal('')
  const password = useSignal('')
  const serverName = useSignal(settings?.serverName ?? '')
  const policy = useSignal<Policy>(settings?.policy ?? 'open')
  const shown = useSignal(false)
  const error = useSignal<unknown>(undefined)
  const busy = useSignal(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const moved = useRef(false)

  useEffect(() => {
    if (moved.current) heading.current?.focus()
    moved.current = true
  }, [step.value])

  const finish = async () => {
    busy.value = true
    error.value = undefined
    try {
      await admin.setUp({
        name: name.value.trim(),
        password: password.value,
        ...(fixed.includes('serverName') ? {} : { serverName: serverName.value.trim() }),
        ...(fixed.includes('policy') ? {} : { policy: policy.value }),
      })
      admin.notices.show({ key: 'admin.notice.setUp', seconds: 8 })
    } catch (refused) {
      error.value = refused
      if (refused instanceof ApiError && ['name', 'password', 'exists'].includes(refused.code)) step.value = 1
      if (refused instanceof ApiError && refused.code === 'setup-over') admin.screen.value = 'setup-over'
    } finally {
      busy.value = false
    }
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (step.value === 2) void finish()
    else {
      error.value = undefined
      step.value = 2
    }
  }

  return (
    <div class="page">
      <header class="page-head">
        <ServerBrand />
      </header>
      <main class="narrow" data-testid={`setup-step-${step.value}`}>
        <p class="step">{t('admin.setup.step', { step: step.value, of: 2 })}</p>
        <h1 ref={heading} tabIndex={-1}>
          {t(step.value === 1 ? 'admin.setup.account' : 'admin.setup.server')}
        </h1>
        <p class="lead">{t(step.value === 1 ? 'admin.setup.accountText' : 'admin.setup.serverText')}</p>
        <form class="form" onSubmit={submit}>
          <Problem error={error.value} />
          {step.value === 1 ? (
            <>
              <label>
                {t('admin.setup.name')}
                <input
                  type="text"
                  name="user"
                  autoComplete="username"
                  autoCapitalize="none"
                  spellcheck={false}
                  maxLength={64}
                  required
                  autoFocus
                  value={name.value}
                  onInput={(event) => (name.value = event.currentTarget.value)}
                  data-testid="setup-name"
                />
              </label>
              <div class="form-field">
                <label for="setup-password">{t('login.password')}</label>
                <div class="with-button">
                  <input
                    id="setup-password"
                    type={(shown.value ? 'text' : 'password') as 'password'}
                    name="password"
                    autoComplete="new-password"
                    minLength={8}
                    maxLength={256}
                    required
                    aria-describedby="setup-password-hint"
                    value={password.value}
                    onInput={(event) => (password.value = event.currentTarget.value)}
                    data-testid="setup-password"
                  />
                  <button type="button" class="text-button" aria-pressed={shown.value} onClick={() => (shown.value = !shown.value)}>
                    {t(shown.value ? 'admin.password.hide' : 'admin.password.show')}
                  </button>
                </div>
                <p id="setup-password-hint" class="hint">
                  {t('admin.password.hint')}
                </p>
              </div>
              <div class="form-actions">
                <Button look="main" type="submit" testId="setup-next">
                  {t('action.next')}
                </Button>
              </div>
            </>
          ) : (
            <>
              <label>
                {t('admin.settings.name')}
                <input
                  type="text"
                  dir="auto"
                  maxLength={60}
                  required
                  disabled={fixed.includes('serverName')}
                  value={serverName.value}
                  onInput={(event) => (serverName.value = event.currentTarget.value)}
                  data-testid="setup-server-name"
                />
              </label>
              <PolicyChoice value={policy.value} onChange={(chosen) => (policy.value = chosen)} disabled={fixed.includes('policy')} />
              {fixed.length > 0 && (
                <p class="hint">
                  <Icon name="lock" size="small" /> {t('admin.settings.fixed')}
                </p>
              )}
              <div class="form-actions">
                <Button onClick={() => (step.value = 1)}>{t('action.back')}</Button>
                <Button look="main" type="submit" busy={busy.value} testId="setup-finish">
                  {t('admin.setup.finish')}
                </Button>
              </div>
            </>
          )}
        </form>
      </main>
    </div>
  )
}
