import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DerivedUnit } from './facts.ts'
import { haproxyFile, isBehindHaproxy } from './haproxy.ts'
import { foundCompose } from './images.ts'
import type { FileSource, HostSettings, Settings } from './settings.ts'

const unitFolder = '/etc/systemd/system'

/** The unit that runs a service: `my-service-qa.service`, `worker@my-service.service`; undefined: a command does. */
export function unitName({ restart }: Pick<DerivedUnit, 'restart'>): string | undefined {
  const [, name] = /^systemd:(.+)$/.exec(restart) ?? []
  return name && `${name.replace(/\.service$/, '')}.service`
}

/** The name of its file, which is a template's for an instance: `worker@.service`. */
export function unitFileName(unit: Pick<DerivedUnit, 'restart'>): string | undefined {
  return unitName(unit)?.replace(/@.*(?=\.service$)/, '@')
}

/** Where the text of a unit comes from: what `rehearsal.yml` names, else the file of its name in the repository. */
export function unitFileOf(
  unit: DerivedUnit,
  { hosts: { files } }: Settings,
  repository: readonly string[],
): HostSettings['files'][string] | undefined {
  const name = unitFileName(unit)
  if (!name) return undefined
  return files[`${unitFolder}/${name}`] ?? repository.find((path) => basename(path) === name)
}

/** All files of a server: those of `rehearsal.yml`, and units, HAProxy's configuration and Compose's file that are found by name. */
export function serverFiles(
  units: readonly DerivedUnit[],
  settings: Settings,
  repository: readonly string[],
  root: string,
  filled: Filled = {},
): Record<string, string> {
  const found = units.flatMap((unit) => {
    const source = unitFileOf(unit, settings, repository)
    return source ? [[`${unitFolder}/${unitFileName(unit)}`, source] as const] : []
  })
  const own = units.filter(({ proxies }) => proxies.length === 0)
  const { files } = settings.hosts
  const named = { ...foundHaproxy(own, repository), ...foundCompose(units, files, repository), ...files }
  return textsOf({ ...Object.fromEntries(found), ...named }, root, filled)
}

/** The same for a host that has only proxies. */
export function proxyFiles(
  units: readonly DerivedUnit[],
  settings: Settings,
  repository: readonly string[],
  root: string,
  filled: Filled = {},
): Record<string, string> {
  const behind = units.filter(({ proxies }) => proxies.length > 0)
  return textsOf({ ...foundHaproxy(behind, repository), ...settings.proxyHosts.files }, root, filled)
}

/** HAProxy's configuration where services are behind one and the repository has one file of its name. */
export function foundHaproxy(
  units: readonly Pick<DerivedUnit, 'slots' | 'inputs'>[],
  repository: readonly string[],
): HostSettings['files'] {
  const [one, another] = repository.filter((path) => basename(path) === basename(haproxyFile))
  return one && !another && units.some(isBehindHaproxy) ? { [haproxyFile]: one } : {}
}

/** What stands in texts of `rehearsal.yml` for what only the rehearsal knows: `{database-url}`, `{address}`. */
export type Filled = Readonly<Record<string, string>>

/** The text of each file. */
export function textsOf(all: HostSettings['files'], root: string, filled: Filled): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([path, source]) => [path, textOf(source, root, filled)]))
}

function textOf(source: FileSource, root: string, filled: Filled): string {
  if (typeof source === 'string') return readFileSync(join(root, source), 'utf8')
  if ('text' in source) return fillIn(source.text, filled)
  const lines = readFileSync(join(root, source.from), 'utf8').split('\n')
  return lines
    .map((line) => {
      const [name = ''] = line.split('=')
      const value = line === name ? undefined : source.set[name]
      return value === undefined ? line : `${name}=${fillIn(value, filled)}`
    })
    .join('\n')
}

/** The files of variables without which systemd does not start a unit; those behind a `-` may be missing. */
export function environmentFilesIn(unit: string): string[] {
  return [...unit.matchAll(/^EnvironmentFile=(\/[^\s%*?[]+)$/gm)].map(([, path = '']) => path)
}

/** The accounts that units run under. */
export function accountsIn(files: Readonly<Record<string, string>>): string[] {
  const units = Object.entries(files).filter(([path]) => path.endsWith('.service'))
  return [...new Set(units.flatMap(([, text]) => [...text.matchAll(/^User=(\S+)$/gm)].map(([, name = '']) => name)))]
}

export function fillIn(text: string, values: Filled): string {
  return Object.entries(values).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), text)
}

/** The files into which their operators put a secret. */
export function filesWithSecrets({ hosts: { files } }: Settings): string[] {
  return Object.entries(files).flatMap(([path, source]) => {
    if (typeof source === 'string') return []
    const texts = 'text' in source ? [source.text] : Object.values(source.set)
    return texts.some((text) => secretIn.test(text)) ? [path] : []
  })
}

/** What stands for a secret in a text. */
const secretIn = /\{(?:database-url|database-password|certificate-key)\}/
