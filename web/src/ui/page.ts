import { effect } from '@preact/signals'
import type { Meeting } from '../protocol/api'
import type { App } from '../state/app'

/** What tests and embedding pages may read; nothing in it changes the page's own state. */
export interface MeetjarHandle {
  /** The protocol layer's meeting, from joining to leaving. */
  readonly meeting: Meeting | null
  /** The meeting as plain data. */
  snapshot(): unknown
}

declare global {
  interface Window {
    meetjar?: MeetjarHandle
  }
}

/** Puts what the page shows into its title and onto the root's `data-` attributes. */
export function describePage(app: App, root: HTMLElement): () => void {
  return effect(() => {
    const screen = app.screen.value
    const state = screen === 'meeting' ? (app.model.value?.state.value ?? 'left') : screen
    root.dataset['screen'] = screen
    root.dataset['state'] = state
    const left = app.left.value
    if (left) root.dataset['left'] = left.kind
    else delete root.dataset['left']
    document.documentElement.dataset['screen'] = screen
    document.title = app.room.value ? `${app.title.value} – ${app.serverName}` : app.serverName
  })
}

export function exposeHandle(app: App): void {
  const handle: MeetjarHandle = Object.freeze({
    get meeting() {
      return app.model.peek()?.meeting ?? null
    },
    snapshot: () => snapshot(app),
  })
  Object.defineProperty(window, 'meetjar', { value: handle, configurable: true })
}

function snapshot(app: App): unknown {
  const model = app.model.peek()
  return {
    screen: app.screen.peek(),
    left: app.left.peek(),
    room: app.room.peek(),
    state: model?.state.peek(),
    self: model && {
      id: model.selfId.peek(),
      moderator: model.moderator.peek(),
      muted: app.media.muted.peek(),
      cameraOff: app.media.cameraOff.peek(),
      stats: model.selfStats.peek(),
    },
    p2p: model?.p2p.peek(),
    view: model?.view.peek(),
    stage: model?.stage.peek()?.id,
    dominant: model?.dominant.peek(),
    people: model?.people.peek().map((person) => {
      const { sources, ...info } = person.info.peek()
      return {
        ...info,
        sources: sources.map(({ track, ...source }) => ({ ...source, live: track?.readyState === 'live' })),
        stats: person.stats.peek(),
      }
    }),
  }
}
