import type { Progress } from './progress.ts'

/** Files of migrations, in their order. Applied ones may be named without `.sql`. */
export type Schema = readonly string[]

/** The schemas possible after a run. A step that did not end leaves each migration applied completely or not at all. */
export function schemasAfter(before: Schema, after: Schema, progress: Progress): Schema[] {
  if (progress === 'not begun') return [before]
  if (progress === 'ended') return [after]
  const counts = Array.from({ length: after.length - before.length + 1 }, (_, more) => before.length + more)
  return counts.map((count) => after.slice(0, count))
}

/** Migrations without `.sql`. */
export function namesOf(schema: Schema): string[] {
  return schema.map((name) => name.replace(/\.sql$/, ''))
}

export function schemaText(schema: Schema): string {
  return namesOf(schema).join(' ') || 'empty'
}
