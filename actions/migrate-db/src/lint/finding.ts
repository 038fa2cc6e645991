/**
 * `breaks`: what the version that is live may still use is taken away; the point of a contract migration. `blocks`: a
 * lock that keeps readers or writers out for as long as the table is large. `fails`: PostgreSQL will refuse it.
 */
export type FindingKind = 'breaks' | 'blocks' | 'fails'

export interface LintFinding {
  readonly rule: string
  readonly kind: FindingKind
  readonly migration: string
  readonly file: string
  readonly line: number
  readonly text: string
  readonly remedy: string
}

/** A finding, before it is known where it stands. */
export type LintMatch = Pick<LintFinding, 'rule' | 'kind' | 'text' | 'remedy'>

/** What takes away something that the live version may use. */
export function breaks(rule: string, text: string): LintMatch {
  return {
    rule,
    kind: 'breaks',
    text,
    remedy: 'release what no longer uses it first, then do this as a release of its own with phase: contract',
  }
}

/** What keeps others out for as long as a table is large. */
export function blocks(rule: string, text: string, remedy: string): LintMatch {
  return { rule, kind: 'blocks', text, remedy }
}
