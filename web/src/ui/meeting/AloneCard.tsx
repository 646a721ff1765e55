import { useApp, useModel } from '../context'
import { Button } from '../parts/Button'
import { inviteAddress } from '../router'
import { t } from '../strings/t'
import { actions } from './actions'
import { useMeetingView } from './view'

/** For the first one in a meeting: how the others come. */
export function AloneCard() {
  const app = useApp()
  const model = useModel()
  const view = useMeetingView()
  return (
    <aside class="alone" data-testid="alone">
      <p class="alone-title">{t('alone.title')}</p>
      <p>{t(app.serverConfig?.policy === 'members' ? 'alone.textMembers' : 'alone.text')}</p>
      <div class="alone-row">
        <code dir="ltr">{inviteAddress(app.room.value).replace(/^https?:\/\//, '')}</code>
        <Button icon="copy" look="main" onClick={actions(app, model, view).copyInvitation} testId="alone-copy">
          {t('invite.copyShort')}
        </Button>
      </div>
    </aside>
  )
}
