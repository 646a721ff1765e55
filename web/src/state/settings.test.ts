import { describe, expect, it } from 'vitest'
import { Settings } from './settings'

class MemoryStorage {
  readonly values = new Map<string, string>()
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value)
  }
}

describe('settings', () => {
  it('are remembered', () => {
    const storage = new MemoryStorage()
    new Settings(storage).displayName.value = 'Ada'
    expect(new Settings(storage).displayName.value).toBe('Ada')
  })
  it('survive nonsense in the storage', () => {
    const storage = new MemoryStorage()
    storage.setItem('meetjar.view', '"upside-down"')
    storage.setItem('meetjar.recentRooms', '{')
    const settings = new Settings(storage)
    expect(settings.view.value).toBe('tiles')
    expect(settings.recentRooms.value).toEqual([])
  })
  it('do not remember what only a link asked for', () => {
    const storage = new MemoryStorage()
    const settings = new Settings(storage)
    settings.forThisVisit('quality', 'audio-only')
    expect(settings.quality.value).toBe('audio-only')
    expect(new Settings(storage).quality.value).toBe('high')
    settings.quality.value = 'low'
    expect(new Settings(storage).quality.value).toBe('low')
  })
  it('keep the eight rooms visited last, each once', () => {
    const settings = new Settings(new MemoryStorage())
    for (let i = 0; i < 10; i++) settings.rememberRoom(`room-${i}`, i)
    settings.rememberRoom('room-5', 99)
    expect(settings.recentRooms.value).toHaveLength(8)
    expect(settings.recentRooms.value[0]).toEqual({ room: 'room-5', at: 99 })
    settings.forgetRoom('room-5')
    expect(settings.recentRooms.value.some(({ room }) => room === 'room-5')).toBe(false)
  })
})
