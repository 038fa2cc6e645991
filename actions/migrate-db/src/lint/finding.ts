/**
 * `breaks`: what the version that is live may still use is taken away; the point of a contract migration. `blocks`: a
 * lock that keeps readers or writers out for as long as the table is large. `fails`: PostgreSQL will refuse it.
 */
export type Kind = 'breaks' | 'blocks' | 'fails'

export interface Finding {
  readonly rule: string
  readonly kind: Kind
  readonly migration: string
  readonly file: string
  readonly line: number
  readonly text: string
  readonly mend: string
}

/** A finding, before it is known where it stands. */
export type Found = Pick<Finding, 'rule' | 'kind' | 'text' | 'mend'>

/** What takes away something that the live version may use. */
export function breaks(rule: string, text: string): Found {
  return {
    rule,
    kind: 'breaks',
    text,
    mend: 'release what no longer uses it first, then do this as a release of its own with phase: contract',
  }
}

/** What keeps others out for as long as a table is large. */
export function blocks(rule: string, text: string, mend: string): Found {
  return { rule, kind: 'blocks', text, mend }
}
