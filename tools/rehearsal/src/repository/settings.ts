import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Usage } from '../usage.ts'
import { type Variables, variablesOf } from './variables.ts'

/** What `rehearsal.yml` says: what no workflow knows of its servers. */
export interface Settings {
  readonly hosts: HostSettings
  /** Of the hosts in `proxy-hosts`. */
  readonly proxyHosts: HostSettings
  readonly vars: unknown
  /** The workflows to rehearse, in their order; empty: those that a push starts. */
  readonly workflows: readonly string[]
  /** Files that only the second version has. */
  readonly newFiles: readonly string[]
  readonly users: Users
  /** By service the migration without which it does not become ready, where another service's release applies it. */
  readonly needs: Readonly<Record<string, string>>
}

/** What root has put on each host of a kind. */
export interface HostSettings {
  /** Its files, by their path there: a path in the repository, or the text itself. */
  readonly files: Readonly<Record<string, string | { readonly text: string }>>
  /** Commands that root runs, after the files are there. */
  readonly run: readonly string[]
  /** Packages of Debian 12. */
  readonly packages: readonly string[]
}

/** Those who ask the services during a release. */
export interface Users {
  /** Requests a second to each URL of a service with two slots. */
  readonly rate: number
  /** The page that they ask for, by service; default: that of the URL. */
  readonly pages: Readonly<Record<string, string>>
  /** Where that page reports the version; default: where the gate reads it. */
  readonly versionFrom: string | undefined
}

export const settingsFile = 'rehearsal.yml'
const known = ['hosts', 'proxy-hosts', 'vars', 'workflows', 'new-files', 'users', 'needs']
const knownOfHosts = ['files', 'packages', 'run']
const knownOfUsers = ['rate', 'pages', 'version-from']
const noUsers: Users = { rate: 10, pages: {}, versionFrom: undefined }
const noHostSettings: HostSettings = { files: {}, packages: [], run: [] }
const nothing: Settings = {
  hosts: noHostSettings,
  proxyHosts: noHostSettings,
  vars: {},
  workflows: [],
  newFiles: [],
  users: noUsers,
  needs: {},
}

/** @throws Usage */
export function readSettings(root: string, file = settingsFile): Settings {
  const path = join(root, file)
  if (!existsSync(path)) return nothing
  const given = checkKeys(parse(readFileSync(path, 'utf8')) ?? {}, known, '') as Record<string, unknown>
  return {
    hosts: hostSettings(given, 'hosts', root),
    proxyHosts: hostSettings(given, 'proxy-hosts', root),
    vars: given.vars ?? {},
    workflows: texts(given.workflows, 'workflows'),
    newFiles: checkNewFiles(texts(given['new-files'], 'new-files'), root),
    users: usersOf(given.users ?? {}),
    needs: (given.needs ?? {}) as Settings['needs'],
  }
}

function hostSettings(given: Record<string, unknown>, key: string, root: string): HostSettings {
  const {
    files = {},
    packages = [],
    run = [],
  } = checkKeys(given[key] ?? {}, knownOfHosts, `${key}.`) as Partial<HostSettings>
  return { files: checkFiles(files, key, root), packages: checkPackages(packages, key), run }
}

function usersOf(value: unknown): Users {
  const { 'version-from': versionFrom, ...given } = checkKeys(value, knownOfUsers, 'users.') as Partial<Users> & {
    readonly 'version-from'?: string
  }
  return { ...noUsers, ...given, versionFrom }
}

function texts(value: unknown, key: string): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new Usage(`${settingsFile}: ${key} must be a list of texts.`)
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

function checkNewFiles(files: readonly string[], root: string): readonly string[] {
  const missing = files.filter((file) => !existsSync(join(root, file)))
  if (missing.length === 0) return files
  throw new Usage(`${settingsFile}: new-files: the repository has no file ${missing.join(', ')}.`)
}

function checkPackages(packages: unknown, key: string): readonly string[] {
  if (!Array.isArray(packages))
    throw new Usage(`${settingsFile}: ${key}.packages must be a list of Debian's packages, such as [python3].`)
  const wrong = packages.filter((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(String(name)))
  if (wrong.length === 0) return packages
  throw new Usage(`${settingsFile}: ${key}.packages: no package of Debian has the name ${wrong.join(', ')}.`)
}

function checkFiles(files: HostSettings['files'], key: string, root: string): HostSettings['files'] {
  for (const [target, source] of Object.entries(files)) {
    if (!target.startsWith('/')) throw new Usage(`${settingsFile}: ${key}.files: ${target} must be an absolute path.`)
    if (typeof source === 'string' && !existsSync(join(root, source)))
      throw new Usage(`${settingsFile}: ${key}.files: the repository has no file ${source}, which goes to ${target}.`)
  }
  return files
}
