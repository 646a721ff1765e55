import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Icon } from '../../ui/icons/Icon'
import { Button, IconButton } from '../../ui/parts/Button'
import { Menu, MenuHeading, MenuItem } from '../../ui/parts/Menu'
import { t, type Key } from '../../ui/strings/t'
import type { Account, Role } from '../api'
import { useAdmin } from '../context'
import { Confirm } from '../parts/Confirm'
import { date } from '../parts/format'
import { AccountForm } from './AccountForm'
import { PasswordForm } from './PasswordForm'

export const roleNames: Record<Role, Key> = { member: 'admin.role.member', admin: 'admin.role.admin', owner: 'admin.role.owner' }

/** Who has an account, with what role. */
export function Accounts() {
  const admin = useAdmin()
  const adding = useSignal(false)
  const accounts = admin.accounts.value
  return (
    <section class="section" aria-labelledby="accounts-title">
      <header class="section-head">
        <h1 id="accounts-title">{t('admin.tab.accounts')}</h1>
        <Button look="main" icon="add" onClick={() => (adding.value = true)} testId="add-account">
          {t('admin.account.add')}
        </Button>
      </header>
      <p class="lead">{t('admin.account.text')}</p>
      <ul class="card accounts">
        {accounts?.map((account) => <Row key={account.name} account={account} />)}
      </ul>
      {adding.value && <AccountForm onClose={() => (adding.value = false)} />}
    </section>
  )
}

function Row({ account }: { account: Account }) {
  const admin = useAdmin()
  const me = admin.me.value
  const anchor = useRef<HTMLSpanElement>(null)
  const menu = useSignal(false)
  const doing = useSignal<'password' | 'remove' | undefined>(undefined)
  const owns = me?.role === 'owner'
  const mayChange = owns || account.role !== 'owner'
  const roles: Role[] = owns ? ['member', 'admin', 'owner'] : ['member', 'admin']
  const choose = (next: () => void) => () => {
    menu.value = false
    next()
  }
  return (
    <li class="account-row" data-testid={`account-${account.name}`}>
      <Icon name={account.role === 'member' ? 'user' : 'star'} />
      <span class="account-who">
        <strong dir="auto">{account.name}</strong>
        <small>
          {t(roleNames[account.role])}
          {account.name === me?.name && <> · {t('person.you')}</>}
        </small>
      </span>
      <small class="account-since">{t('admin.account.since', { date: date(account.created) })}</small>
      <span ref={anchor} class="account-menu">
        {mayChange && <IconButton icon="dotsVertical" look="quiet" label={t('admin.account.menu', { name: account.name })} expanded={menu.value} onClick={() => (menu.value = !menu.value)} testId={`account-menu-${account.name}`} />}
      </span>
      {menu.value && (
        <Menu anchor={anchor} onClose={() => (menu.value = false)} label={t('admin.account.menu', { name: account.name })}>
          <MenuHeading>{t('admin.account.role')}</MenuHeading>
          {roles.map((role) => (
            <MenuItem key={role} checked={role === account.role} onClick={choose(() => void admin.setRole(account.name, role))} testId={`role-${role}`}>
              {t(roleNames[role])}
            </MenuItem>
          ))}
          <hr />
          <MenuItem icon="key" onClick={choose(() => (doing.value = 'password'))} testId="account-password">
            {t('admin.account.password')}
          </MenuItem>
          <MenuItem icon="trash" danger onClick={choose(() => (doing.value = 'remove'))} testId="account-remove">
            {t('admin.account.remove')}
          </MenuItem>
        </Menu>
      )}
      {doing.value === 'password' && <PasswordForm name={account.name} onClose={() => (doing.value = undefined)} />}
      {doing.value === 'remove' && (
        <Confirm
          title={t('admin.account.removeTitle', { name: account.name })}
          text={t('admin.account.removeText')}
          action={t('admin.account.remove')}
          onConfirm={() => void admin.removeAccount(account.name)}
          onClose={() => (doing.value = undefined)}
        />
      )}
    </li>
  )
}
