import type { TileInfo } from '../../state/tiles'
import { useApp, useModel } from '../context'
import { Icon } from '../icons/Icon'
import { MenuItem } from '../parts/Menu'
import { t } from '../strings/t'
import { moderate } from './moderate'
import { useMeetingView } from './view'

interface PersonMenuItemsProps {
  tile: TileInfo
  onDone: () => void
}

/** What can be done with somebody, from the tile and from the list of people. */
export function PersonMenuItems({ tile, onDone }: PersonMenuItemsProps) {
  const { notices } = useApp()
  const model = useModel()
  const view = useMeetingView()
  const person = model.person(tile.personId)
  const pinned = model.pinned.value === tile.id
  const id = tile.personId
  const run = (action: () => void) => () => {
    onDone()
    action()
  }
  return (
    <>
      <MenuItem icon={pinned ? 'pinOff' : 'pin'} onClick={run(() => model.pin(tile.id))} testId="menu-pin">
        {t(pinned ? 'menu.unpin' : 'menu.pin')}
      </MenuItem>
      {person && tile.kind === 'camera' && (
        <>
          <MenuItem
            icon="chat"
            onClick={run(() => {
              model.chat.to.value = id
              view.open('chat')
            })}
            testId="menu-message"
          >
            {t('menu.message')}
          </MenuItem>
          <label class="menu-volume">
            <Icon name="speaker" size="small" />
            <span class="sr-only">{t('menu.volume')}</span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.05"
              value={person.volume.value}
              onInput={(event) => (person.volume.value = event.currentTarget.valueAsNumber)}
              data-testid="menu-volume"
            />
          </label>
        </>
      )}
      {person && model.moderator.value && (
        <>
          <hr />
          {tile.kind === 'screen' ? (
            <MenuItem icon="screenOff" onClick={run(() => moderate(notices, () => model.meeting.muteParticipant(id, 'desktop')))} testId="menu-stop-share">
              {t('menu.stopShare')}
            </MenuItem>
          ) : (
            <>
              {!person.muted.value && (
                <MenuItem icon="microphoneOff" onClick={run(() => moderate(notices, () => model.meeting.muteParticipant(id, 'audio')))} testId="menu-mute">
                  {t('menu.mute')}
                </MenuItem>
              )}
              {person.camera.value && !person.camera.value.muted && (
                <MenuItem icon="cameraOff" onClick={run(() => moderate(notices, () => model.meeting.muteParticipant(id, 'video')))} testId="menu-camera-off">
                  {t('menu.cameraOff')}
                </MenuItem>
              )}
              {!person.info.value.moderator && (
                <MenuItem icon="star" onClick={run(() => moderate(notices, () => model.meeting.grantModerator(id)))} testId="menu-moderator">
                  {t('menu.moderator')}
                </MenuItem>
              )}
              <MenuItem icon="remove" danger onClick={run(() => view.ask({ kind: 'kick', id }))} testId="menu-kick">
                {t('menu.kick')}
              </MenuItem>
            </>
          )}
        </>
      )}
    </>
  )
}
