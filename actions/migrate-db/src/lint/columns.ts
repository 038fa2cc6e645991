import { objectKey } from './created-objects.ts'
import { blocks, breaks, type LintMatch } from './finding.ts'
import { pattern, topLevel } from './names.ts'
import { splitCommas } from './split.ts'

/** The findings of ALTER TABLE, action by action. Pure. */
export function alterations(bare: string, created: ReadonlySet<string>): LintMatch[] {
  const altered = pattern('^alter table (?:if exists )?(?:only )?NAME(?: \\*)? (.*)$').exec(bare)
  const table = altered?.[1] ?? ''
  if (!altered || created.has(objectKey('table', table))) return []
  return splitCommas(altered[2] ?? '').flatMap((action) => alteration(table, action))
}

function alteration(table: string, action: string): LintMatch[] {
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
      blocks(
        'set-not-null',
        `makes ${table}.${what} NOT NULL: it reads the whole table under a lock, and the live version may still write NULL`,
        'add CHECK (… IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT, and SET NOT NULL in a later release',
      ),
    ]
  if (is('add (?:constraint (?:"[^"]*"|\\S+) )?(?:check|foreign key|unique|primary key|exclude)\\b'))
    return constraint(table, action)
  if (is('add ')) return addition(table, action)
  return []
}

function constraint(table: string, action: string): LintMatch[] {
  if (/\bnot valid$|\busing index\b/i.test(action)) return []
  const [kind = ''] = /check|foreign key|unique|primary key|exclude/i.exec(unquoted(action)) ?? []
  return [
    notValid(`adds a constraint (${kind.toLowerCase()}) to ${table}, and reads the whole table under a lock`, kind),
  ]
}

function notValid(text: string, kind: string): LintMatch {
  const remedy = /check|foreign|references/i.test(kind)
    ? 'add it NOT VALID, and VALIDATE CONSTRAINT in a later migration'
    : 'build a unique index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX'
  return blocks('constraint-not-valid', text, remedy)
}

/** A new column: values or checks that PostgreSQL has to compute for every row. */
function addition(table: string, action: string): LintMatch[] {
  const [, column, whole = ''] = pattern('^add (?:column )?(?:if not exists )?NAME (.*)$').exec(action) ?? []
  if (column === undefined) return []
  const name = `${table}.${column}`
  const definition = unquoted(whole)
  const own = topLevel(definition)
  const found: LintMatch[] = []
  const computed = computedBy(definition, own)
  if (computed !== undefined)
    found.push(
      blocks(
        'column-rewrite',
        `adds ${name} with ${computed}: the whole table is rewritten, and readers and writers are locked out until then`,
        'add it without that, set the default afterwards (for new rows only), and fill the old rows in batches',
      ),
    )
  const [, inline] = /\b(unique|primary key|references|check)\b/i.exec(own) ?? []
  if (inline !== undefined)
    found.push(
      notValid(
        `adds ${name} with a constraint of its own (${inline.toLowerCase()}), which locks out all others while it is checked or built`,
        inline,
      ),
    )
  if (/\bnot null\b/i.test(own) && computed === undefined && !/\bdefault\b/i.test(own))
    found.push(
      blocks(
        'not-null-without-default',
        `adds ${name} NOT NULL without a default: it fails on a table with rows, and the live version does not write the column`,
        'give a DEFAULT, or allow NULL until every live version writes the column',
      ),
    )
  return found
}

/** Why PostgreSQL computes a new column for every row; undefined if it stores one value for all (since version 11). */
function computedBy(definition: string, own: string): string | undefined {
  if (/^(?:(?:small|big)?serial|serial[248])\b/i.test(own)) return 'a sequence'
  if (/\bas identity\b/i.test(own)) return 'an identity'
  if (/\bgenerated always as \(.*\) stored\b/i.test(definition)) return 'a stored generated value'
  const [, value = ''] =
    /(?<!\bby )\bdefault (.*?)(?= (?:not null|null|unique|primary key|references|check|constraint|collate|generated)\b|$)/i.exec(
      definition,
    ) ?? []
  const call = [...value.matchAll(/(?<!::\s?)(?<![\w.])([a-z_][\w.]*)\s?\(/gi)].find(
    ([, name = '']) => !sameForAllRows.has(name.toLowerCase().replace(/^pg_catalog\./, '')),
  )
  return call === undefined
    ? undefined
    : `a default that calls ${call[1]}, which may return another value for every row`
}

/** Functions whose value is the same for all rows of a statement, so that it is computed once; and words that only look like functions. */
const sameForAllRows = new Set([
  ...['now', 'transaction_timestamp', 'statement_timestamp', 'current_timestamp', 'current_time', 'localtime'],
  ...['localtimestamp', 'current_setting', 'date_trunc', 'make_date', 'make_interval', 'to_timestamp', 'to_date'],
  ...[
    'timezone',
    'interval',
    'cast',
    'coalesce',
    'nullif',
    'array',
    'row',
    'concat',
    'lower',
    'upper',
    'md5',
    'length',
  ],
  ...['numeric', 'decimal', 'varchar', 'char', 'character', 'timestamp', 'timestamptz', 'time', 'bit'],
  ...['json_build_object', 'jsonb_build_object', 'json_build_array', 'jsonb_build_array', 'to_json', 'to_jsonb'],
])

/** Replaces quoted names, because they may contain keywords. */
function unquoted(text: string): string {
  return text.replace(/"[^"]*"/g, 'x')
}
