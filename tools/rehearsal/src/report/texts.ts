import { patternsOf } from '../observe/leftovers.ts'

/** The same value with every text in it changed. Pure. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)])) as T
}

/** Hides secrets as the runner does in logs. Journals are not masked, nor is what a server answers. */
export function hiderOf(secrets: readonly string[]): (text: string) => string {
  const patterns = patternsOf(secrets).toSorted((a, b) => b.length - a.length)
  return (text) => patterns.reduce((hidden, pattern) => hidden.replaceAll(pattern, '***'), text)
}
