import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One promise of docs/decisions/transaction.md: what happens in a job, and its required result. */
export interface PromiseRow {
  readonly main: string
  readonly decision: string
  readonly confirm: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly serves: string
}

/** One promise of the second table, for a service with a schema, two slots and a proxy. */
export interface PromisedTraffic {
  readonly main: string
  readonly decision: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly users: string
  readonly slot: string
  readonly schema: string
}

/** Reads the table of promises, so that the tests verify what the page promises. @throws Error if the page has none */
export function readPromises(root: string): PromiseRow[] {
  return readTable(root, 'promises').map(
    ([main = '', decision = '', confirm = '', runner = '', result = '', job = '', serves = '']) => {
      return { main, decision, confirm, runner, result, job, serves }
    },
  )
}

/** Reads the second table in the same way. */
export function readTraffic(root: string): PromisedTraffic[] {
  return readTable(root, 'traffic').map(
    ([main = '', decision = '', runner = '', result = '', job = '', users = '', slot = '', schema = '']) => {
      return { main, decision, runner, result, job, users, slot, schema }
    },
  )
}

/** One promise of the third table, for services on Render, which has no confirm timeout. */
export interface PromisedRender {
  readonly main: string
  readonly decision: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly serves: string
}

/** Reads the third table in the same way. */
export function readRender(root: string): PromisedRender[] {
  return readTable(root, 'render').map(
    ([main = '', decision = '', runner = '', result = '', job = '', serves = '']) => {
      return { main, decision, runner, result, job, serves }
    },
  )
}

/** One promise of the fourth table, for slots behind proxies on other hosts. */
export interface PromisedElsewhere {
  readonly main: string
  readonly decision: string
  readonly runner: string
  readonly result: string
  readonly job: string
  readonly users: string
  readonly newSlots: string
  readonly oldSlots: string
}

/** Reads the fourth table in the same way. */
export function readElsewhere(root: string): PromisedElsewhere[] {
  return readTable(root, 'elsewhere').map(
    ([main = '', decision = '', runner = '', result = '', job = '', users = '', newSlots = '', oldSlots = '']) => {
      return { main, decision, runner, result, job, users, newSlots, oldSlots }
    },
  )
}

/** The cells of the rows between two marks, without the two header lines. */
function readTable(root: string, mark: string): string[][] {
  const page = readFileSync(join(root, 'docs/decisions/transaction.md'), 'utf8')
  const [, table] = new RegExp(`<!-- ${mark} -->\\n([\\s\\S]*?)<!-- /${mark} -->`).exec(page) ?? []
  if (!table) throw new Error(`docs/decisions/transaction.md has no table between its ${mark} marks`)
  const rows = table.trim().split('\n').slice(2)
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

/** The one promise for a case. @throws Error if the table has none or more than one */
export function promiseFor(promises: readonly PromiseRow[], main: string, decision: string, confirm = ''): PromiseRow {
  return only(
    promises.filter((one) => one.main === main && one.decision === decision && one.confirm === confirm),
    [main, decision, confirm],
  )
}

/** The one promise for a case of one of the other tables. @throws Error if it has none or more than one */
export function trafficFor<T extends PromisedTraffic | PromisedRender>(
  promises: readonly T[],
  main: string,
  decision: string,
): T {
  return only(
    promises.filter((one) => one.main === main && one.decision === decision),
    [main, decision],
  )
}

function only<T>(found: readonly T[], cell: readonly string[]): T {
  const [one] = found
  if (!one || found.length > 1)
    throw new Error(`docs/decisions/transaction.md must have one row for ${cell.join(' / ')}, but has ${found.length}`)
  return one
}
