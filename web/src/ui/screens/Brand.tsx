import { useApp } from '../context'
import logo from '../images/icon.svg'

/** The server's name with its mark. */
export function Brand() {
  const app = useApp()
  return (
    <span class="brand">
      <img src={logo} alt="" width="28" height="28" />
      <span dir="auto">{app.serverName}</span>
    </span>
  )
}
