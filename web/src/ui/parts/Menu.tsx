import type { ComponentChildren, RefObject } from 'preact'
import { Icon } from '../icons/Icon'
import type { IconName } from '../icons/icons'
import { Popover } from './Popover'

interface MenuProps {
  anchor: RefObject<HTMLElement | null> | DOMRect
  onClose: () => void
  label: string
  children: ComponentChildren
  testId?: string
}

/** A menu: arrow keys move, Home and End jump, a letter finds, Tab and Escape close. */
export function Menu({ children, onClose, ...rest }: MenuProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const list = event.currentTarget as HTMLElement
    const items = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const go = (index: number) => {
      event.preventDefault()
      items[(index + items.length) % items.length]?.focus()
    }
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at < 0 ? -1 : at - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(-1)
    else if (event.key === 'Tab') onClose()
    else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey && !(event.target instanceof HTMLInputElement)) {
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
      const match = after.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase()))
      if (match) go(items.indexOf(match))
    }
    event.stopPropagation()
  }
  return (
    <Popover {...rest} onClose={onClose} role="menu" class="menu">
      <div class="menu-items" role="presentation" onKeyDown={onKeyDown}>
        {children}
      </div>
    </Popover>
  )
}

interface MenuItemProps {
  icon?: IconName
  children: ComponentChildren
  onClick: () => void
  danger?: boolean
  /** One of several of which one is chosen. */
  checked?: boolean
  hint?: string
  testId?: string
}

export function MenuItem({ icon, children, onClick, danger, checked, hint, testId }: MenuItemProps) {
  const choice = checked !== undefined
  return (
    <button
      type="button"
      role={choice ? 'menuitemradio' : 'menuitem'}
      aria-checked={checked}
      class={`menu-item${danger ? ' menu-item-danger' : ''}`}
      onClick={onClick}
      tabIndex={-1}
      data-testid={testId}
    >
      {choice ? <span class="menu-check">{checked && <Icon name="check" size="small" />}</span> : icon && <Icon name={icon} size="small" />}
      <span class="menu-text">{children}</span>
      {hint && <kbd aria-hidden="true">{hint}</kbd>}
    </button>
  )
}

export function MenuHeading({ children }: { children: ComponentChildren }) {
  return <div class="menu-heading">{children}</div>
}
