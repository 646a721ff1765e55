import { useSignal, useSignalEffect } from '@preact/signals'
import { Icon } from '../../ui/icons/Icon'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import type { Policy } from '../api'
import { useAdmin } from '../context'
import { PolicyChoice } from '../parts/PolicyChoice'
import { Tokens } from './Tokens'

/** The server's name and policy, taking it out of service, and the tokens of programs. */
export function SettingsScreen() {
  return (
    <>
      <h1 class="sr-only">{t('admin.tab.settings')}</h1>
      <ServerForm />
      <Drain />
      <Tokens />
    </>
  )
}

function ServerForm() {
  const admin = useAdmin()
  const settings = admin.settings.value
  const name = useSignal('')
  const policy = useSignal<Policy>('open')
  const saved = useSignal(false)
  const busy = useSignal(false)
  useSignalEffect(() => {
    if (admin.settings.value) {
      name.value = admin.settings.value.serverName
      policy.value = admin.settings.value.policy
    }
  })
  if (!settings) return null
  const changed = name.value.trim() !== settings.serverName || policy.value !== settings.policy
  const submit = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    saved.value = await admin.saveSettings({ serverName: name.value.trim(), policy: policy.value })
    busy.value = false
  }
  return (
    <section class="section" aria-labelledby="settings-title">
      <header class="section-head">
        <h2 id="settings-title">{t('admin.settings.title')}</h2>
      </header>
      <form class="card form" onSubmit={(event) => void submit(event)}>
        <label>
          {t('admin.settings.name')}
          <input
            type="text"
            dir="auto"
            maxLength={60}
            required
            disabled={settings.fixed.includes('serverName')}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value
              saved.value = false
            }}
            data-testid="settings-name"
          />
        </label>
        <PolicyChoice
          value={policy.value}
          onChange={(chosen) => {
            policy.value = chosen
            saved.value = false
          }}
          disabled={settings.fixed.includes('policy')}
        />
        {settings.fixed.length > 0 && (
          <p class="hint">
            <Icon name="lock" size="small" /> {t('admin.settings.fixed')}
          </p>
        )}
        {settings.fixed.length < 2 && (
          <div class="form-actions">
            <Button look="main" type="submit" disabled={!changed} busy={busy.value} testId="settings-save">
              {t('action.save')}
            </Button>
            <span class="saved" role="status" data-testid="settings-saved">
              {saved.value && !changed && (
                <>
                  <Icon name="check" size="small" /> {t('admin.settings.saved')}
                </>
              )}
            </span>
          </div>
        )}
      </form>
    </section>
  )
}

function Drain() {
  const admin = useAdmin()
  const draining = admin.status.value?.draining ?? false
  return (
    <section class="section" aria-labelledby="drain-title">
      <header class="section-head">
        <h2 id="drain-title">{t('admin.drain.title')}</h2>
      </header>
      <div class="card row">
        <p>{t(draining ? 'admin.drain.isOn' : 'admin.drain.text')}</p>
        <Button onClick={() => void admin.drain(!draining)} testId="drain">
          {t(draining ? 'admin.drain.off' : 'admin.drain.on')}
        </Button>
      </div>
    </section>
  )
}
