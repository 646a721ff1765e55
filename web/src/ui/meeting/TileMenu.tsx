import { useSignal, type Signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { TileInfo } from '../../state/tiles'
import { useModel } from '../context'
import { Icon } from '../icons/Icon'
import { Menu } from '../parts/Menu'
import { t } from '../strings/t'
import { PersonMenuItems } from './PersonMenuItems'

interface TileMenuProps {
  tile: TileInfo
  name: string
  /** Where a right click or a long press was. */
  at: Signal<DOMRect | null>
}

/** The button with the dots in a tile, and the menu it opens. */
export function TileMenuButton({ tile, name, at }: TileMenuProps) {
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  useModel()
  const close = () => {
    open.value = false
    at.value = null
  }
  const label = t('tile.menu', { name })
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tile-menu"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
        onDblClick={(event) => event.stopPropagation()}
        data-testid={`tile-${tile.id}-menu`}
      >
        <Icon name="dotsVertical" size="small" />
      </button>
      {(open.value || at.value) && (
        <Menu anchor={at.value ?? button} label={label} onClose={close}>
          <PersonMenuItems tile={tile} onDone={close} />
        </Menu>
      )}
    </>
  )
}
