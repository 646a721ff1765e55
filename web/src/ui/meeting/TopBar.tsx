import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useApp, useModel } from '../context'
import { t } from '../strings/t'
import { duration } from './duration'

/** The meeting's name and how long it has been going on. */
export function TopBar({ visible }: { visible: ReadonlySignal<boolean> }) {
  const app = useApp()
  const model = useModel()
  return (
    <header class={`top-bar${visible.value ? '' : ' top-bar-hidden'}`}>
      <h1 class="top-title" dir="auto" data-testid="meeting-title">
        {app.title.value}
      </h1>
      <Timer since={model.joinedAt.value} />
    </header>
  )
}

function Timer({ since }: { since: number }) {
  const seconds = useSignal(0)
  useEffect(() => {
    const tick = () => (seconds.value = Math.max(0, Math.floor((Date.now() - since) / 1000)))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [since])
  return (
    <span class="top-timer" role="timer" aria-label={t('timer.label')}>
      {duration(seconds.value)}
    </span>
  )
}
