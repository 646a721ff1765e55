import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../strings/t'
import { IconButton } from './Button'

interface DialogProps {
  title: string
  onClose: () => void
  children: ComponentChildren
  testId?: string
  wide?: boolean
}

/** A modal dialog: the page behind it is out of reach until it is closed. */
export function Dialog({ title, onClose, children, testId, wide }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal?.()
    // The first field if there is one to fill in, else the title, so that readers begin at the beginning.
    const first = dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog?.querySelector('h2')
    first?.focus()
    return () => {
      dialog?.close?.()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={element}
      class={`dialog${wide ? ' dialog-wide' : ''}`}
      aria-labelledby={heading}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose()
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={heading} tabIndex={-1}>{title}</h2>
          <IconButton icon="close" label={t('action.close')} look="quiet" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
