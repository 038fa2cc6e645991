import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { readExampleCode } from '../../src/example-code.ts'
import { readSettings, type Settings } from '../../src/repository/settings.ts'
import { filesWithSecrets, textsOf } from '../../src/repository/unit-files.ts'

function settingsOf(given: object): { readonly root: string; readonly settings: Settings } {
  const root = mkdtempSync(join(tmpdir(), 'bf-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeFileSync(join(root, 'app.mjs'), "const status = 'ok'\n")
  writeFileSync(join(root, '.env.example'), '# Copied to .env\nPASSWORD=\nIMAGE=\n')
  writeFileSync(join(root, 'rehearsal.yml'), stringify(given))
  return { root, settings: readSettings(root) }
}

const change = { file: 'app.mjs', from: "'ok'", to: "'failing'" }

test('a failure is a change, what a registry refuses, or what Render does', () => {
  const deploys = { api: [{ endsAs: 'build_failed' }] }
  const answers = { 'list-deploys': [{ does: 'limit' }] }
  const failures = { a: { change }, b: { registry: 'refuses-pulls' }, c: { deploys }, d: { answers, ends: 'success' } }
  expect(settingsOf({ failures }).settings.failures).toEqual({
    a: { change, ends: 'failure' },
    b: { registry: 'refuses-pulls', ends: 'failure' },
    c: { deploys, ends: 'failure' },
    d: { answers, ends: 'success' },
  })
})

test.each<[string, object, string]>([
  ['a failure that says nothing', { failures: { a: {} } }, 'failures.a must say what fails: change, registry,'],
  ['an unknown key', { failures: { a: { chnge: change } } }, 'there is no key failures.a.chnge.'],
  [
    'no text to replace',
    { failures: { a: { change: { ...change, from: 'x1' } } } },
    'must have "x1" once, but has it 0',
  ],
  ['a text that stands there twice', { failures: { a: { change: { ...change, from: 's' } } } }, 'but has it 3 times'],
  ['a file that is not there', { failures: { a: { change: { ...change, file: 'b' } } } }, 'has no file b'],
  [
    'a change without a text',
    { failures: { a: { change: { file: 'app.mjs', to: '' } } } },
    'a.change.from must be a text',
  ],
  ['another registry', { failures: { a: { registry: 'down' } } }, 'must be refuses-pushes or refuses-pulls, not down'],
  [
    'another end',
    { failures: { a: { change, ends: 'well' } } },
    'failures.a.ends must be failure or success, not well',
  ],
  ['one deploy, not a list', { failures: { a: { deploys: { api: {} } } } }, 'failures.a.deploys.api must be a list'],
  ['SQL that is none', { 'take-back': { 'a.sql': 1 } }, 'take-back.a.sql must be a text'],
  ['one service, not a list', { render: { needs: { api: 'db' } } }, 'render.needs.api must be a list of texts'],
  [
    'a line that is not there',
    { hosts: { files: { '/srv/.env': { from: '.env.example', set: { PASWORD: 'x' } } } } },
    '.env.example has no line PASWORD=',
  ],
])('%s is refused', (_, given, said) => {
  expect(() => settingsOf(given)).toThrow(said)
})

test('a file gets the values of some lines, and is known to hold a secret', () => {
  const files = {
    '/srv/.env': { from: '.env.example', set: { PASSWORD: "'{database-password}'" } },
    '/srv/plain': { from: '.env.example', set: { IMAGE: 'a' } },
  }
  const { root, settings } = settingsOf({ hosts: { files } })
  expect(textsOf(settings.hosts.files, root, { 'database-password': 'a=b' })).toEqual({
    '/srv/.env': "# Copied to .env\nPASSWORD='a=b'\nIMAGE=\n",
    '/srv/plain': '# Copied to .env\nPASSWORD=\nIMAGE=a\n',
  })
  expect(filesWithSecrets(settings)).toEqual(['/srv/.env'])
})

test('what a migration did is taken back, the last one first', async () => {
  const { takeBack } = readExampleCode('compose')
  const sent: string[] = []
  const query = async (sql: string) => {
    sent.push(sql)
    if (sql.includes('to_regclass')) return ['belay_migrations']
    return sql.startsWith('select name') ? ['002_packed', '001_orders'] : []
  }
  const changes = () => sent.splice(0).filter((sql) => !sql.startsWith('select'))
  const forget = 'delete from belay_migrations where version = (select max(version) from belay_migrations)'
  await takeBack(query, ['001_orders.sql'])
  expect(changes()).toEqual(['alter table if exists orders drop column if exists packed_at', forget])
  await takeBack(query, [])
  expect(changes()).toHaveLength(4)
})
