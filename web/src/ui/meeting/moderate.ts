import type { Notices } from '../../state/notices'

/** Does what only moderators may, and says so when the server refuses. */
export function moderate(notices: Notices, action: () => Promise<void>): void {
  action().catch(() => notices.show({ key: 'notice.notAllowed', tone: 'problem', tag: 'moderate' }))
}
