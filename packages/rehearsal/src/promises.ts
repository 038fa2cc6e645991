import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One promise of docs/decisions/transaction.md: what became of a job, and what it must end with. */
export interface Promised {
  readonly main: string
  readonly decision: string
  readonly confirm: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly serves: string
}

/** Reads the table of promises, so that what is promised is what is tested. @throws Error where the page has none */
export function readPromises(root: string): Promised[] {
  const page = readFileSync(join(root, 'docs/decisions/transaction.md'), 'utf8')
  const [, table] = /<!-- promises -->\n([\s\S]*?)<!-- \/promises -->/.exec(page) ?? []
  if (!table) throw new Error('docs/decisions/transaction.md has no table between its promises marks')
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [main = '', decision = '', confirm = '', runner = '', result = '', job = '', serves = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
      return { main, decision, confirm, runner, result, job, serves }
    })
}

/** The one promise for a cell. @throws Error where the table has none or more than one */
export function promiseFor(promises: readonly Promised[], main: string, decision: string, confirm = ''): Promised {
  const found = promises.filter((one) => one.main === main && one.decision === decision && one.confirm === confirm)
  const [only] = found
  if (!only || found.length > 1) throw new Error(`${found.length} promises for ${main} / ${decision} / ${confirm}`)
  return only
}
