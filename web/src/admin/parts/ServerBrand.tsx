import logo from '../../ui/images/icon.svg'
import { useAdmin } from '../context'

/** The server's mark and name. */
export function ServerBrand() {
  const { status } = useAdmin()
  return (
    <span class="brand">
      <img src={logo} alt="" width="28" height="28" />
      <span class="brand-name" dir="auto">
        {status.value?.serverName ?? window.config?.serverName ?? 'Meetjar'}
      </span>
    </span>
  )
}
