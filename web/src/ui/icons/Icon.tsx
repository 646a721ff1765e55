import { h } from 'preact'
import { icons, type IconName } from './icons'

interface IconProps {
  name: IconName
  /** `small` beside text in a line, `normal` in buttons. */
  size?: 'small' | 'normal' | 'large'
}

/** An icon for the eye only; whoever uses it says in words what it means. */
export function Icon({ name, size = 'normal' }: IconProps) {
  return (
    <svg class={`icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {icons[name].map(([tag, attributes], i) => h(tag, { ...attributes, key: i }))}
    </svg>
  )
}
