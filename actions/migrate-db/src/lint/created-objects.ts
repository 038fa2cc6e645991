import { pattern, plain } from './names.ts'

/** Tables, views, sequences and indexes share one namespace; every other kind has its own. */
const relations = ['table', 'view', 'materialized view', 'foreign table', 'sequence', 'index']

/** The key of an object of a kind among those that pending migrations create. */
export function objectKey(kind: string, name: string): string {
  return relations.includes(kind) ? plain(name) : `${kind} ${plain(name)}`
}

/**
 * The object that a statement certainly creates; undefined if it creates none, or if the object may exist already: with IF
 * NOT EXISTS and OR REPLACE it may be in production, and in use.
 */
export function createdObject(bare: string): string | undefined {
  const table = pattern('^create (?:(?:global|local) )?(?:temp |temporary |unlogged )?table (?!if not exists )NAME')
  const index = pattern('^create (?:unique )?index (?:concurrently )?(?!(?:on|concurrently|if not exists) )NAME ')
  const other = pattern(
    '^create (?:recursive |temp |temporary )*(materialized view|view|foreign table|sequence|type|domain|schema|function|procedure) (?!if not exists )NAME',
  )
  const relation = table.exec(bare)?.[1] ?? index.exec(bare)?.[1]
  if (relation !== undefined) return objectKey('table', relation)
  const [, kind, name] = other.exec(bare) ?? []
  return kind === undefined || name === undefined ? undefined : objectKey(kind.toLowerCase(), name)
}
