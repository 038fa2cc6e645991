import { type Statement, splitCommas, splitSql } from './split.ts'

/** The SQL of one pending migration, as far as it can be seen. */
export interface Script {
  readonly migration: string
  /** As a reader would look for it: the path relative to the workspace. */
  readonly file: string
  /** Line of the file on which `text` begins; `generated` text has lines of its own. */
  readonly line: number
  readonly text: string
  readonly transactional: boolean
}

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

type Found = Pick<Finding, 'rule' | 'kind' | 'text' | 'mend'>

const name = String.raw`(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*)(?:\s?\.\s?(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*))*`
const pattern = (text: string) => new RegExp(text.replaceAll('NAME', `(${name})`), 'i')

/**
 * Looks at all pending migrations in their order. A table that one of them makes is nobody's yet: what is done to it is
 * no finding. Pure.
 */
export function lint(scripts: readonly Script[]): Finding[] {
  const made = new Set<string>()
  return scripts.flatMap(({ migration, file, line, text, transactional }) =>
    splitSql(text, line).flatMap((statement) =>
      look(statement, made, transactional).map((found) => ({ ...found, migration, file, line: statement.line })),
    ),
  )
}

function look({ bare }: Statement, made: Set<string>, transactional: boolean): Found[] {
  const created = pattern(
    '^create (?:(?:global|local) )?(?:temp |temporary |unlogged )?table (?:if not exists )?NAME',
  ).exec(bare)
  if (created) {
    made.add(plain(created[1] ?? ''))
    return []
  }
  const concurrently = /^(create (unique )?index|drop index|reindex .*|refresh materialized view) concurrently\b/i.test(
    bare,
  )
  if (concurrently && transactional)
    return [
      {
        rule: 'concurrently-in-transaction',
        kind: 'fails',
        text: 'CONCURRENTLY cannot run inside a transaction',
        mend: 'put it alone into a migration without a transaction, in the way of your tool',
      },
    ]
  return [...drops(bare, made), ...indexes(bare, made), ...alterations(bare, made)]
}

function drops(bare: string, made: ReadonlySet<string>): Found[] {
  const dropped =
    /^drop (table|schema|database|materialized view|view|sequence|foreign table) (?:if exists )?(.*?)(?: cascade| restrict)?$/i.exec(
      bare,
    )
  if (dropped) {
    const what = (dropped[1] ?? '').toLowerCase()
    const names = splitCommas(dropped[2] ?? '').filter((one) => !made.has(plain(one)))
    return names.map((one) => breaks(`drop-${what.replace(' ', '-')}`, `drops the ${what} ${one}`))
  }
  const truncated =
    /^truncate (?:table )?(?:only )?(.*?)(?: restart identity| continue identity)?(?: cascade| restrict)?$/i.exec(bare)
  if (!truncated) return []
  const names = splitCommas(truncated[1] ?? '').filter((one) => !made.has(plain(one)))
  return names.map((one) => breaks('truncate', `empties the table ${one}`))
}

function breaks(rule: string, text: string): Found {
  return {
    rule,
    kind: 'breaks',
    text,
    mend: 'release what no longer uses it first, then do this as a release of its own with phase: contract',
  }
}

function indexes(bare: string, made: ReadonlySet<string>): Found[] {
  const index = pattern(
    `^create (?:unique )?index (concurrently )?(?:if not exists )?(?:(?!on )${name} )?on (?:only )?NAME`,
  ).exec(bare)
  if (!index || index[1] || made.has(plain(index[2] ?? ''))) return []
  return [
    {
      rule: 'index-not-concurrently',
      kind: 'blocks',
      text: `builds an index on ${index[2]}, and nobody can write to it meanwhile`,
      mend: 'use CREATE INDEX CONCURRENTLY in a migration without a transaction',
    },
  ]
}

