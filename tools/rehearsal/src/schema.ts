import type { FaultName } from '@belay/workflow-runner'
import type { Reached } from './traffic-row.ts'

/** Files of migrations, in their order; what is applied is told with or without their ending. */
export type Schema = readonly string[]

/** What there may be after a run: struck in the middle of it, each of the migrations is applied whole or not at all. */
export function schemasAfter(before: Schema, after: Schema, reached: Reached, kind: FaultName | undefined): Schema[] {
  if (reached === 'not begun') return [before]
  if (reached === 'done' || kind === 'break') return [after]
  const counts = Array.from({ length: after.length - before.length + 1 }, (_, more) => before.length + more)
  return counts.map((count) => after.slice(0, count))
}

/** Migrations without what their files end with. */
export function namesOf(schema: Schema): string[] {
  return schema.map((name) => name.replace(/\.sql$/, ''))
}

/** Of what may be expected that for the schema which is there, else the last. */
export function expectedFor<T extends { readonly schema: Schema }>(possible: readonly T[], schema: Schema): T {
  const found = possible.find((one) => schemaText(one.schema) === schemaText(schema)) ?? possible.at(-1)
  if (!found) throw new Error('nothing is expected')
  return found
}

/** What is wrong with a schema that nothing led one to expect. */
export function schemaProblems(possible: readonly { readonly schema: Schema }[], schema: Schema): string[] {
  const wanted = possible.map((one) => schemaText(one.schema))
  if (wanted.includes(schemaText(schema))) return []
  return [`the schema must be ${wanted.join(', or ')}, but is ${schemaText(schema)}`]
}

function schemaText(schema: Schema): string {
  return namesOf(schema).join(' ') || 'empty'
}
