import { expect, test } from 'vitest'
import { migrates } from '../../src/repository/secrets.ts'

const secret = { 'database-url': '<secret:DATABASE_URL>' }
const release = { action: 'actions/release', inputs: secret }

test('a copied workflow migrates nothing where there are no migrations', () => {
  expect(migrates([release], ['server.py', 'lib/migrations/notes.sql'])).toBe(false)
  expect(migrates([{ ...release, inputs: {} }], ['migrations/1.sql'])).toBe(false)
})

test('a database is migrated by files, by a folder or a tool that is named, and by a step of its own', () => {
  expect(migrates([release], ['migrations/1.sql'])).toBe(true)
  expect(migrates([release], ['db/migrations/1.sql'])).toBe(true)
  expect(migrates([{ ...release, inputs: { ...secret, migrations: 'sql' } }], [])).toBe(true)
  expect(migrates([{ ...release, inputs: { ...secret, settings: '{"BELAY_TOOL":"command"}' } }], [])).toBe(true)
  expect(migrates([{ action: 'actions/migrate-db', inputs: secret }], [])).toBe(true)
})
