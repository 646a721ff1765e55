import type { ComponentChildren } from 'preact'
import { Icon } from '../icons/Icon'
import type { IconName } from '../icons/icons'

interface ButtonProps {
  children: ComponentChildren
  onClick?: (event: MouseEvent) => void
  look?: 'main' | 'plain' | 'quiet' | 'danger'
  icon?: IconName
  type?: 'button' | 'submit'
  disabled?: boolean
  busy?: boolean
  testId?: string
  autoFocus?: boolean
}

/** Takes focus when it appears, unless somebody is already somewhere. */
function focusOnce(button: HTMLButtonElement | null): void {
  const active = document.activeElement
  if (button && (!active || active === document.body)) button.focus()
}

export function Button({ children, onClick, look = 'plain', icon, type = 'button', disabled, busy, testId, autoFocus }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${look}`}
      onClick={onClick}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy}
      data-testid={testId}
      data-autofocus={autoFocus}
      ref={autoFocus ? focusOnce : undefined}
    >
      {busy ? <span class="spinner" /> : icon && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </button>
  )
}

interface IconButtonProps {
  icon: IconName
  label: string
  onClick?: (event: MouseEvent) => void
  look?: 'plain' | 'quiet' | 'danger' | 'off' | 'on'
  testId?: string
  pressed?: boolean
  expanded?: boolean
  shortcut?: string
  badge?: string | number
  /** What {@link badge} means, for those who can't see it. */
  badgeLabel?: string
  /** It asks for no attention. */
  badgeQuiet?: boolean
  disabled?: boolean
}

/** A round button whose label shows on hover and focus. */
export function IconButton({ icon, label, onClick, look = 'plain', testId, pressed, expanded, shortcut, badge, badgeLabel, badgeQuiet, disabled }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button icon-button-${look}`}
      onClick={onClick}
      aria-label={badgeLabel ? `${label}, ${badgeLabel}` : label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcut}
      aria-disabled={disabled}
      data-testid={testId}
    >
      <Icon name={icon} />
      {badge !== undefined && badge !== '' && (
        <span class={badgeQuiet ? 'badge badge-quiet' : 'badge'} aria-hidden="true">
          {badge}
        </span>
      )}
      <span class="tip" aria-hidden="true">
        {label}
        {shortcut && <kbd>{shortcut}</kbd>}
      </span>
    </button>
  )
}
