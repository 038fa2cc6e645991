import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Failure } from '@belay/action-kit'

/** One migration of the folder. */
export interface Migration {
  /** The file name without direction and extension: `003_orders`. Record and contracts name the migration by it. */
  readonly name: string
  /** The value in the tool's history. */
  readonly version: string
  readonly path: string
  readonly hasDown: boolean
  /** If it fails, it leaves no change. */
  readonly transactional: boolean
}

/** File names of a folder in plain order; empty if the folder is missing. */
export function filesOf(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isFile())
    .sort()
}

/** The text of a file, with LF as line ends, whatever the checkout made of them. */
export function textOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
}

export function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A path relative to the workspace, if it is inside. */
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

/** Refuses two files of one version: a tool would run one and never the other. */
export function assertUniqueVersions(migrations: readonly Migration[]): void {
  const twin = migrations.find(
    ({ version }, index) => migrations.findIndex((other) => other.version === version) < index,
  )
  if (twin)
    throw new Failure(
      'migration-files',
      `Two migrations have the version ${twin.version}; one of them is ${twin.name}.`,
      'give each a number of its own.',
    )
}
