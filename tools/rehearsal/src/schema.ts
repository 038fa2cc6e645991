import type { FaultName } from '@belay/workflow-runner'
import type { Reached } from './traffic-row.ts'

/** Files of migrations, in their order. Applied ones may be named without `.sql`. */
export type Schema = readonly string[]

/** The schemas possible after a run. A fault in the middle leaves each migration applied completely or not at all. */
export function schemasAfter(before: Schema, after: Schema, reached: Reached, kind: FaultName | undefined): Schema[] {
  if (reached === 'not begun') return [before]
  if (reached === 'done' || kind === 'break') return [after]
  const counts = Array.from({ length: after.length - before.length + 1 }, (_, more) => before.length + more)
  return counts.map((count) => after.slice(0, count))
}

/** Migrations without `.sql`. */
export function namesOf(schema: Schema): string[] {
  return schema.map((name) => name.replace(/\.sql$/, ''))
}

/** The expectation for the schema that was found, else the last one. */
export function expectedFor<T extends { readonly schema: Schema }>(possible: readonly T[], schema: Schema): T {
  const found = possible.find((one) => schemaText(one.schema) === schemaText(schema)) ?? possible.at(-1)
  if (!found) throw new Error('expectedFor needs at least one expectation')
  return found
}

/** The problem with a schema that is none of the possible ones. */
export function schemaProblems(possible: readonly { readonly schema: Schema }[], schema: Schema): string[] {
  const wanted = possible.map((one) => schemaText(one.schema))
  if (wanted.includes(schemaText(schema))) return []
  return [`the schema must be ${wanted.join(', or ')}, but is ${schemaText(schema)}`]
}

function schemaText(schema: Schema): string {
  return namesOf(schema).join(' ') || 'empty'
}
