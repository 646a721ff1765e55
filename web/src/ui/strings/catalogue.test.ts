import { afterEach, describe, expect, it } from 'vitest'
import en from './en.json'
import { setLanguage, t, text } from './t'

const files = import.meta.glob<string>('../../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
const code = Object.entries(files)
  .filter(([name]) => !name.includes('.test.'))
  .map(([, text]) => text)
  .join('\n')
const keys = Object.keys(en)
const adminProblems = ['busy', 'changed', 'exists', 'fixed', 'last-owner', 'member', 'name', 'network', 'other', 'owner-only']
adminProblems.push('password', 'server-name', 'setup-over', 'token-name', 'too-fast', 'wrong-password')

describe('the catalogue', () => {
  it('has every key that the code names', () => {
    const named = [...code.matchAll(/(?:\bt\(|\bkey: |answer\(|label: |hint: |title: |text: )'([\w-]+(?:\.[\w-]+)+)'/g)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((key) => !keys.includes(key))).toEqual([])
  })

  it('has every key that is put together', () => {
    const kinds = { camera: 0, microphone: 0 }
    const problems = ['refused', 'busy', 'missing', 'insecure', 'failed']
    const composed = [
      ...Object.keys(kinds).flatMap((kind) => problems.map((problem) => `problem.${kind}.${problem}`)),
      ...Object.keys(kinds).flatMap((kind) => [`notice.lost.${kind}`, `notice.found.${kind}`]),
      ...['audio', 'video', 'desktop'].map((kind) => `notice.mutedBy.${kind}`),
      ...['high', 'standard', 'low', 'audio-only'].flatMap((quality) => [`quality.${quality}`, `quality.${quality}.text`]),
      ...[1, 2, 3].map((bars) => `connection.quality${bars}`),
      ...adminProblems.map((problem) => `admin.problem.${problem}`),
    ]
    expect(composed.filter((key) => !keys.includes(key))).toEqual([])
  })

  it('has the notices of the protocol layer', () => {
    const told = [...code.matchAll(/emit\('notice', \{ key: '([\w.-]+)'/g)].map((match) => match[1] ?? '')
    expect(told.filter((key) => !keys.includes(key))).toEqual([])
  })

  it('has no key that nobody uses', () => {
    const composed = /^(admin\.problem|problem|notice\.lost|notice\.found|notice\.mutedBy|quality|connection\.quality)/
    expect(keys.filter((key) => !composed.test(key) && !code.includes(`'${key}'`))).toEqual([])
  })

  it('is in order and says something everywhere', () => {
    expect(keys).toEqual([...keys].sort())
    for (const entry of Object.values(en)) expect(typeof entry === 'string' ? entry : entry.other).toMatch(/\S/)
  })
})

describe('texts', () => {
  afterEach(() => setLanguage('en', {}))

  it('carry values', () => expect(t('left.kickedBy', { name: 'Ada' })).toBe('Ada removed you from the meeting.'))
  it('have plurals', () => {
    expect(t('people.count', { count: 1 })).toBe('1 person')
    expect(t('people.count', { count: 1200 })).toBe('1,200 people')
  })
  it('follow the plurals of another language, and fall back to English', () => {
    setLanguage('pl', { 'people.count': { one: '{count} osoba', few: '{count} osoby', other: '{count} osób' } })
    expect(t('people.count', { count: 3 })).toBe('3 osoby')
    expect(t('people.count', { count: 5 })).toBe('5 osób')
    expect(t('leave.title')).toBe('Leave')
  })
  it('leave what they were not given, and know what they lack', () => {
    expect(t('left.kickedBy')).toContain('{name}')
    expect(text('no.such.key')).toBeUndefined()
    expect(text('constructor')).toBeUndefined()
  })
})
