import { hueOf, initialsOf } from './initials'

/** Initials on a colour made from the name. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" style={{ '--hue': String(hueOf(name)) }} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}
