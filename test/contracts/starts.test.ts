import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundled, root } from './manifests.ts'

/** What takes longer to load than the rest of an action: HTTP, TLS, and the parts of Node's own fetch. */
const heavy = ['http', 'https', '_http_client', 'tls', 'internal/deps/undici/undici'].map(
  (name) => `NativeModule ${name}`,
)
const report = `const heavy = ${JSON.stringify(heavy)}
process.on('exit', () => console.error(process.moduleLoadList.filter((name) => heavy.includes(name)).join()))`

test.each(bundled)('$folder begins without what only a request needs', ({ folder }) => {
  const temp = mkdtempSync(join(tmpdir(), 'belay-start-'))
  const words = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, join(root, folder, 'dist/index.js')]
  const { stderr } = spawnSync(process.execPath, words, {
    env: { PATH: process.env.PATH, RUNNER_TEMP: temp },
    encoding: 'utf8',
    timeout: 60_000,
  })
  rmSync(temp, { recursive: true })
  expect(stderr.trim()).toBe('')
})
