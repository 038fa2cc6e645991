import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, inspectHost, releaseState } from '@belay/host'
import {
  migrationList,
  recordCompatibilityLimit,
  removeCompatibilityLimit,
  removeLimitsCommand,
} from '@belay/host/limits'
import type { ReleaseValues } from '@belay/host/protocol'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { connectHost } from './support/connected-host.ts'

const base = '/srv/api/qa'
const shaOf = (name: string) => name.padEnd(40, '0')

test('the names of migrations are one list, with no space inside a name', () => {
  expect(migrationList(['001 first', ' 002\n'])).toBe('001_first 002')
})

describe.for(['sh', 'busybox'])('the compatibility limits that %s keeps on a host (rule 16)', (shell) => {
  describeIf(canStartHosts())('there', () => {
    let host: TestHost
    let connection: Connection

    let close = async () => {}
    beforeAll(async () => {
      ;({ host, connection, close } = await connectHost(shell, base))
    })
    afterAll(() => close())

    /** Releases in the order in which they came: `NAME STATE MIGRATION…`. */
    async function came(...lines: string[]): Promise<void> {
      await host.run(['rm', '-rf', `${base}/.belay`, `${base}/releases`], { user: 'root' })
      for (const [index, line] of lines.entries()) {
        const [name = '', state, ...schema] = line.split(' ')
        const facts = {
          release: `id-${name}`,
          version: name,
          sha: shaOf(name),
          manifest: 'm',
          schema: schema.join(' '),
        }
        const text = Object.entries(facts).map(([fact, value]) => `r_${fact}='${value}'\n`)
        const at = `00000${index}-try-${index}`
        await host.write(`${base}/.belay/states/${at}.${state}`, '')
        await host.write(`${base}/.belay/changes/${at}.release`, `${text.join('')}r_whole='yes'\n`)
        await host.run(['mkdir', '-p', `${base}/releases/id-${name}`])
      }
      await host.run(['chown', '-R', 'deploy:deploy', `${base}/.belay`], { user: 'root' })
    }

    const incompatible = async (release: Partial<ReleaseValues> = {}) => {
      const facts = await inspectHost(connection, { base, unit: '', recovery: '', release: releaseState(release) })
      const each = facts.releases.filter(({ incompatibility }) => incompatibility !== '').map(({ version }) => version)
      return { contracts: facts.compatibilityLimits, each: [...new Set(each)], incompatibility: facts.incompatibility }
    }
    const remember = (migration: string, oldest: string) =>
      recordCompatibilityLimit(connection, base, { migration, oldestCompatible: oldest })

    test('a limit is recorded once, replaced, and removed', async () => {
      await came('v1 confirmed')
      await remember('003 drop', 'v2')
      await remember('003 drop', 'v1')
      await remember('004', 'v1')
      expect((await incompatible()).contracts).toEqual([
        { migration: '003_drop', oldestCompatible: 'v1' },
        { migration: '004', oldestCompatible: 'v1' },
      ])
      await removeCompatibilityLimit(connection, base, '003 drop')
      expect((await incompatible()).contracts).toEqual([{ migration: '004', oldestCompatible: 'v1' }])
    })

    test.each([
      ['by version', 'v2'],
      ['by commit', shaOf('v2')],
      ['by id', 'id-v2'],
    ])('what came before the oldest compatible release, named %s, does not fit', async (_, oldest) => {
      await came('v1 confirmed 1', 'v2 confirmed 1 2', 'v3 confirmed 1 2')
      await remember('3', oldest)
      expect(await incompatible()).toMatchObject({ each: ['v1'], incompatibility: '' })
    })

    test('a release that was rolled back to later is still older, and one that was undone is new', async () => {
      await came('v1 confirmed 1', 'v3 undone 1 2', 'v2 confirmed 1 2', 'v1 confirmed 1')
      await remember('3', 'v2')
      expect((await incompatible()).each).toEqual(['v1'])
    })

    test('what was built with the migration fits, wherever it came', async () => {
      await came('v1 confirmed 1 3', 'v2 confirmed 1 2')
      await remember('3', 'v2')
      expect((await incompatible()).each).toEqual([])
    })

    test('kept releases do not fit and new ones do, if the oldest compatible one was never here', async () => {
      await came('v1 confirmed 1')
      await remember('3', 'v0')
      expect(await incompatible({ release: 'id-new', sha: shaOf('new'), schema: '1' })).toMatchObject({
        each: ['v1'],
        incompatibility: '',
      })
    })

    test.each([
      [
        'the same commit as one that does not fit',
        { sha: shaOf('v1'), schema: '1' },
        /oldest compatible release is v2/,
      ],
      [
        'built without what the oldest has',
        { sha: shaOf('x'), schema: '1' },
        /it was built without 2; releases here that fit: v2 \(id-v2\)$/,
      ],
      ['built with it', { sha: shaOf('x'), schema: '1 2' }, /^$/],
      ['without a list of its migrations', { sha: shaOf('x'), schema: '' }, /^$/],
    ])('a new release, %s', async (_, release, incompatibility) => {
      await came('v1 confirmed 1', 'v2 confirmed 1 2')
      await remember('3', 'v2')
      expect((await incompatible({ release: 'id-new', ...release })).incompatibility).toMatch(incompatibility)
    })
  })
})

test('the command by hand removes the limits of these migrations, and no other', () => {
  const path = mkdtempSync(join(tmpdir(), "belay-it's-"))
  mkdirSync(join(path, '.belay'))
  const file = join(path, '.belay/contracts')
  writeFileSync(file, "003.drop v2\n003xdrop v2\n003.drop2 v2\n0'04_/a v3\n005 v4\n")
  expect(spawnSync('sh', ['-c', removeLimitsCommand(path, ['003.drop', "0'04 /a"])]).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe('003xdrop v2\n003.drop2 v2\n005 v4\n')
  rmSync(path, { recursive: true })
})
