import type { JobResult } from '@belay/workflow-runner'
import type { Expectation, ExpectedUnit } from '../expect/expectation.ts'
import { namesOf, schemaText } from '../expect/schema.ts'
import type { SeenDatabase } from '../observe/database.ts'

/** Where a database is not as promised: its schema, a lock, or an index that is not valid. Pure. */
export function databaseProblems({ schemas, units }: Expectation, seen: SeenDatabase | undefined): string[] {
  if (!seen) return []
  const wanted = schemas.map(schemaText)
  const isHalf = units.some(({ rows }) => rows.some(({ result }) => result === 'mixed'))
  return [
    ...(wanted.includes(schemaText(seen.applied))
      ? []
      : [`the schema must be ${wanted.join(', or ')}, but is ${schemaText(seen.applied)}`]),
    ...(seen.advisoryLocks === 0 ? [] : ['the database still holds an advisory lock']),
    ...(isHalf ? [] : seen.invalidIndexes).map((name) => `the index ${name} is not valid`),
  ]
}

/** A job must name the migrations that stay although the release does not. Pure. */
export function namingProblems({ unit, named }: ExpectedUnit, job: JobResult | undefined): string[] {
  const log = job?.steps.map((step) => step.log).join('\n') ?? ''
  const stays = /schema of \S+: (?:stays|mixed)\..*/.exec(log)?.[0] ?? ''
  return namesOf(named)
    .filter((name) => !stays.includes(name))
    .map((name) => `${unit.job} must name ${name}, which is not undone, but says "${stays}"`)
}
