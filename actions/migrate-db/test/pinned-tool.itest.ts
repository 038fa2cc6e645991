import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { root } from '../../../test/contracts/manifests.ts'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

const version = '2.36.0'
const program = join(root, `node_modules/@dbmate/linux-${process.arch}/bin/dbmate`)

describeIf(canMigrate('dbmate'))('a runner without dbmate', () => {
  let fixture: Fixture
  let url = ''
  let sha256 = ''
  beforeAll(async () => {
    fixture = await openFixture()
    rmSync(join(fixture.folder, 'bin/dbmate'))
    fixture.write({
      'migrations/001_items.sql': '-- migrate:up\ncreate table items (id int);\n-- migrate:down\ndrop table items;\n',
    })
    // As an earlier job left it, in place of a download.
    const cache = join(fixture.folder, 'tool-cache/belay-dbmate', version)
    mkdirSync(join(cache, process.arch), { recursive: true })
    copyFileSync(program, join(cache, process.arch, `dbmate-linux-${process.arch === 'x64' ? 'amd64' : 'arm64'}`))
    writeFileSync(join(cache, `${process.arch}.complete`), '')
    sha256 = createHash('sha256').update(readFileSync(program)).digest('hex')
  })
  afterAll(() => fixture?.close())
  beforeEach(async () => {
    ;({ url } = await fixture.database())
  })
  const job = (inputs: Record<string, string>) => fixture.job({ 'database-url': url, ...inputs })

  test('migrates with the pinned version, and undoes with it', async () => {
    const pinned = job({ 'tool-version': `${version}@sha256:${sha256}`, down: 'true' })
    const main = await pinned.main()
    expect(main.exit, main.log).toBe(0)
    expect(main.log).toContain(`dbmate ${version} comes from the tool cache`)
    expect(main.outputs.applied).toBe('["001_items"]')
    const post = await pinned.post('failure')
    expect(post.exit, post.log).toBe(0)
    expect(pinned.result()).toBe('rolled-back')
  })

  test('is reported before anything is copied or changed, with the remedies', async () => {
    const missing = await job({}).main()
    expect(missing.outputs['failure-code']).toBe('tool-missing')
    expect(missing.log).toContain('give tool-version')
    const unpinned = job({ 'tool-version': '0.0.1', backup: 'auto', 'backup-path': join(fixture.folder, 'copies') })
    const main = await unpinned.main()
    expect(main.outputs['failure-code']).toBe('tool-unpinned')
    expect(main.log).toContain('dbmate 0.0.1')
    expect(main.outputs.backup).toBeUndefined()
    expect(await unpinned.post('failure')).toMatchObject({ exit: 0 })
    expect(unpinned.result()).toBe('unchanged')
  })

  test('accepts a version only for tools with releases', async () => {
    const { exit, log } = await job({ tool: 'sql', 'tool-version': version }).main()
    expect(exit).toBe(1)
    expect(log).toContain('tool-version: is not for tool sql')
  })
})
