import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Usage } from '../usage.ts'
import { checkKeys, eachOf, settingsFile, textIn, textsIn } from './checked.ts'
import { type Failures, failuresOf } from './failures.ts'
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
  /** External failures, by name. Only examples have the servers that they need. */
  readonly failures: Failures
  /** By migration the SQL that takes it back, so that the next release has it to apply. */
  readonly takeBack: Readonly<Record<string, string>>
  readonly render: RenderSettings
}

/** What the services on Render have besides what `render.yaml` says. */
export interface RenderSettings {
  /** Values of their variables. */
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The services that each one needs to become healthy. */
  readonly needs: Readonly<Record<string, readonly string[]>>
  /** The services whose files the second version does not change. */
  readonly unchanged: readonly string[]
}

/** What root has put on each host of a kind. */
export interface HostSettings {
  /** Its files, by their path there. */
  readonly files: Readonly<Record<string, FileSource>>
  /** Commands that root runs, after the files are there. */
  readonly run: readonly string[]
  /** Packages of Debian 12. */
  readonly packages: readonly string[]
}

/** A path in the repository, the text itself, or a file of the repository in which lines `NAME=` get a value. */
export type FileSource =
  | string
  | { readonly text: string }
  | { readonly from: string; readonly set: Readonly<Record<string, string>> }

/** Those who ask the services during a release. */
export interface Users {
  /** Requests a second to each URL of a service with two slots. */
  readonly rate: number
  /** The page that they ask for, by service; default: that of the URL. */
  readonly pages: Readonly<Record<string, string>>
  /** Where that page reports the version; default: where the gate reads it. */
  readonly versionFrom: string | undefined
}

export { settingsFile }

const known = [
  ...['hosts', 'proxy-hosts', 'vars', 'workflows', 'new-files', 'users', 'needs'],
  ...['failures', 'take-back', 'render'],
]
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
  failures: {},
  takeBack: {},
  render: { env: {}, needs: {}, unchanged: [] },
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
    workflows: textsIn(given.workflows, 'workflows'),
    newFiles: checkNewFiles(textsIn(given['new-files'], 'new-files'), root),
    users: usersOf(given.users ?? {}),
    needs: (given.needs ?? {}) as Settings['needs'],
    failures: failuresOf(given.failures ?? {}, root),
    takeBack: eachOf(given['take-back'] ?? {}, 'take-back', textIn),
    render: renderOf(given.render ?? {}),
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

function renderOf(value: unknown): RenderSettings {
  const {
    env = {},
    needs = {},
    unchanged,
  } = checkKeys(value, ['env', 'needs', 'unchanged'], 'render.') as {
    readonly [key in keyof RenderSettings]?: unknown
  }
  return {
    env: eachOf(env, 'render.env', (each, at) => eachOf(each, at, textIn)),
    needs: eachOf(needs, 'render.needs', textsIn),
    unchanged: textsIn(unchanged, 'render.unchanged'),
  }
}

/** Its variables, under those of `--vars`. */
export function withSettings({ vars }: Settings, given: Variables): Variables {
  const own = variablesOf(vars, settingsFile)
  const names = [...new Set([...Object.keys(own), ...Object.keys(given)])]
  return Object.fromEntries(names.map((name) => [name, { ...own[name], ...given[name] }]))
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
    const path = typeof source === 'string' ? source : 'from' in source ? source.from : undefined
    if (path !== undefined && !existsSync(join(root, path)))
      throw new Usage(`${settingsFile}: ${key}.files: the repository has no file ${path}, which goes to ${target}.`)
    if (typeof source === 'string' || 'text' in source) continue
    const names = eachOf(source.set, `${key}.files.${target}.set`, textIn)
    const lines = readFileSync(join(root, source.from), 'utf8').split('\n')
    const missing = Object.keys(names).filter((name) => !lines.some((line) => line.startsWith(`${name}=`)))
    if (missing.length > 0)
      throw new Usage(`${settingsFile}: ${key}.files.${target}: ${source.from} has no line ${missing.join('=, ')}=.`)
  }
  return files
}
