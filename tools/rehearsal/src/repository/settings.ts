import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Usage } from '../usage.ts'
import { type Variables, variablesOf } from './variables.ts'

/** What `rehearsal.yml` says: what no workflow knows of its servers. */
export interface Settings {
  /** Files of the servers, by their path there: a path in the repository, or the text itself. */
  readonly files: Readonly<Record<string, string | { readonly text: string }>>
  /** Commands that root runs on each server, after its files are there. */
  readonly run: readonly string[]
  /** Packages of Debian 12 that each server has. */
  readonly packages: readonly string[]
  readonly vars: unknown
}

export const settingsFile = 'rehearsal.yml'
const known = ['hosts', 'vars']
const knownOfHosts = ['files', 'packages', 'run']

/** @throws Usage */
export function readSettings(root: string): Settings {
  const path = join(root, settingsFile)
  if (!existsSync(path)) return { files: {}, packages: [], run: [], vars: {} }
  const { hosts = {}, vars = {} } = checkKeys(parse(readFileSync(path, 'utf8')) ?? {}, known, '') as {
    hosts?: object
    vars?: unknown
  }
  const { files = {}, packages = [], run = [] } = checkKeys(hosts, knownOfHosts, 'hosts.') as Partial<Settings>
  return { files: checkFiles(files, root), packages: checkPackages(packages), run, vars }
}

/** Its variables, under those of `--vars`. */
export function withSettings({ vars }: Settings, given: Variables): Variables {
  const own = variablesOf(vars, settingsFile)
  const names = [...new Set([...Object.keys(own), ...Object.keys(given)])]
  return Object.fromEntries(names.map((name) => [name, { ...own[name], ...given[name] }]))
}

function checkKeys(value: unknown, keys: readonly string[], at: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Usage(`${settingsFile}: ${at || 'it'} must be a map with ${keys.join(', ')}.`)
  const unknown = Object.keys(value).filter((key) => !keys.includes(key))
  if (unknown.length === 0) return value
  throw new Usage(
    `${settingsFile}: there is no key ${unknown.map((key) => at + key).join(', ')}. The keys are ${keys.map((key) => at + key).join(', ')}.`,
  )
}

function checkPackages(packages: unknown): readonly string[] {
  if (!Array.isArray(packages))
    throw new Usage(`${settingsFile}: hosts.packages must be a list of Debian's packages, such as [python3].`)
  const wrong = packages.filter((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(String(name)))
  if (wrong.length === 0) return packages
  throw new Usage(`${settingsFile}: hosts.packages: no package of Debian has the name ${wrong.join(', ')}.`)
}

function checkFiles(files: Settings['files'], root: string): Settings['files'] {
  for (const [target, source] of Object.entries(files)) {
    if (!target.startsWith('/')) throw new Usage(`${settingsFile}: hosts.files: ${target} must be an absolute path.`)
    if (typeof source === 'string' && !existsSync(join(root, source)))
      throw new Usage(`${settingsFile}: hosts.files: the repository has no file ${source}, which goes to ${target}.`)
  }
  return files
}
