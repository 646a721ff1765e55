import { effect } from '@preact/signals'
import type { App } from '../state/app'
import { parseFragment } from '../state/fragment'
import { roomFromPath } from '../state/room-name'

/** Keeps the address bar and the app's room equal, both ways. */
export function followAddress(app: App): () => void {
  const stop = effect(() => {
    const room = app.room.value
    if (roomFromPath(location.pathname) !== room) history.pushState(null, '', `/${room}`)
  })
  const onPopState = () => {
    const room = roomFromPath(location.pathname)
    if (room === app.room.value) return
    void app.leave()
    app.media.stop()
    app.enter(room, parseFragment(location.hash))
  }
  addEventListener('popstate', onPopState)
  return () => {
    stop()
    removeEventListener('popstate', onPopState)
  }
}

/** The address to give to others: without the options that the link here had. */
export const inviteAddress = (room: string) => `${location.origin}/${room}`
