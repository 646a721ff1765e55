import { describe, expect, it } from 'vitest'
import { generateRoomName, isEasyToGuess, readableRoomName, roomFromPath, roomNameBits, roomSegment } from './room-name'

describe('generated room names', () => {
  it('are four readable words', () => {
    expect(generateRoomName()).toMatch(/^([A-Z][a-z]+){4}$/)
  })
  it('cannot be guessed', () => {
    expect(roomNameBits).toBeGreaterThan(25)
    expect(new Set(Array.from({ length: 200 }, () => generateRoomName())).size).toBeGreaterThan(195)
  })
  it('follow the randomness they are given', () => {
    expect(generateRoomName((values) => values.fill(0))).toBe('AmberAcrobatsAnswerAbroad')
  })
  it('are not themselves easy to guess', () => {
    expect(isEasyToGuess(generateRoomName())).toBe(false)
  })
})

describe('room addresses', () => {
  it('drop what stock clients drop', () => {
    expect(roomSegment(' Team: retro / #3? ')).toBe('Team-retro-3')
  })
  it('encode other scripts', () => {
    expect(decodeURIComponent(roomSegment('اجتماع'))).toBe('اجتماع')
  })
  it('are empty for names that are nothing but dots', () => {
    expect(roomSegment('..')).toBe('')
  })
  it('are the last part of the path', () => {
    expect(roomFromPath('/')).toBe('')
    expect(roomFromPath('/QuietOtters')).toBe('QuietOtters')
    expect(roomFromPath('/tenant/QuietOtters/')).toBe('QuietOtters')
  })
  it('are shown with spaces', () => {
    expect(readableRoomName('QuietOttersSailTogether')).toBe('Quiet Otters Sail Together')
    expect(readableRoomName('%D8%A7%D8%AC')).toBe('اج')
    expect(readableRoomName('100%')).toBe('100%')
  })
})

describe('names that are easy to guess', () => {
  it.each(['test', 'standup', '1234567890123'])('%s', (name) => expect(isEasyToGuess(name)).toBe(true))
  it.each(['', 'QuietOttersSail', 'a1b2c3'])('not %s', (name) => expect(isEasyToGuess(name)).toBe(false))
})
