import { alterations } from './columns.ts'
import { createdObject } from './created-objects.ts'
import type { LintFinding } from './finding.ts'
import { splitSql } from './split.ts'
import { statements } from './statements.ts'

export type { LintFinding } from './finding.ts'

/** The SQL of one pending migration, as far as it can be seen. */
export interface PendingScript {
  readonly migration: string
  /** As a reader would look for it: the path relative to the workspace. */
  readonly file: string
  /** Line of the file on which `text` begins; `generated` text has lines of its own. */
  readonly line: number
  readonly text: string
  readonly transactional: boolean
}

/**
 * Looks at all pending migrations in their order. What one of them makes has no user yet: what is done to it is no
 * finding. Pure.
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

/** Whether a finding stops the migrations of this phase: a contract migration is there to break. */
export function stops(finding: LintFinding, phase: 'expand' | 'contract'): boolean {
  return finding.kind === 'fails' || finding.kind === 'blocks' || phase === 'expand'
}

/** One line for people: `db/migrations/003_x.sql:4: drops the column …`. */
export function findingLine({ file, line, text, rule }: LintFinding): string {
  return `${file}:${line}: ${text} (${rule})`
}
