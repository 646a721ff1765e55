import { effect } from '@preact/signals'
import { render } from 'preact'
import type { ServerConfig } from '../protocol/api'
import { Admin, tabs, type Tab } from './admin'
import { Api } from './api'
import { AdminRoot } from './AdminRoot'
import { t } from '../ui/strings/t'

declare global {
  interface Window {
    config?: ServerConfig
  }
}

const root = document.getElementById('app')
if (root) {
  const setup = /^#setup=([\w-]+)$/.exec(location.hash)?.[1] ?? ''
  // A secret stays neither in the address nor in the history.
  if (setup) history.replaceState(null, '', location.pathname)
  const admin = new Admin(new Api(), setup)
  const wanted = location.hash.slice(1)
  if ((tabs as readonly string[]).includes(wanted)) admin.tab.value = wanted as Tab
  addEventListener('hashchange', () => {
    const tab = location.hash.slice(1) || 'overview'
    if ((tabs as readonly string[]).includes(tab) && tab !== admin.tab.peek() && admin.screen.peek() === 'main') admin.show(tab as Tab)
  })
  effect(() => {
    root.dataset['screen'] = admin.screen.value
    const name = admin.status.value?.serverName ?? window.config?.serverName ?? 'Meetjar'
    document.title = `${t('admin.title')} – ${name}`
  })
  render(<AdminRoot admin={admin} />, root)
  void admin.begin()
}
