import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** What ships in bundles. */
const shipped = globSync(['actions/*/src/**/*.ts', 'actions/*/*/src/**/*.ts', 'packages/*/src/**/*.ts'], {
  cwd: root,
}).sort()

test('all output goes through the log of the kit, which removes workflow commands', () => {
  expect(shipped.length).toBeGreaterThan(100)
  const printing =
    /core\.(info|debug|notice|warning|error|setFailed|startGroup|group)\b|console\.\w+\(|process\.(stdout|stderr)\.write|issueCommand|emitWarning|stdio: 'inherit'/
  const elsewhere = shipped.filter(
    (path) => path !== 'packages/action-kit/src/log.ts' && printing.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(elsewhere).toEqual([])
})
