import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { generateRoomName, isEasyToGuess, readableRoomName, roomSegment } from '../../state/room-name'
import { useApp } from '../context'
import { Icon } from '../icons/Icon'
import { LoginDialog } from '../parts/LoginDialog'
import { Button, IconButton } from '../parts/Button'
import { currentLanguage, t } from '../strings/t'
import { AccountChip } from './AccountChip'
import { Brand } from './Brand'

/** Where meetings begin: a name, a button, and the rooms of the last days. */
export function Welcome() {
  const app = useApp()
  const suggestion = useSignal(generateRoomName())
  const typed = useSignal('')
  const signingIn = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  const chosen = () => roomSegment(typed.value.trim() || suggestion.value)
  const recents = app.settings.recentRooms.value

  const start = (event: Event) => {
    event.preventDefault()
    const segment = chosen()
    if (segment) app.enter(segment)
  }
  const reroll = () => {
    typed.value = ''
    suggestion.value = generateRoomName()
    field.current?.focus()
  }

  return (
    <div class="page welcome">
      <header class="page-head">
        <Brand />
        {app.needsAccount && <AccountChip onSignIn={() => (signingIn.value = true)} />}
      </header>
      <main class="welcome-main">
        <h1>{t('welcome.title')}</h1>
        <p class="lead">{t(app.serverConfig?.policy === 'members' ? 'welcome.leadMembers' : app.serverConfig?.policy === 'hosts' ? 'welcome.leadHosts' : 'welcome.lead')}</p>
        <form class="welcome-form" onSubmit={start}>
          <label for="room">{t('welcome.room')}</label>
          <div class="welcome-row">
            <div class="field">
              <input
                id="room"
                ref={field}
                type="text"
                dir="auto"
                autoComplete="off"
                autoCapitalize="words"
                spellcheck={false}
                maxLength={100}
                value={typed.value}
                placeholder={readableRoomName(suggestion.value)}
                aria-describedby="room-hint"
                onInput={(event) => (typed.value = event.currentTarget.value)}
                data-testid="welcome-room"
                autoFocus
              />
              <IconButton icon="reroll" label={t('welcome.reroll')} look="quiet" onClick={reroll} testId="welcome-reroll" />
            </div>
            <Button look="main" type="submit" disabled={!chosen()} testId="welcome-start">
              {t(typed.value.trim() ? 'welcome.go' : 'welcome.start')}
            </Button>
          </div>
          <p id="room-hint" class="hint" aria-live="polite">
            {typed.value && isEasyToGuess(typed.value) && (
              <>
                <Icon name="warning" size="small" /> {t('welcome.easyToGuess')}
              </>
            )}
          </p>
        </form>
        {recents.length > 0 && (
          <section class="recents" aria-label={t('welcome.recent')}>
            <h2>{t('welcome.recent')}</h2>
            <ul>
              {recents.map(({ room, at }) => (
                <li key={room}>
                  <a
                    href={`/${room}`}
                    onClick={(event) => {
                      if (event.ctrlKey || event.metaKey || event.shiftKey) return
                      event.preventDefault()
                      app.enter(room)
                    }}
                  >
                    <Icon name="time" size="small" />
                    <span class="recent-name" dir="auto">
                      {readableRoomName(room)}
                    </span>
                    <span class="recent-time">{relativeTime(at)}</span>
                  </a>
                  <IconButton
                    icon="close"
                    look="quiet"
                    label={t('welcome.forget', { room: readableRoomName(room) })}
                    onClick={() => app.settings.forgetRoom(room)}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
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

/** "yesterday", "3 hours ago". */
function relativeTime(at: number): string {
  const minutes = Math.round((at - Date.now()) / 60_000)
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' })
  if (minutes > -60) return format.format(minutes, 'minute')
  if (minutes > -24 * 60) return format.format(Math.round(minutes / 60), 'hour')
  return format.format(Math.round(minutes / 60 / 24), 'day')
}
