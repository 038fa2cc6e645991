/**
 * `breaks`: removes what the live version may still use, which is the purpose of a contract migration. `blocks`: a lock that
 * keeps readers or writers out, the longer the larger the table is. `fails`: PostgreSQL will refuse it.
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

/** A finding without its place. */
export type LintMatch = Pick<LintFinding, 'rule' | 'kind' | 'text' | 'remedy'>

/** A finding that removes something that the live version may use. */
export function breaks(rule: string, text: string): LintMatch {
  return {
    rule,
    kind: 'breaks',
    text,
    remedy: 'first release a version that does not use it, then run this as a release of its own with phase: contract',
  }
}

/** A finding that locks others out, the longer the larger the table is. */
export function blocks(rule: string, text: string, remedy: string): LintMatch {
  return { rule, kind: 'blocks', text, remedy }
}
