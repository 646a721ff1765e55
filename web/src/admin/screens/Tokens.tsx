import { useSignal } from '@preact/signals'
import { Button, IconButton } from '../../ui/parts/Button'
import { Dialog } from '../../ui/parts/Dialog'
import { t } from '../../ui/strings/t'
import { useAdmin } from '../context'
import { date } from '../parts/format'
import { Problem } from '../parts/Problem'

/** What lets programs in: monitoring, scripts. */
export function Tokens() {
  const admin = useAdmin()
  const adding = useSignal(false)
  const tokens = admin.tokens.value ?? []
  return (
    <section class="section" aria-labelledby="tokens-title">
      <header class="section-head">
        <h2 id="tokens-title">{t('admin.tokens.title')}</h2>
        <Button icon="add" onClick={() => (adding.value = true)} testId="add-token">
          {t('admin.tokens.add')}
        </Button>
      </header>
      <div class="card">
        <p class="lead">{t('admin.tokens.text')}</p>
        {tokens.length > 0 && (
          <ul class="tokens">
            {tokens.map((token) => (
              <li key={token.id} class="token">
                <span class="account-who">
                  <strong dir="auto">{token.name}</strong>
                  <small>
                    {t(token.mayChange ? 'admin.tokens.mayChange' : 'admin.tokens.mayLook')} · {date(token.created)}
                  </small>
                </span>
                <IconButton icon="trash" look="quiet" label={t('admin.tokens.remove', { name: token.name })} onClick={() => void admin.removeToken(token.id)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {adding.value && <TokenForm onClose={() => (adding.value = false)} />}
    </section>
  )
}

function TokenForm({ onClose }: { onClose: () => void }) {
  const admin = useAdmin()
  const secret = useSignal('')
  const copied = useSignal(false)
  const error = useSignal<unknown>(undefined)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    try {
      secret.value = (await admin.api.addToken(String(data.get('name') ?? '').trim(), data.get('scope') === 'change')).secret
      await admin.load('settings')
    } catch (refused) {
      error.value = refused
    }
  }
  const copy = async () => {
    await navigator.clipboard?.writeText(secret.value).then(
      () => (copied.value = true),
      () => undefined,
    )
  }
  return (
    <Dialog title={t('admin.tokens.add')} onClose={onClose} testId="token-form">
      {secret.value ? (
        <>
          <p>{t('admin.tokens.once')}</p>
          <code class="secret" data-testid="token-secret">
            {secret.value}
          </code>
          <footer class="dialog-foot">
            <Button icon={copied.value ? 'check' : 'copy'} onClick={() => void copy()}>
              {t(copied.value ? 'admin.tokens.copied' : 'invite.copyShort')}
            </Button>
            <Button look="main" onClick={onClose} testId="token-done">
              {t('action.close')}
            </Button>
          </footer>
        </>
      ) : (
        <form class="form" onSubmit={(event) => void submit(event)}>
          <Problem error={error.value} />
          <label>
            {t('admin.tokens.name')}
            <input name="name" type="text" dir="auto" maxLength={64} required placeholder={t('admin.tokens.example')} data-autofocus data-testid="token-name" />
          </label>
          <fieldset class="choices">
            <legend class="sr-only">{t('admin.tokens.may')}</legend>
            <label class="choice">
              <input type="radio" name="scope" value="look" defaultChecked />
              <span>
                <strong>{t('admin.tokens.mayLook')}</strong>
                <small>{t('admin.tokens.mayLookText')}</small>
              </span>
            </label>
            <label class="choice">
              <input type="radio" name="scope" value="change" />
              <span>
                <strong>{t('admin.tokens.mayChange')}</strong>
                <small>{t('admin.tokens.mayChangeText')}</small>
              </span>
            </label>
          </fieldset>
          <footer class="dialog-foot">
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button look="main" type="submit" testId="token-save">
              {t('admin.tokens.add')}
            </Button>
          </footer>
        </form>
      )}
    </Dialog>
  )
}
