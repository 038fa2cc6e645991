import { objectKey } from './created-objects.ts'
import { blocks, breaks, type LintMatch } from './finding.ts'
import { pattern, topLevel } from './names.ts'
import { splitCommas } from './split.ts'

const concurrently = (what: string) => `use ${what} CONCURRENTLY in a migration without a transaction`
const atLowLoad = 'do it outside of a release, at a time of low load: no migration depends on it'

/**
 * Statements that are recognised by their beginning, with the finding for a table of this name. The name is empty if the
 * statement is for more than one. The first match decides.
 */
const rules: readonly { begins: RegExp; found: (name: string) => LintMatch }[] = [
  {
    begins: pattern('^create (?:unique )?index (?:if not exists )?(?:(?!on |concurrently )NAME )?on (?:only )?NAME'),
    found: (name) =>
      blocks(
        'index-not-concurrently',
        `builds an index on ${name}, and locks writers out until it is built`,
        concurrently('CREATE INDEX'),
      ),
  },
  {
    begins: pattern('^refresh materialized view (?!concurrently )NAME'),
    found: (name) =>
      blocks(
        'refresh-not-concurrently',
        `refreshes ${name}, and locks its readers out while it is computed`,
        'use REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on it',
      ),
  },
  {
    begins: pattern(
      '^reindex (?!\\([^)]*\\bconcurrently\\b)(?:\\([^)]*\\) )?(?:index|table|schema|database|system)\\b(?! concurrently\\b)(?: NAME)?',
    ),
    found: (name) =>
      blocks(
        'reindex-not-concurrently',
        `rebuilds the indexes of ${name || 'the database'}, and locks writers out until they are built`,
        concurrently('REINDEX'),
      ),
  },
  {
    begins: pattern(
      '^vacuum (?:full\\b|\\([^)]*\\bfull\\b(?! (?:false|off|0))[^)]*\\)) ?(?:freeze |verbose |analyze )*NAME?',
    ),
    found: (name) =>
      blocks(
        'vacuum-full',
        `rewrites ${name || 'all tables'}, and locks readers and writers out until it is done`,
        atLowLoad,
      ),
  },
  {
    begins: pattern('^cluster\\b ?(?:\\([^)]*\\) )?(?:verbose )?NAME?'),
    found: (name) =>
      blocks(
        'cluster',
        `rewrites ${name || 'all tables'}, and locks readers and writers out until it is done`,
        atLowLoad,
      ),
  },
]

/** The findings of one statement, except those of ALTER TABLE. Pure. */
export function statements(bare: string, created: ReadonlySet<string>, transactional: boolean): LintMatch[] {
  if (transactional && needsNoTransaction.test(bare))
    return [
      {
        rule: 'concurrently-in-transaction',
        kind: 'fails',
        text: 'CONCURRENTLY cannot run inside a transaction',
        remedy: 'put it into a migration of its own without a transaction, as your tool marks one',
      },
    ]
  return [...byBeginning(bare, created), ...drops(bare, created), ...wholeTables(bare, created), ...renames(bare)]
}

/** A materialized view may be refreshed concurrently in a transaction. */
const needsNoTransaction =
  /^(create (unique )?index|drop index|reindex (\([^)]*\) )?(index|table|schema|database|system)) concurrently\b|^reindex \([^)]*\bconcurrently\b/i

function byBeginning(bare: string, created: ReadonlySet<string>): LintMatch[] {
  for (const { begins, found } of rules) {
    const match = begins.exec(bare)
    if (!match) continue
    const name = match.slice(1).findLast((one) => one !== undefined) ?? ''
    return created.has(objectKey('table', name)) ? [] : [found(name)]
  }
  return []
}

const droppable = [
  ...['table', 'schema', 'database', 'materialized view', 'view', 'sequence', 'foreign table', 'type', 'domain'],
  ...['function', 'procedure', 'routine', 'aggregate', 'trigger', 'extension', 'index'],
]

function drops(bare: string, created: ReadonlySet<string>): LintMatch[] {
  const dropped = new RegExp(
    `^drop (${droppable.join('|')}) (?!concurrently )(?:if exists )?(.*?)(?: cascade| restrict)?$`,
    'i',
  ).exec(bare)
  if (!dropped) return []
  const what = (dropped[1] ?? '').toLowerCase()
  return splitCommas(dropped[2] ?? '')
    .filter((one) => !created.has(objectKey(what, one)))
    .flatMap((one) => drop(what, one, created))
}

function drop(what: string, name: string, created: ReadonlySet<string>): LintMatch[] {
  if (what === 'index')
    return [
      blocks(
        'drop-index-not-concurrently',
        `drops the index ${name}: it waits for all users of its table, and all others wait behind it`,
        concurrently('DROP INDEX'),
      ),
    ]
  const [, table] = pattern(' on (?:only )?NAME$').exec(name) ?? []
  if (what === 'trigger' && table !== undefined && created.has(objectKey('table', table))) return []
  return [breaks(`drop-${what.replace(' ', '-')}`, `drops the ${what} ${name}`)]
}

/** Statements that remove or change every row of a table. */
function wholeTables(bare: string, created: ReadonlySet<string>): LintMatch[] {
  const isCreated = (name: string) => created.has(objectKey('table', name))
  const truncated =
    /^truncate (?:table )?(?:only )?(.*?)(?: restart identity| continue identity)?(?: cascade| restrict)?$/i.exec(bare)
  if (truncated)
    return splitCommas(truncated[1] ?? '')
      .filter((one) => !isCreated(one))
      .map((one) => breaks('truncate', `empties the table ${one}`))
  const own = topLevel(bare)
  if (/\bwhere\b/i.test(own)) return []
  const [, deleted] = pattern('^(?:with (?!.* insert into ).* )?delete from (?:only )?NAME').exec(own) ?? []
  if (deleted !== undefined && !isCreated(deleted)) return [breaks('delete-all', `deletes every row of ${deleted}`)]
  const [, updated] = pattern('^(?:with (?!.* insert into ).* )?update (?:only )?NAME').exec(own) ?? []
  if (updated === undefined || isCreated(updated)) return []
  return [
    blocks(
      'update-all',
      `changes every row of ${updated} in one statement: a write to one of them waits until it ends`,
      'change them in batches, outside of the release; or select rows with WHERE',
    ),
  ]
}

const renamable =
  'view|materialized view|sequence|type|domain|schema|foreign table|function|procedure|routine|aggregate'

function renames(bare: string): LintMatch[] {
  const [, what = '', name = '', how = ''] =
    pattern(
      `^alter (${renamable}) (?:if exists )?NAME ?(?:\\([^)]*\\) ?)?(rename (?:to|value|attribute|column)|set schema) `,
    ).exec(bare) ?? []
  if (name === '') return []
  const part = /(value|attribute|column)$/i.exec(how)?.[1]
  const kind = what.toLowerCase()
  if (part !== undefined) return [breaks('rename', `renames a ${part.toLowerCase()} of the ${kind} ${name}`)]
  if (/^set/i.test(how)) return [breaks('rename', `moves the ${kind} ${name} to another schema`)]
  return [breaks('rename', `renames the ${kind} ${name}`)]
}
