import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { canShareScreen } from '../../state/capture'
import { useApp, useModel } from '../context'
import { IconButton } from '../parts/Button'
import { Menu } from '../parts/Menu'
import { t } from '../strings/t'
import { DeviceMenu } from './DeviceMenu'
import { LeaveButton } from './LeaveButton'
import { MoreMenu } from './MoreMenu'
import { ReactionPicker } from './ReactionPicker'
import { actions } from './actions'
import { useMeetingView } from './view'

type OpenMenu = 'microphone' | 'camera' | 'reactions' | 'more' | null

/** The controls at the bottom. They hide while nobody needs them, never while one has focus or a menu is open. */
export function Toolbar({ visible }: { visible: ReadonlySignal<boolean> }) {
  const { media } = useApp()
  const model = useModel()
  const view = useMeetingView()
  const menu = useSignal<OpenMenu>(null)
  const anchors = {
    microphone: useRef<HTMLDivElement>(null),
    camera: useRef<HTMLDivElement>(null),
    reactions: useRef<HTMLDivElement>(null),
    more: useRef<HTMLDivElement>(null),
  }
  const does = actions(useApp(), model, view)
  const muted = media.muted.value
  const cameraOff = media.cameraOff.value
  const sharing = media.screen.value !== null
  const hand = model.handRaisedAt.value > 0
  const unread = model.chat.unread.value
  const count = model.people.value.length + 1
  const speaker = model.view.value === 'speaker'
  const toggleMenu = (name: OpenMenu) => (menu.value = menu.value === name ? null : name)
  const closeMenu = () => (menu.value = null)

  return (
    <div class={`toolbar${visible.value || menu.value ? '' : ' toolbar-hidden'}`} role="toolbar" aria-label={t('toolbar.label')} data-testid="toolbar">
      <div class="toolbar-group">
        <div class="split" ref={anchors.microphone}>
          <IconButton
            icon={muted ? 'microphoneOff' : 'microphone'}
            look={muted ? 'off' : 'plain'}
            label={t(muted ? 'microphone.turnOn' : 'microphone.turnOff')}
            shortcut="M"
            onClick={does.toggleMicrophone}
            testId="toolbar-microphone"
          />
          <ChevronButton label={t('devices.choose')} expanded={menu.value === 'microphone'} onClick={() => toggleMenu('microphone')} />
        </div>
        <div class="split" ref={anchors.camera}>
          <IconButton
            icon={cameraOff ? 'cameraOff' : 'camera'}
            look={cameraOff ? 'off' : 'plain'}
            label={t(cameraOff ? 'camera.turnOn' : 'camera.turnOff')}
            shortcut="V"
            onClick={does.toggleCamera}
            testId="toolbar-camera"
          />
          <ChevronButton label={t('devices.chooseCamera')} expanded={menu.value === 'camera'} onClick={() => toggleMenu('camera')} />
        </div>
        {canShareScreen() && (
          <div class="wide-only">
            <IconButton
              icon={sharing ? 'screenOff' : 'screen'}
              look={sharing ? 'on' : 'plain'}
              label={t(sharing ? 'share.stop' : 'share.start')}
              shortcut="D"
              onClick={does.toggleShare}
              testId="toolbar-share"
            />
          </div>
        )}
        <IconButton
          icon="hand"
          look={hand ? 'on' : 'plain'}
          pressed={hand}
          label={t(hand ? 'hand.lower' : 'hand.raise')}
          shortcut="R"
          onClick={does.toggleHand}
          testId="toolbar-hand"
        />
        <div class="wide-only" ref={anchors.reactions}>
          <IconButton icon="smile" label={t('reactions.title')} expanded={menu.value === 'reactions'} onClick={() => toggleMenu('reactions')} testId="toolbar-reactions" />
        </div>
        <IconButton
          icon="chat"
          look={view.panel.value === 'chat' ? 'on' : 'plain'}
          label={t('chat.title')}
          shortcut="C"
          expanded={view.panel.value === 'chat'}
          onClick={() => view.toggle('chat')}
          testId="toolbar-chat"
          {...(unread > 0 && { badge: unread > 99 ? '99+' : unread, badgeLabel: t('chat.unread', { count: unread }) })}
        />
        <div class="wide-only">
          <IconButton
            icon="people"
            look={view.panel.value === 'people' ? 'on' : 'plain'}
            label={t('people.title')}
            shortcut="P"
            expanded={view.panel.value === 'people'}
            onClick={() => view.toggle('people')}
            testId="toolbar-people"
            badge={count}
            badgeLabel={t('people.count', { count })}
            badgeQuiet
          />
        </div>
        <div class="wide-only">
          <IconButton
            icon={speaker ? 'grid' : 'speakerView'}
            label={t(speaker ? 'view.tiles' : 'view.speaker')}
            shortcut="W"
            onClick={does.toggleView}
            testId="toolbar-layout"
          />
        </div>
        <div ref={anchors.more}>
          <IconButton icon="dots" label={t('more.title')} expanded={menu.value === 'more'} onClick={() => toggleMenu('more')} testId="toolbar-more" />
        </div>
        <LeaveButton />
      </div>
      {(menu.value === 'microphone' || menu.value === 'camera') && (
        <Menu anchor={anchors[menu.value]} label={t('devices.choose')} onClose={closeMenu}>
          <DeviceMenu kind={menu.value} onDone={closeMenu} />
        </Menu>
      )}
      {menu.value === 'reactions' && <ReactionPicker anchor={anchors.reactions} onClose={closeMenu} />}
      {menu.value === 'more' && (
        <Menu anchor={anchors.more} label={t('more.title')} onClose={closeMenu} testId="more-menu">
          <MoreMenu onDone={closeMenu} onReactions={() => (menu.value = 'reactions')} />
        </Menu>
      )}
    </div>
  )
}

function ChevronButton({ label, expanded, onClick }: { label: string; expanded: boolean; onClick: () => void }) {
  return (
    <button type="button" class="chevron" aria-label={label} aria-haspopup="menu" aria-expanded={expanded} onClick={onClick}>
      <span class="chevron-mark" />
    </button>
  )
}
