import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Icon } from '../../ui/icons/Icon'
import type { IconName } from '../../ui/icons/icons'
import { Menu, MenuItem } from '../../ui/parts/Menu'
import { t, type Key } from '../../ui/strings/t'
import type { Tab } from '../admin'
import { useAdmin } from '../context'
import { ServerBrand } from '../parts/ServerBrand'
import { Accounts } from './Accounts'
import { Overview } from './Overview'
import { PasswordForm } from './PasswordForm'
import { SettingsScreen } from './SettingsScreen'

const entries: readonly { tab: Tab; title: Key; icon: IconName }[] = [
  { tab: 'overview', title: 'admin.tab.overview', icon: 'activity' },
  { tab: 'accounts', title: 'admin.tab.accounts', icon: 'people' },
  { tab: 'settings', title: 'admin.tab.settings', icon: 'gear' },
]

/** What all screens have around them once somebody is in. */
export function Frame() {
  const admin = useAdmin()
  const tab = admin.tab.value
  return (
    <div class="frame">
      <header class="frame-head">
        <a class="brand-link" href="/" aria-label={t('admin.home')}>
          <ServerBrand />
        </a>
        <nav class="tabs" aria-label={t('admin.title')}>
          {entries.map(({ tab: each, title, icon }) => (
            <a key={each} href={`#${each}`} class="tab" aria-current={each === tab ? 'page' : undefined} data-testid={`tab-${each}`}>
              <Icon name={icon} size="small" />
              <span>{t(title)}</span>
            </a>
          ))}
        </nav>
        <Me />
      </header>
      <main class={tab === 'overview' ? 'frame-main' : 'frame-main frame-main-narrow'} key={tab}>
        {!admin.reachable.value && (
          <p class="note note-problem" role="status">
            <Icon name="lost" size="small" /> {t('admin.unreachable')}
          </p>
        )}
        {tab === 'overview' ? <Overview /> : tab === 'accounts' ? <Accounts /> : <SettingsScreen />}
      </main>
    </div>
  )
}

function Me() {
  const admin = useAdmin()
  const button = useRef<HTMLButtonElement>(null)
  const open = useSignal(false)
  const changing = useSignal(false)
  const name = admin.me.value?.name ?? ''
  return (
    <>
      <button ref={button} type="button" class="me" aria-haspopup="menu" aria-expanded={open.value} onClick={() => (open.value = !open.value)} data-testid="me">
        <Icon name="user" size="small" />
        <span class="me-name" dir="auto">
          {name}
        </span>
        <Icon name="chevronDown" size="small" />
      </button>
      {open.value && (
        <Menu anchor={button} onClose={() => (open.value = false)} label={name}>
          <MenuItem
            icon="key"
            onClick={() => {
              open.value = false
              changing.value = true
            }}
          >
            {t('admin.account.password')}
          </MenuItem>
          <MenuItem icon="leave" onClick={() => void admin.signOut()} testId="sign-out">
            {t('account.signOut')}
          </MenuItem>
        </Menu>
      )}
      {changing.value && <PasswordForm name={name} onClose={() => (changing.value = false)} />}
    </>
  )
}
