import type { Device } from '../../state/local-media'
import { t } from '../strings/t'

/** What a device is called: browsers hide labels until access was granted. */
export function deviceLabel(device: Device, all: readonly Device[]): string {
  return device.label || t('devices.numbered', { number: all.indexOf(device) + 1 })
}

/** The chosen device while it is plugged in, else the system's first. */
export function currentDevice(devices: readonly Device[], chosen: string): Device | undefined {
  return devices.find((device) => device.id === chosen) ?? devices[0]
}

export const speakersCanBeChosen = () => typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype
