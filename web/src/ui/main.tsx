import { render } from 'preact'
import type { CreateMeeting, ServerConfig } from '../protocol/api'
import { App } from '../state/app'
import { describePage, exposeHandle } from './page'
import { Root } from './Root'
import { followAddress } from './router'

declare global {
  interface Window {
    /** Defined by the server's `config.js`. */
    config?: ServerConfig
  }
}

/** The protocol layer comes in its own chunk, while somebody looks at the prejoin screen. */
const loadProtocol = async (): Promise<CreateMeeting> => (await import('../protocol/meeting')).createMeeting

const root = document.getElementById('app')
if (root) {
  const app = new App({ config: window.config, loadProtocol })
  followAddress(app)
  describePage(app, root)
  exposeHandle(app)
  render(<Root app={app} />, root)
}
