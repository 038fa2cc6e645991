import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundled, type Manifest, root } from './manifests.ts'
import { loadAction } from './reads.ts'

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

test.each(bundled)(
  '$folder has the bundles that action.yml starts, and a post where it has something to do',
  async (action) => {
    const { runs } = action.manifest as Manifest & { runs: { main: string; post?: string } }
    const dist = join(root, action.folder, 'dist')
    expect(runs).toMatchObject({ using: 'node24', main: 'dist/index.js' })
    expect(existsSync(join(dist, 'index.js'))).toBe(true)
    const { end, transaction } = await loadAction(action)
    expect(runs.post).toBe(end || transaction ? 'dist/post.js' : undefined)
    expect(readdirSync(dist).includes('post.js')).toBe(runs.post !== undefined)
    expect(JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'))).toEqual({ type: 'module' })
  },
)
