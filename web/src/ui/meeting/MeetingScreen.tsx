import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks'
import type { MeetingModel } from '../../state/meeting-model'
import { ModelContext, useApp } from '../context'
import { AloneCard } from './AloneCard'
import { Banner } from './Banner'
import { ChatPanel } from './ChatPanel'
import { ConfirmDialog } from './ConfirmDialog'
import { FloatingReactions } from './FloatingReactions'
import { OptionsDialog } from './OptionsDialog'
import { PeoplePanel } from './PeoplePanel'
import { QualityDialog } from './QualityDialog'
import { RemoteAudio } from './RemoteAudio'
import { SettingsDialog } from './SettingsDialog'
import { ShortcutsDialog } from './ShortcutsDialog'
import { SpeakingTimesDialog } from './SpeakingTimesDialog'
import { Stage } from './Stage'
import { Toolbar } from './Toolbar'
import { TopBar } from './TopBar'
import { listenForShortcuts } from './shortcuts'
import { warnWhenTalkingMuted } from './talking-muted'
import { useControlsVisible } from './useControlsVisible'
import { MeetingView, ViewContext } from './view'

export function MeetingScreen({ model }: { model: MeetingModel }) {
  const app = useApp()
  const view = useMemo(() => new MeetingView(model), [model])
  const visible = useControlsVisible()
  // with the picture, not after it: a key that is pressed at once counts
  useLayoutEffect(() => listenForShortcuts(app, model, view), [model])
  useEffect(() => warnWhenTalkingMuted(app), [app])
  const alone = model.people.value.length === 0 && model.state.value === 'joined'
  return (
    <ModelContext.Provider value={model}>
      <ViewContext.Provider value={view}>
        <div class="meeting" data-panel={view.panel.value ?? 'none'} data-controls={visible.value}>
          <main class="meeting-main">
            <Stage />
            <TopBar visible={visible} />
            <Banner />
            {alone && <AloneCard />}
            <FloatingReactions />
            <Toolbar visible={visible} />
          </main>
          {view.panel.value === 'chat' && <ChatPanel />}
          {view.panel.value === 'people' && <PeoplePanel />}
          <Dialogs view={view} />
          <RemoteAudio />
        </div>
      </ViewContext.Provider>
    </ModelContext.Provider>
  )
}

function Dialogs({ view }: { view: MeetingView }) {
  const close = () => (view.dialog.value = null)
  const question = view.confirmation.value
  if (question) return <ConfirmDialog question={question} onClose={() => (view.confirmation.value = null)} />
  switch (view.dialog.value) {
    case 'settings':
      return <SettingsDialog onClose={close} />
    case 'quality':
      return <QualityDialog onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'options':
      return <OptionsDialog onClose={close} />
    case 'speaking-times':
      return <SpeakingTimesDialog onClose={close} />
    case null:
      return null
  }
}
