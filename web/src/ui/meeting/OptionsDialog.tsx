import { useApp, useModel } from '../context'
import { Button } from '../parts/Button'
import { Dialog } from '../parts/Dialog'
import { t } from '../strings/t'
import { moderate } from './moderate'

/** What a moderator sets for the whole meeting: its title and its password. */
export function OptionsDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const { notices } = app
  const { meeting, subject } = useModel()
  const setPassword = (password: string) =>
    moderate(notices, async () => {
      await app.setPassword(password)
      notices.show({ key: password ? 'notice.passwordSet' : 'notice.passwordRemoved', tag: 'password' })
      onClose()
    })
  return (
    <Dialog title={t('options.title')} onClose={onClose} testId="options-dialog">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          meeting.setSubject(String(new FormData(event.currentTarget).get('subject') ?? '').trim())
          onClose()
        }}
      >
        <label>
          {t('options.subject')}
          <span class="field-row">
            <input name="subject" type="text" dir="auto" maxLength={120} defaultValue={subject.value} data-testid="options-subject" />
            <Button type="submit">{t('action.save')}</Button>
          </span>
        </label>
      </form>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          const password = String(new FormData(event.currentTarget).get('password') ?? '')
          if (password) setPassword(password)
        }}
      >
        <label>
          {t('options.password')}
          <span class="field-row">
            <input name="password" type="text" autoComplete="off" maxLength={100} data-testid="options-password" />
            <Button type="submit" testId="options-set-password">
              {t('options.setPassword')}
            </Button>
          </span>
        </label>
        <p class="hint">{t('options.passwordHint')}</p>
        <div>
          <Button look="quiet" onClick={() => setPassword('')}>
            {t('options.removePassword')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
