import { signal, type Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { MeetingModel } from '../../state/meeting-model'

export type PanelName = 'chat' | 'people'
export type DialogName = 'settings' | 'quality' | 'shortcuts' | 'options' | 'speaking-times'
/** Something that can't be undone and is asked about. */
export type Confirmation = { kind: 'kick'; id: string } | { kind: 'end' }

/** What of the meeting's page is open. One side panel and one dialog at a time. */
export class MeetingView {
  readonly panel: Signal<PanelName | null> = signal(null)
  readonly dialog: Signal<DialogName | null> = signal(null)
  readonly confirmation: Signal<Confirmation | null> = signal(null)

  constructor(private readonly model: MeetingModel) {}

  open(panel: PanelName | null): void {
    this.panel.value = panel
    this.model.chat.setOpen(panel === 'chat')
  }

  toggle(panel: PanelName): void {
    this.open(this.panel.value === panel ? null : panel)
  }

  ask(confirmation: Confirmation): void {
    this.confirmation.value = confirmation
  }
}

export const ViewContext = createContext<MeetingView | undefined>(undefined)

export function useMeetingView(): MeetingView {
  const view = useContext(ViewContext)
  if (!view) throw new Error('No meeting page above this component')
  return view
}
