/**
 * The results of a step or of the whole job (rule 15 of the transaction), from harmless to worst.
 * `pending` is only a main's own output: it succeeded and nothing is decided yet.
 */
export const results = [
  'noop',
  'unchanged',
  'superseded',
  'pending',
  'committed',
  'rolled-back',
  'undo-started',
  'unknown',
  'mixed',
] as const
export type Result = (typeof results)[number]

/**
 * The worst of several results. `noop`, `unchanged` and `superseded` never hide another; committed on one target and
 * rolled back on another is `mixed`. Without any result: `unknown`.
 */
export function worstResult(all: readonly Result[]): Result {
  if (all.length === 0) return 'unknown'
  const has = (result: Result) => all.includes(result)
  if (has('committed') && (has('rolled-back') || has('undo-started'))) return 'mixed'
  return all.reduce((a, b) => (results.indexOf(b) > results.indexOf(a) ? b : a))
}
