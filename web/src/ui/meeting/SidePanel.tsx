import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from '../parts/Button'
import { t } from '../strings/t'
import { useMeetingView } from './view'

interface SidePanelProps {
  title: string
  children: ComponentChildren
  testId: string
}

/** Beside the stage; a sheet over it on phones. Escape closes it. */
export function SidePanel({ title, children, testId }: SidePanelProps) {
  const view = useMeetingView()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    return () => {
      const active = document.activeElement
      if ((!active || active === document.body) && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <aside
      ref={panel}
      class="panel"
      aria-label={title}
      data-testid={testId}
      onKeyDown={(event) => {
        if (event.key === 'Escape') view.open(null)
      }}
    >
      <header class="panel-head">
        <h2>{title}</h2>
        <IconButton icon="close" look="quiet" label={t('action.close')} onClick={() => view.open(null)} testId="panel-close" />
      </header>
      {children}
    </aside>
  )
}