function alterations(bare: string, made: ReadonlySet<string>): Found[] {
  const renamed = pattern(
    '^alter (view|materialized view|sequence|type|schema|foreign table) (?:if exists )?NAME rename to',
  ).exec(bare)
  if (renamed) return [breaks('rename', `renames the ${renamed[1]?.toLowerCase()} ${renamed[2]}`)]
  const altered = pattern('^alter table (?:if exists )?(?:only )?NAME(?: \\*)? (.*)$').exec(bare)
  const table = altered?.[1] ?? ''
  if (!altered || made.has(plain(table))) return []
  return splitCommas(altered[2] ?? '').flatMap((action) => alteration(table, action))
}

function alteration(table: string, action: string): Found[] {
  const is = (text: string) => pattern(`^${text}`).test(action)
  const [, what = ''] = pattern('^(?:drop|alter|rename)(?: column)?(?: if exists)? NAME').exec(action) ?? []
  if (is('drop (?!constraint\\b)')) return [breaks('drop-column', `drops the column ${table}.${what}`)]
  if (is('rename constraint ')) return []
  if (is('rename to ')) return [breaks('rename', `renames the table ${table}`)]
  if (is('rename ')) return [breaks('rename', `renames the column ${table}.${what}`)]
  if (is('set schema ')) return [breaks('rename', `moves the table ${table} to another schema`)]
  if (is('alter (?:column )?NAME (?:set data )?type '))
    return [breaks('type-change', `changes the type of ${table}.${what}, and may rewrite the whole table under a lock`)]
  if (is('alter (?:column )?NAME set not null'))
    return [
      {
        rule: 'set-not-null',
        kind: 'blocks',
        text: `makes ${table}.${what} NOT NULL: it reads the whole table under a lock, and the live version may still write NULL`,
        mend: 'add CHECK (… IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT, and SET NOT NULL in a later release',
      },
    ]
  if (is('add ')) return addition(table, action)
  return []
}

function addition(table: string, action: string): Found[] {
  const constraint = /^add (?:constraint (?:"[^"]*"|\S+) )?(check|foreign key|unique|primary key|exclude)\b/i.exec(
    action,
  )
  if (constraint) {
    if (/\bnot valid$|\busing index\b/i.test(action)) return []
    const kind = (constraint[1] ?? '').toLowerCase()
    const mend = /check|foreign/.test(kind)
      ? 'add it NOT VALID, and VALIDATE CONSTRAINT in a later migration'
      : 'build a unique index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX'
    return [
      {
        rule: 'constraint-not-valid',
        kind: 'blocks',
        text: `adds a constraint (${kind}) to ${table}, and reads the whole table under a lock`,
        mend,
      },
    ]
  }
  const column = pattern('^add (?:column )?(?:if not exists )?NAME ').exec(action)
  if (!column || !/\bnot null\b/i.test(action) || /\b(default|generated|(small|big)?serial)\b/i.test(action)) return []
  return [
    {
      rule: 'not-null-without-default',
      kind: 'blocks',
      text: `adds ${table}.${column[1]} NOT NULL without a default: it fails where there are rows, and the live version does not write it`,
      mend: 'give a DEFAULT, or allow NULL until every version that is live writes it',
    },
  ]
}

/** A name as PostgreSQL keeps it, without the schema that is there anyway. */
function plain(text: string): string {
  const parts = text
    .trim()
    .replace(/^only /i, '')
    .split(/\s?\.\s?/)
    .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()))
  return parts.filter((part, index) => !(index === 0 && parts.length > 1 && part === 'public')).join('.')
}

/** Whether a finding stops the migrations of this phase: a contract migration is there to break. */
export function stops(finding: Finding, phase: 'expand' | 'contract'): boolean {
  return finding.kind === 'fails' || finding.kind === 'blocks' || phase === 'expand'
}

/** One line for people: `db/migrations/003_x.sql:4: drops the column …`. */
export function findingLine({ file, line, text, rule }: Finding): string {
  return `${file}:${line}: ${text} (${rule})`
}
