import type { LeftReason } from '../../protocol/api'
import { useApp } from '../context'
import { Icon } from '../icons/Icon'
import type { IconName } from '../icons/icons'
import { Button } from '../parts/Button'
import { t, type Key } from '../strings/t'
import { Brand } from './Brand'

interface Ending {
  icon: IconName
  title: string
  /** What the main button does. */
  next: 'rejoin' | 'retry' | 'home'
  hint?: Key
  details?: string
}

/** After a meeting, or in place of one: what happened in one sentence, and one main button. */
export function Left({ reason }: { reason: LeftReason }) {
  const app = useApp()
  const { icon, title, next, hint, details } = ending(reason)
  const home = (
    <Button look={next === 'home' ? 'main' : 'plain'} onClick={() => app.home()} testId="left-home" autoFocus={next === 'home'}>
      {t('left.home')}
    </Button>
  )
  return (
    <div class="page left" data-testid="left-screen" data-reason={reason.kind}>
      <header class="page-head">
        <Brand />
      </header>
      <main class="centred">
        <span class={`left-icon${next === 'rejoin' ? '' : ' left-icon-problem'}`}>
          <Icon name={icon} size="large" />
        </span>
        <div role="status">
          <h1 dir="auto">{title}</h1>
        </div>
        {hint && <p class="lead">{t(hint)}</p>}
        <div class="left-actions">
          {next === 'home' ? (
            <>
              {home}
              {reason.kind === 'kicked' || reason.kind === 'ended' ? null : (
                <Button onClick={() => void app.rejoin()} testId="left-rejoin">
                  {t('left.retry')}
                </Button>
              )}
            </>
          ) : (
            <>
              <Button look="main" onClick={() => void app.rejoin()} testId="left-rejoin" autoFocus>
                {t(next === 'rejoin' ? 'left.rejoin' : 'left.retry')}
              </Button>
              {home}
            </>
          )}
        </div>
        {details && (
          <details class="left-details">
            <summary>{t('left.details')}</summary>
            <p dir="auto">{details}</p>
          </details>
        )}
      </main>
    </div>
  )
}

function ending(reason: LeftReason): Ending {
  switch (reason.kind) {
    case 'hangup':
      return { icon: 'leave', title: t('left.hangup'), next: 'rejoin' }
    case 'kicked':
      return {
        icon: 'remove',
        title: reason.by ? t('left.kickedBy', { name: reason.by }) : t('left.kicked'),
        next: 'home',
        ...(reason.reason && { details: reason.reason }),
      }
    case 'ended':
      return { icon: 'check', title: t('left.ended'), next: 'home', ...(reason.reason && { details: reason.reason }) }
    case 'full':
      return { icon: 'people', title: t('left.full'), next: 'retry', hint: 'left.fullHint' }
    case 'server-full':
      return { icon: 'people', title: t('left.serverFull'), next: 'retry', hint: 'left.serverFullHint' }
    case 'not-allowed':
      return { icon: 'lock', title: t('left.notAllowed'), next: 'home', ...(reason.text && { details: reason.text }) }
    case 'unreachable':
      return { icon: 'lost', title: t('left.unreachable'), next: 'retry', hint: 'left.unreachableHint' }
    case 'password-required':
      return { icon: 'lock', title: t('password.text'), next: 'retry' }
    case 'login-required':
      return { icon: 'key', title: t('login.text'), next: 'retry' }
    case 'failed':
      return { icon: 'warning', title: t('left.failed'), next: 'retry', ...(reason.text && { details: reason.text }) }
  }
}
