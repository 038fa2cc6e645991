import { Usage } from '../usage.ts'

export const settingsFile = 'rehearsal.yml'

/** The value of a key as a map with no other keys than these. `at`: what stands before them, such as `hosts.`. @throws Usage */
export function checkKeys(value: unknown, keys: readonly string[], at: string): object {
  const map = checkMap(value, at, ` with ${keys.join(', ')}`)
  const unknown = Object.keys(map).filter((key) => !keys.includes(key))
  if (unknown.length === 0) return map
  throw new Usage(
    `${settingsFile}: there is no key ${unknown.map((key) => at + key).join(', ')}. The keys are ${keys.map((key) => at + key).join(', ')}.`,
  )
}

/** @throws Usage */
export function checkMap(value: unknown, at: string, holding = ''): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Usage(`${settingsFile}: ${at || 'it'} must be a map${holding}.`)
}

/** Every value of a map. @throws Usage */
export function eachOf<T>(value: unknown, at: string, read: (each: unknown, at: string) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(checkMap(value, at)).map(([name, each]) => [name, read(each, `${at}.${name}`)]),
  )
}

/** @throws Usage */
export function textIn(value: unknown, at: string): string {
  if (typeof value === 'string') return value
  throw new Usage(`${settingsFile}: ${at} must be a text.`)
}

/** @throws Usage */
export function textsIn(value: unknown, at: string): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new Usage(`${settingsFile}: ${at} must be a list of texts.`)
}

/** @throws Usage */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], at: string): T {
  const found = allowed.find((one) => one === value)
  if (found !== undefined) return found
  throw new Usage(`${settingsFile}: ${at} must be ${allowed.join(' or ')}, not ${String(value)}.`)
}
