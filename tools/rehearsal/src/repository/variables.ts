import { readFileSync } from 'node:fs'
import { Usage } from '../usage.ts'

/** Variables by environment; those of `repository` hold for all. */
export type Variables = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The key of what holds for all environments. */
export const ofRepository = 'repository'

/**
 * Reads a file of variables: what `gh variable list --json name,value` prints, a map of names to values, or such maps by
 * environment. @throws Usage
 */
export function readVariables(path: string): Variables {
  return variablesOf(parsed(path), path)
}

/** The variables in what a file holds. Where it names no environment, they hold for all. */
export function variablesOf(value: unknown, path: string): Variables {
  const given = Array.isArray(value) ? fromList(value, path) : value
  if (typeof given !== 'object' || given === null) throw unreadable(path, 'it holds no map')
  const entries = Object.entries(given)
  const maps = entries.filter(([, each]) => typeof each === 'object' && each !== null)
  if (maps.length === 0) return { [ofRepository]: texts(given, path) }
  const others = entries.filter((entry) => !maps.includes(entry)).map(([name]) => name)
  if (others.length > 0)
    throw unreadable(path, `${others.join(', ')} must stand in an environment, or in "${ofRepository}"`)
  return Object.fromEntries(maps.map(([name, each]) => [name, texts(each as object, path)]))
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw unreadable(path, (error as Error).message)
  }
}

function fromList(list: readonly unknown[], path: string): Record<string, unknown> {
  return Object.fromEntries(
    list.map((each) => {
      const { name, value } = (each ?? {}) as { name?: unknown; value?: unknown }
      if (typeof name !== 'string') throw unreadable(path, 'an entry of its list has no name')
      return [name, value]
    }),
  )
}

function texts(values: object, path: string): Record<string, string> {
  const other = Object.entries(values).find(([, value]) => typeof value === 'object')
  if (other) throw unreadable(path, `${other[0]} is no text`)
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

function unreadable(path: string, why: string): Usage {
  return new Usage(
    `${path}: ${why}.\nHow to fix: gh variable list --env qa --json name,value > ${path}, or write {"qa": {"BELAY_HOSTS": "deploy@vps1.example.com"}}.`,
  )
}
