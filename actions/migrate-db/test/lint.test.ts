import { describe, expect, test } from 'vitest'
import { lint, stops } from '../src/lint/rules.ts'
import { splitCommas, splitSql } from '../src/lint/split.ts'

const script = (text: string, transactional = true) => ({
  migration: '002_x',
  file: 'migrations/002_x.sql',
  line: 1,
  text,
  transactional,
})
const rules = (text: string, transactional = true) => lint([script(text, transactional)]).map(({ rule }) => rule)

describe('a file is split at its semicolons', () => {
  test.each([
    ["select ';'; select 2", ["select ';'", 'select 2']],
    ["select E'\\';'; select 2", ["select E'\\';'", 'select 2']],
    ["select 'it''s;'; select 2", ["select 'it''s;'", 'select 2']],
    ['select ";" from x; select 2', ['select ";" from x', 'select 2']],
    ['do $$ begin; end $$; select 2', ['do $$ begin; end $$', 'select 2']],
    ['do $a$ ; $$ ; $a$; select 2', ['do $a$ ; $$ ; $a$', 'select 2']],
    ['-- a; b\nselect 1; /* c; /* d; */ ; */ select 2;', ['select 1', 'select 2']],
    ['select a$b;c$d', ['select a$b', 'c$d']],
    [' ;; ', []],
  ])('%s', (text, expected) => {
    expect(splitSql(text).map(({ sql }) => sql)).toEqual(expected)
  })

  test('and each knows its line', () => {
    const text = "-- first\n\ncreate table a (\n  id int);\n/* x\n y */ insert into a\nvalues ('\n;');\nselect 1"
    expect(splitSql(text).map(({ line }) => line)).toEqual([3, 6, 9])
    expect(splitSql(text, 10).map(({ line }) => line)).toEqual([12, 15, 18])
  })

  test('commas in parentheses divide nothing', () => {
    expect(splitCommas('add a numeric(1, 2), drop b')).toEqual(['add a numeric(1, 2)', 'drop b'])
  })
})

describe('the lint finds', () => {
  test.each([
    ['drop table orders', ['drop-table']],
    ['DROP TABLE IF EXISTS a, public.b CASCADE', ['drop-table', 'drop-table']],
    ['drop schema x cascade', ['drop-schema']],
    ['drop database x', ['drop-database']],
    ['drop materialized view x', ['drop-materialized-view']],
    ['truncate table only orders restart identity cascade', ['truncate']],
    ['alter table orders drop column note', ['drop-column']],
    ['alter table only orders drop note, add x int', ['drop-column']],
    ['alter table orders rename to purchases', ['rename']],
    ['alter table orders rename column a to b', ['rename']],
    ['alter table orders rename a to b', ['rename']],
    ['alter view v rename to w', ['rename']],
    ['alter table orders set schema old', ['rename']],
    ['alter table orders alter column a type bigint', ['type-change']],
    ['alter table "Orders" alter a set data type bigint using a::bigint', ['type-change']],
    ['alter table orders alter a set not null', ['set-not-null']],
    ['alter table orders add column a int not null', ['not-null-without-default']],
    ['alter table orders add a int not null, add b int', ['not-null-without-default']],
    ['create index on orders (a)', ['index-not-concurrently']],
    ['create unique index if not exists x on only public.orders using btree (a)', ['index-not-concurrently']],
    ['alter table orders add constraint c check (a > 0)', ['constraint-not-valid']],
    ['alter table orders add foreign key (a) references b (id)', ['constraint-not-valid']],
    ['alter table orders add constraint "my c" unique (a)', ['constraint-not-valid']],
    ['alter table orders add primary key (a)', ['constraint-not-valid']],
    ['create index concurrently x on orders (a)', ['concurrently-in-transaction']],
  ])('%s', (text, expected) => {
    expect(rules(text)).toEqual(expected)
  })

  test.each([
    ['create table a (id int); drop table a'],
    ['create table if not exists public.a (id int); create index on a (id); alter table "a" add b int not null'],
    ['create unlogged table a (id int); truncate a'],
    ['alter table orders add column a int not null default 0'],
    ['alter table orders add a bigserial not null'],
    ['alter table orders add a int generated always as identity not null'],
    ['alter table orders add column a int'],
    ['alter table orders add constraint c check (a > 0) not valid'],
    ['alter table orders validate constraint c'],
    ['alter table orders add constraint c unique using index x'],
    ['alter table orders drop constraint c'],
    ['alter table orders rename constraint a to b'],
    ['alter table orders alter a drop not null'],
    ['alter table orders alter a drop default'],
    ['alter table orders alter a set default 1'],
    ['drop index x'],
    ["insert into notes values ('drop table orders;')"],
    ['-- drop table orders\nselect 1'],
    ['do $$ begin execute $q$drop table x$q$; end $$'],
  ])('nothing in: %s', (text) => {
    expect(rules(text)).toEqual([])
  })

  test('a table that an earlier pending migration makes is nobody’s yet', () => {
    const findings = lint([script('create table a (id int)'), script('create index on a (id); create index on b (id)')])
    expect(findings.map(({ text }) => text)).toEqual(['builds an index on b, and nobody can write to it meanwhile'])
  })

  test('nothing against an index that is built concurrently outside a transaction', () => {
    expect(rules('create index concurrently x on orders (a)', false)).toEqual([])
  })

  test('where it is', () => {
    const [finding] = lint([{ ...script('select 1;\n\nalter table a\n  drop b'), line: 4 }])
    expect(finding).toMatchObject({ file: 'migrations/002_x.sql', line: 6, migration: '002_x' })
  })

  test('what takes something away is the point of a contract; what blocks everybody stops it too', () => {
    const [drop, index, failing] = lint([
      script('drop table a; create index on b (x); create index concurrently on b (y)'),
    ])
    const stopped = [drop, index, failing].map(
      (finding) => finding && [stops(finding, 'expand'), stops(finding, 'contract')],
    )
    expect(stopped).toEqual([
      [true, false],
      [true, true],
      [true, true],
    ])
  })
})
