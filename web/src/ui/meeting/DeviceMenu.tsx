import type { Device } from '../../state/local-media'
import { useApp } from '../context'
import { MenuHeading, MenuItem } from '../parts/Menu'
import { currentDevice, deviceLabel, speakersCanBeChosen } from '../parts/devices'
import { t } from '../strings/t'

/** Devices behind the small arrows beside microphone and camera. */
export function DeviceMenu({ kind, onDone }: { kind: 'microphone' | 'camera'; onDone: () => void }) {
  const { media, settings } = useApp()
  const { microphones, cameras, speakers } = media.devices.value
  const list = (heading: string, devices: readonly Device[], chosen: string, choose: (id: string) => void) => (
    <>
      <MenuHeading>{heading}</MenuHeading>
      {devices.length === 0 && <p class="menu-note">{t('devices.none')}</p>}
      {devices.map((device) => (
        <MenuItem
          key={device.id}
          checked={device === currentDevice(devices, chosen)}
          onClick={() => {
            onDone()
            choose(device.id)
          }}
        >
          {deviceLabel(device, devices)}
        </MenuItem>
      ))}
    </>
  )
  if (kind === 'camera') return list(t('devices.camera'), cameras, settings.cameraId.value, (id) => void media.selectCamera(id))
  return (
    <>
      {list(t('devices.microphone'), microphones, settings.microphoneId.value, (id) => void media.selectMicrophone(id))}
      {speakersCanBeChosen() && list(t('devices.speaker'), speakers, settings.speakerId.value, (id) => (settings.speakerId.value = id))}
    </>
  )
}
