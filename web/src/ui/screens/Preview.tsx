import { useApp } from '../context'
import { Icon } from '../icons/Icon'
import { Avatar } from '../parts/Avatar'
import { Button, IconButton } from '../parts/Button'
import { LevelBars } from '../parts/LevelBars'
import { Video } from '../parts/Video'
import { t } from '../strings/t'
import { captureMessage } from './capture-message'

/** Ourselves before the meeting: mirrored picture, microphone level inside it, and the two switches. */
export function Preview() {
  const { media, settings } = useApp()
  const camera = media.camera.value
  const muted = media.muted.value
  const cameraOff = media.cameraOff.value
  const problem = media.cameraProblem.value && !camera && !settings.cameraOff.value ? captureMessage('camera', media.cameraProblem.value) : undefined
  return (
    <div class="preview" data-testid="prejoin-preview">
      {camera ? (
        <Video track={camera} mirrored />
      ) : problem ? (
        <div class="preview-problem" role="alert">
          <Icon name="cameraOff" size="large" />
          <p>{problem}</p>
          <Button onClick={() => void media.setCameraOff(false)}>{t('action.tryAgain')}</Button>
        </div>
      ) : media.opening.value && !settings.cameraOff.value ? (
        <div class="preview-empty">
          <span class="spinner spinner-large" />
          <p>{t('prejoin.opening')}</p>
        </div>
      ) : (
        <div class="preview-empty">
          <Avatar name={settings.displayName.value || t('person.you')} />
          <p>{t('prejoin.cameraIsOff')}</p>
        </div>
      )}
      <LevelBars level={media.meter.level} muted={muted} />
      <div class="preview-switches">
        <IconButton
          icon={muted ? 'microphoneOff' : 'microphone'}
          look={muted ? 'off' : 'plain'}
          label={t(muted ? 'microphone.turnOn' : 'microphone.turnOff')}
          onClick={() => void media.setMuted(!muted)}
          testId="prejoin-microphone"
        />
        <IconButton
          icon={cameraOff ? 'cameraOff' : 'camera'}
          look={cameraOff ? 'off' : 'plain'}
          label={t(cameraOff ? 'camera.turnOn' : 'camera.turnOff')}
          onClick={() => void media.setCameraOff(!cameraOff)}
          testId="prejoin-camera"
        />
      </div>
    </div>
  )
}
