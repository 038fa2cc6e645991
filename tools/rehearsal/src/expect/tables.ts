import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One promise of a page of docs/decisions: what happens in a job, and its required result. */
export interface PromiseRow {
  readonly main: string
  readonly decision: string
  /** Only hosts confirm; else empty. */
  readonly confirm: string
  readonly runner: string
  readonly result: string
  readonly job: string
  /** What hosts serve, users get, or Render serves. */
  readonly serves: string
  /** Of a service with two slots: what becomes of the new one; else empty. */
  readonly slot: string
  readonly schema: string
  /** In a cluster: which objects stand; else empty. */
  readonly objects: string
}

/** What the columns of each table are, by their headings. */
const columns: Readonly<Record<string, keyof PromisedElsewhere>> = {
  main: 'main',
  decision: 'decision',
  confirm: 'confirm',
  runner: 'runner',
  result: 'result',
  job: 'job',
  'hosts serve': 'serves',
  'users get': 'serves',
  'served is': 'serves',
  'the new slot': 'slot',
  'new slots': 'slot',
  'old slots': 'formerSlot',
  schema: 'schema',
  'objects stand': 'objects',
}

/**
 * A service whose restart is the switch; one with two slots, and perhaps a schema; the same with its proxies on other hosts;
 * one on Render; one in a cluster, the same with two slots, a canary of it, and a rollback there.
 */
export type TableName =
  | 'promises'
  | 'traffic'
  | 'elsewhere'
  | 'render'
  | 'kubernetes'
  | 'kubernetes-slots'
  | 'kubernetes-canary'
  | 'kubernetes-rollback'
export type Tables = Readonly<Record<TableName, readonly PromiseRow[]>>

/** One promise for slots behind proxies on other hosts, where `slot` is the new one. */
export interface PromisedElsewhere extends PromiseRow {
  readonly formerSlot: string
}

export function isOfCluster(name: TableName): boolean {
  return name.startsWith('kubernetes')
}

/** The page that has a table. */
export function pageOf(name: TableName): string {
  return `docs/decisions/${isOfCluster(name) ? 'cluster-promises' : 'transaction'}.md`
}

/** Reads that table. @throws Error if the page does not have it */
export function readElsewhere(root: string): PromisedElsewhere[] {
  return readTable(root, 'elsewhere') as PromisedElsewhere[]
}

/** All tables, so that tests verify what the pages promise. @throws Error if a page has not one of them */
export function readTables(root: string): Tables {
  const read = (name: TableName) => readTable(root, name)
  return {
    promises: read('promises'),
    traffic: read('traffic'),
    elsewhere: read('elsewhere'),
    render: read('render'),
    kubernetes: read('kubernetes'),
    'kubernetes-slots': read('kubernetes-slots'),
    'kubernetes-canary': read('kubernetes-canary'),
    'kubernetes-rollback': read('kubernetes-rollback'),
  }
}

function readTable(root: string, name: TableName): PromiseRow[] {
  const page = readFileSync(join(root, pageOf(name)), 'utf8')
  const [, table] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(page) ?? []
  if (!table) throw new Error(`${pageOf(name)} has no table between its ${name} marks`)
  const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf)
  const keys = head.map((heading) => {
    const key = columns[heading]
    if (!key) throw new Error(`${pageOf(name)}: no meaning is known for the column ${heading}`)
    return key
  })
  const empty = { confirm: '', slot: '', schema: '', objects: '' }
  return rows.map(
    (cells) => ({ ...empty, ...Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? ''])) }) as PromiseRow,
  )
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
}

/** The one promise for a case. @throws Error if the table has none or more than one */
export function promiseFor(rows: readonly PromiseRow[], main: string, decision: string, confirm = ''): PromiseRow {
  const found = rows.filter((one) => one.main === main && one.decision === decision && one.confirm === confirm)
  const [one] = found
  if (one && found.length === 1) return one
  const cells = [main, decision, confirm].filter(Boolean).join(' / ')
  throw new Error(`docs/decisions must have one row for ${cells}, but has ${found.length}`)
}
