import type { Device } from '../../state/local-media'
import { useApp, useModel } from '../context'
import { Button } from '../parts/Button'
import { Dialog } from '../parts/Dialog'
import { LevelBars } from '../parts/LevelBars'
import { Video } from '../parts/Video'
import { currentDevice, deviceLabel, speakersCanBeChosen } from '../parts/devices'
import { playTestSound } from '../parts/test-sound'
import { t } from '../strings/t'
import { actions } from './actions'
import { useMeetingView } from './view'

/** Name and devices, changed at once. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const { media, settings } = app
  const does = actions(app, useModel(), useMeetingView())
  const { microphones, cameras, speakers } = media.devices.value
  const camera = media.camera.value
  return (
    <Dialog title={t('settings.title')} onClose={onClose} testId="settings-dialog" wide>
      <div class="form settings">
        <label>
          {t('prejoin.name')}
          <input
            type="text"
            dir="auto"
            maxLength={80}
            value={settings.displayName.value}
            placeholder={t('prejoin.namePlaceholder')}
            onChange={(event) => does.rename(event.currentTarget.value)}
            data-testid="settings-name"
          />
        </label>
        <div class="settings-row">
          <div class="settings-column">
            <DeviceSelect label={t('devices.camera')} devices={cameras} chosen={settings.cameraId.value} onChoose={(id) => void media.selectCamera(id)} testId="settings-camera" />
            <div class="settings-preview">{camera ? <Video track={camera} mirrored /> : <p>{t('prejoin.cameraIsOff')}</p>}</div>
          </div>
          <div class="settings-column">
            <DeviceSelect
              label={t('devices.microphone')}
              devices={microphones}
              chosen={settings.microphoneId.value}
              onChoose={(id) => void media.selectMicrophone(id)}
              testId="settings-microphone"
            />
            <LevelBars level={media.meter.level} muted={media.microphone.value === null} />
            {speakersCanBeChosen() && (
              <DeviceSelect label={t('devices.speaker')} devices={speakers} chosen={settings.speakerId.value} onChoose={(id) => (settings.speakerId.value = id)} testId="settings-speaker" />
            )}
            <Button icon="speaker" onClick={() => void playTestSound(settings.speakerId.value)}>
              {t('settings.testSound')}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  )
}

interface DeviceSelectProps {
  label: string
  devices: readonly Device[]
  chosen: string
  onChoose: (id: string) => void
  testId: string
}

function DeviceSelect({ label, devices, chosen, onChoose, testId }: DeviceSelectProps) {
  return (
    <label>
      {label}
      <select
        value={currentDevice(devices, chosen)?.id ?? ''}
        disabled={devices.length === 0}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data-testid={testId}
      >
        {devices.length === 0 && <option value="">{t('devices.none')}</option>}
        {devices.map((device) => (
          <option key={device.id} value={device.id}>
            {deviceLabel(device, devices)}
          </option>
        ))}
      </select>
    </label>
  )
}
