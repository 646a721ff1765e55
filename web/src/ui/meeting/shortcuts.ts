import type { App } from '../../state/app'
import type { MeetingModel } from '../../state/meeting-model'
import type { Key } from '../strings/t'
import { actions } from './actions'
import type { MeetingView } from './view'

/** Keys as stock clients have them. */
export const shortcuts: readonly { key: string; label: Key }[] = [
  { key: 'm', label: 'shortcuts.microphone' },
  { key: ' ', label: 'shortcuts.talk' },
  { key: 'v', label: 'shortcuts.camera' },
  { key: 'd', label: 'shortcuts.share' },
  { key: 'r', label: 'shortcuts.hand' },
  { key: 'c', label: 'shortcuts.chat' },
  { key: 'p', label: 'shortcuts.people' },
  { key: 'w', label: 'shortcuts.view' },
  { key: 'a', label: 'shortcuts.quality' },
  { key: 't', label: 'shortcuts.speakingTimes' },
  { key: 's', label: 'shortcuts.fullscreen' },
  { key: '?', label: 'shortcuts.help' },
]

/** Somebody writes or chooses: then letters are letters. */
function isTyping(event: KeyboardEvent): boolean {
  const element = event.target as HTMLElement | null
  if (!element?.closest) return false
  return element.isContentEditable || element.closest('input, textarea, select, dialog, [role=menu]') !== null
}

/** Listens for shortcuts until the returned function is called. Space talks while it is held. */
export function listenForShortcuts(app: App, model: MeetingModel, view: MeetingView): () => void {
  const does = actions(app, model, view)
  const toggleDialog = (name: NonNullable<MeetingView['dialog']['value']>) => (view.dialog.value = view.dialog.value === name ? null : name)
  const doing: Record<string, () => void> = {
    m: does.toggleMicrophone,
    v: does.toggleCamera,
    d: does.toggleShare,
    r: does.toggleHand,
    c: () => view.toggle('chat'),
    p: () => view.toggle('people'),
    w: does.toggleView,
    a: () => toggleDialog('quality'),
    t: () => toggleDialog('speaking-times'),
    s: does.toggleFullscreen,
    '?': () => toggleDialog('shortcuts'),
  }
  let talking = false
  const onDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return
    if (event.key === ' ') {
      // A button that has focus is pressed by the space key, as everywhere.
      if ((event.target as HTMLElement).closest?.('button, a, summary')) return
      event.preventDefault()
      if (!event.repeat && app.media.muted.peek() && app.media.microphone.peek()) {
        talking = true
        does.setMuted(false)
      }
      return
    }
    const action = doing[event.key.toLowerCase()]
    if (!action || event.repeat) return
    event.preventDefault()
    action()
  }
  const stopTalking = () => {
    if (talking) does.setMuted(true)
    talking = false
  }
  const onUp = (event: KeyboardEvent) => {
    if (event.key === ' ') stopTalking()
  }
  addEventListener('keydown', onDown)
  addEventListener('keyup', onUp)
  addEventListener('blur', stopTalking)
  return () => {
    removeEventListener('keydown', onDown)
    removeEventListener('keyup', onUp)
    removeEventListener('blur', stopTalking)
  }
}
