import { describe, expect, it } from 'vitest'
import { findByName, parseCommand } from './commands'

describe('typed commands', () => {
  it('are told from messages', () => {
    expect(parseCommand('hello /mute')).toBeUndefined()
    expect(parseCommand('//mute')).toBeUndefined()
    expect(parseCommand('/ mute')).toBeUndefined()
  })
  it('do what buttons do', () => {
    expect(parseCommand('/mute')).toEqual({ kind: 'mute' })
    expect(parseCommand(' /HAND ')).toEqual({ kind: 'hand' })
    expect(parseCommand('/?')).toEqual({ kind: 'help' })
  })
  it('name a person', () => {
    expect(parseCommand('/mute Ada Lovelace')).toEqual({ kind: 'mute-other', name: 'Ada Lovelace' })
    expect(parseCommand('/kick @Ada too loud')).toEqual({ kind: 'kick', name: 'Ada', reason: 'too loud' })
    expect(parseCommand('/msg "Ada Lovelace" hello there')).toEqual({ kind: 'message', name: 'Ada Lovelace', text: 'hello there' })
  })
  it('say when something is missing or unknown', () => {
    expect(parseCommand('/kick')).toEqual({ kind: 'incomplete', word: 'kick' })
    expect(parseCommand('/fly away')).toEqual({ kind: 'unknown', word: 'fly' })
  })
})

describe('finding somebody by name', () => {
  const people = [
    { id: 'a', displayName: 'Ada' },
    { id: 'b', displayName: 'Adam' },
    { id: 'c', displayName: 'Grace Hopper' },
  ]
  it('prefers the whole name', () => expect(findByName(people, 'ada')?.id).toBe('a'))
  it('takes a beginning', () => expect(findByName(people, 'gra')?.id).toBe('c'))
  it('refuses to guess', () => expect(findByName(people, 'ad')).toBeUndefined())
})
