import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Device } from '../../state/local-media'
import { useApp } from '../context'
import { Icon } from '../icons/Icon'
import type { IconName } from '../icons/icons'
import { Menu, MenuHeading, MenuItem } from '../parts/Menu'
import { currentDevice, deviceLabel, speakersCanBeChosen } from '../parts/devices'
import { t } from '../strings/t'

/** Microphone, camera and speaker as chips that open menus. */
export function DeviceChips() {
  const { media, settings } = useApp()
  const { microphones, cameras, speakers } = media.devices.value
  return (
    <div class="chips">
      <DeviceChip
        icon="microphone"
        label={t('devices.microphone')}
        devices={microphones}
        chosen={settings.microphoneId.value}
        onChoose={(id) => void media.selectMicrophone(id)}
        problem={media.microphoneProblem.value ? t('devices.unavailable') : undefined}
        testId="chip-microphone"
      />
      <DeviceChip
        icon="camera"
        label={t('devices.camera')}
        devices={cameras}
        chosen={settings.cameraId.value}
        onChoose={(id) => void media.selectCamera(id)}
        problem={media.cameraProblem.value && !media.camera.value ? t('devices.unavailable') : undefined}
        testId="chip-camera"
      />
      {speakersCanBeChosen() && (
        <DeviceChip
          icon="speaker"
          label={t('devices.speaker')}
          devices={speakers}
          chosen={settings.speakerId.value}
          onChoose={(id) => (settings.speakerId.value = id)}
          testId="chip-speaker"
        />
      )}
    </div>
  )
}

interface DeviceChipProps {
  icon: IconName
  label: string
  devices: readonly Device[]
  chosen: string
  onChoose: (id: string) => void
  problem?: string | undefined
  testId: string
}

function DeviceChip({ icon, label, devices, chosen, onChoose, problem, testId }: DeviceChipProps) {
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const current = currentDevice(devices, chosen)
  const text = problem ?? (current ? deviceLabel(current, devices) : t('devices.none'))
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`chip${problem ? ' chip-problem' : ''}`}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-label={`${label}: ${text}`}
        onClick={() => (open.value = !open.value)}
        data-testid={testId}
      >
        <Icon name={problem ? 'warning' : icon} size="small" />
        <span class="chip-text">{text}</span>
        <Icon name="chevronDown" size="small" />
      </button>
      {open.value && (
        <Menu anchor={button} label={label} onClose={() => (open.value = false)}>
          <MenuHeading>{label}</MenuHeading>
          {devices.length === 0 && <p class="menu-note">{t('devices.none')}</p>}
          {devices.map((device) => (
            <MenuItem
              key={device.id}
              checked={device === current}
              onClick={() => {
                open.value = false
                onChoose(device.id)
              }}
            >
              {deviceLabel(device, devices)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  )
}
