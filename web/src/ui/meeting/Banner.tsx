import { useApp, useModel } from '../context'
import { Icon } from '../icons/Icon'
import { Button } from '../parts/Button'
import { t } from '../strings/t'

/** What is wrong right now, and goes when it is right again. */
export function Banner() {
  const { media, settings } = useApp()
  const model = useModel()
  if (model.state.value === 'reconnecting' || model.state.value === 'connecting') {
    return (
      <div class="banner banner-warning" role="alert" data-testid="banner-reconnecting">
        <span class="spinner" />
        <span>{t('banner.reconnecting')}</span>
      </div>
    )
  }
  if (model.soundBlocked.value) {
    return (
      <div class="banner" role="alert" data-testid="banner-sound">
        <Icon name="speaker" size="small" />
        <span>{t('banner.soundBlocked')}</span>
        <Button look="main" onClick={() => (model.soundBlocked.value = false)}>
          {t('banner.playSound')}
        </Button>
      </div>
    )
  }
  if (settings.quality.value === 'audio-only') {
    return (
      <div class="banner" role="status" data-testid="banner-audio-only">
        <span>{t('banner.audioOnly')}</span>
        <Button onClick={() => (settings.quality.value = 'high')}>{t('banner.showVideo')}</Button>
      </div>
    )
  }
  if (media.microphoneProblem.value === 'refused' && !media.microphone.value && model.people.value.length > 0) {
    return (
      <div class="banner banner-warning" role="status" data-testid="banner-microphone">
        <Icon name="microphoneOff" size="small" />
        <span>{t('banner.noMicrophone')}</span>
        <Button onClick={() => void media.setMuted(false)}>{t('action.tryAgain')}</Button>
      </div>
    )
  }
  return null
}
