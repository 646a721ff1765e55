import { canShareScreen } from '../../state/capture'
import { useApp, useModel } from '../context'
import { MenuItem } from '../parts/Menu'
import { t } from '../strings/t'
import { actions } from './actions'
import { useMeetingView } from './view'

/** What is needed seldom, and on phones also what has no room in the toolbar. */
export function MoreMenu({ onDone, onReactions }: { onDone: () => void; onReactions: () => void }) {
  const app = useApp()
  const model = useModel()
  const view = useMeetingView()
  const does = actions(app, model, view)
  const run = (action: () => void) => () => {
    onDone()
    action()
  }
  const sharing = app.media.screen.value !== null
  const speaker = model.view.value === 'speaker'
  return (
    <>
      <div class="narrow-only" role="presentation">
        <MenuItem icon="people" onClick={run(() => view.toggle('people'))} testId="more-people">
          {t('people.title')} ({model.people.value.length + 1})
        </MenuItem>
        {canShareScreen() && (
          <MenuItem icon={sharing ? 'screenOff' : 'screen'} onClick={run(does.toggleShare)} testId="more-share">
            {t(sharing ? 'share.stop' : 'share.start')}
          </MenuItem>
        )}
        <MenuItem icon="smile" onClick={onReactions} testId="more-reactions">
          {t('reactions.title')}
        </MenuItem>
        <MenuItem icon={speaker ? 'grid' : 'speakerView'} onClick={run(does.toggleView)} testId="more-layout">
          {t(speaker ? 'view.tiles' : 'view.speaker')}
        </MenuItem>
        <hr />
      </div>
      <MenuItem icon="link" onClick={run(does.copyInvitation)} testId="more-invite">
        {t('invite.copy')}
      </MenuItem>
      {model.moderator.value && (
        <MenuItem icon="lock" onClick={run(() => (view.dialog.value = 'options'))} testId="more-options">
          {t('options.title')}
        </MenuItem>
      )}
      <MenuItem icon="quality" hint="A" onClick={run(() => (view.dialog.value = 'quality'))} testId="more-quality">
        {t('quality.title')}
      </MenuItem>
      <MenuItem icon="time" hint="T" onClick={run(() => (view.dialog.value = 'speaking-times'))} testId="more-speaking-times">
        {t('speakingTimes.title')}
      </MenuItem>
      {document.fullscreenEnabled && (
        <MenuItem icon="fullscreen" hint="S" onClick={run(does.toggleFullscreen)} testId="more-fullscreen">
          {t(document.fullscreenElement ? 'fullscreen.leave' : 'fullscreen.enter')}
        </MenuItem>
      )}
      <MenuItem icon="gear" onClick={run(() => (view.dialog.value = 'settings'))} testId="more-settings">
        {t('settings.title')}
      </MenuItem>
      <MenuItem icon="help" hint="?" onClick={run(does.showHelp)} testId="more-shortcuts">
        {t('shortcuts.title')}
      </MenuItem>
    </>
  )
}
