import en from './en.json'

/** A text with its plural forms, by the categories of `Intl.PluralRules`; `{count}` chooses. */
type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>
export type Catalogue = Record<string, string | Plural>
export type Key = keyof typeof en
export type Values = Record<string, string | number>

let language = 'en'
let catalogue: Catalogue = en
let plurals = new Intl.PluralRules(language)

/** Puts another language in place; what it lacks is shown in English. */
export function setLanguage(tag: string, texts: Catalogue): void {
  language = tag
  catalogue = { ...en, ...texts }
  plurals = new Intl.PluralRules(tag)
}

/** The text for a key, with `{name}` replaced by its value. */
export function t(key: Key, values?: Values): string {
  return text(key, values) ?? key
}

/** For keys that come from elsewhere, such as the protocol layer's notices; undefined when there is no such text. */
export function text(key: string, values: Values = {}): string | undefined {
  const entry = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
  if (entry === undefined) return undefined
  const pattern = typeof entry === 'string' ? entry : (entry[plurals.select(Number(values['count']))] ?? entry.other)
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(language) : value
  })
}

export const currentLanguage = () => language
