import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Failure } from '@belay/action-kit'

/** One migration of the folder. */
export interface Migration {
  /** Its name without what tells the direction and the kind: `003_orders`. Names a migration in record and contracts. */
  readonly name: string
  /** What the tool keeps in its history. */
  readonly version: string
  readonly path: string
  readonly hasDown: boolean
  /** Nothing of it stays where it fails. */
  readonly transactional: boolean
}

/** File names of a folder in plain order; empty where there is no folder. */
export function filesOf(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isFile())
    .sort()
}

/** The text of a file; line ends that a checkout changed count for nothing. */
export function textOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
}

export function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A path as a reader of the repository knows it. */
export function displayPath(path: string): string {
  const workspace = workspaceFolder()
  const short = relative(workspace, path)
  return short.startsWith('..') ? path : short
}

export function workspaceFolder(): string {
  return resolve(process.env.GITHUB_WORKSPACE ?? '.')
}

/** By the number at the start, whatever its length; equal numbers by name. */
export function byNumber(a: { readonly version: string }, b: { readonly version: string }): number {
  const [x, y] = [a, b].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? '0')) as [bigint, bigint]
  if (x !== y) return x < y ? -1 : 1
  return a.version < b.version ? -1 : a.version > b.version ? 1 : 0
}

/** Two files of one version: a tool would take one and never run the other. */
export function assertUniqueVersions(migrations: readonly Migration[]): void {
  const twin = migrations.find(
    ({ version }, index) => migrations.findIndex((other) => other.version === version) < index,
  )
  if (twin)
    throw new Failure(
      'migration-files',
      `Two migrations have the version ${twin.version}: ${twin.name} is one.`,
      'give each a number of its own.',
    )
}
