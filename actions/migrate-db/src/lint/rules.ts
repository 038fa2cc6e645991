import { alterations } from './columns.ts'
import { createdObject } from './created-objects.ts'
import type { LintFinding } from './finding.ts'
import { splitSql } from './split.ts'
import { statements } from './statements.ts'

export type { LintFinding } from './finding.ts'

/** The SQL of one pending migration, as far as it is available. */
export interface PendingScript {
  readonly migration: string
  /** The path relative to the workspace. */
  readonly file: string
  /** Line of the file on which `text` begins; `generated` text has lines of its own. */
  readonly line: number
  readonly text: string
  readonly transactional: boolean
}

/**
 * Lints all pending migrations in their order. An object that one of them creates has no user yet, so a change to it is not
 * a finding. Pure.
 */
export function lint(scripts: readonly PendingScript[]): LintFinding[] {
  const created = new Set<string>()
  return scripts.flatMap(({ migration, file, line, text, transactional }) =>
    splitSql(text, line).flatMap(({ bare, line }) => {
      const found = [...statements(bare, created, transactional), ...alterations(bare, created)]
      const object = createdObject(bare)
      if (object !== undefined) created.add(object)
      return found.map((one) => ({ ...one, migration, file, line }))
    }),
  )
}

/** Whether a finding stops the migrations of this phase: the purpose of a contract migration is to break. */
export function stops(finding: LintFinding, phase: 'expand' | 'contract'): boolean {
  return finding.kind === 'fails' || finding.kind === 'blocks' || phase === 'expand'
}

/** One line for people: `db/migrations/003_x.sql:4: drops the column …`. */
export function findingLine({ file, line, text, rule }: LintFinding): string {
  return `${file}:${line}: ${text} (${rule})`
}
