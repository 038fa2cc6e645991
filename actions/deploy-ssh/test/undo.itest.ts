import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicSeconds, openJournal } from '@belay/action-kit'
import type { Connection } from '@belay/host'
import type { HostTarget } from '@belay/host/inputs'
import { protocol } from '@belay/host/protocol'
import { canStartHosts, makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostConfirmer } from '../../../packages/host/src/confirmer.ts'
import { connect, connectionFolder, disconnect } from '../../../packages/host/src/connection.ts'
import type { HostLease } from '../../../packages/host/src/host-commands.ts'
import { parseHost } from '../../../packages/host/src/target.ts'
import { describeIf } from '../../../test/support/need.ts'
import { script } from '../src/script.ts'
import { type SavedRelease, undoRelease } from '../src/undo.ts'

const base = '/srv/api/qa'

describeIf(canStartHosts())('what an undo says of a host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-undo-'))
  let host: TestHost
  let connection: Connection
  let key: { privateKey: string; publicKey: string }
  let number = 0

  beforeAll(async () => {
    key = await makeKey(folder)
    host = await startHost({ authorizedKey: key.publicKey, folders: [base] })
    const credentials = { key: key.privateKey, passphrase: '', knownHosts: `${host.knownHosts}\n` }
    connection = await connect(parseHost(host.target, '') as HostTarget, credentials, connectionFolder())
  })
  afterAll(async () => {
    if (connection) await disconnect(connection)
    await host?.stop()
    rmSync(folder, { recursive: true })
  })

  /** Leaves a release on the host in a state, as a process there would have left it. */
  async function left(state: string, log = ''): Promise<string> {
    const id = `2026112${number}T100527Z-3f2a9c1b7d04-1`
    const name = `${String(++number).padStart(6, '0')}-${id}`
    const belay = `${base}/.belay`
    await host.run([
      'mkdir',
      '-p',
      `${belay}/states`,
      `${belay}/changes`,
      `${belay}/log`,
      `${belay}/work/${name}/release`,
    ])
    await host.write(`${belay}/lock`, '')
    await host.write(`${belay}/deploy-ssh.sh`, script.text)
    await host.write(`${belay}/log/${name}.release.log`, log)
    if (state !== 'held') await host.write(`${belay}/work/${name}/release/ordered`, '')
    await host.write(`${belay}/work/${name}/lease`, '0\n')
    const facts = {
      protocol,
      release: id,
      previous: '',
      live: '',
      restart_kind: 'none',
      restart: '',
      check_kind: 'none',
      check: '',
      check_timeout: 1,
    }
    const text = Object.entries(facts).map(([fact, value]) => `r_${fact}='${value}'\n`)
    await host.write(`${belay}/states/${name}.${state}`, '')
    await host.write(`${belay}/changes/${name}.release`, `${text.join('')}r_script='deploy-ssh'\nr_whole='yes'\n`)
    await host.write(`${belay}/work/${name}/who`, 'somebody\n')
    return id
  }

  async function undo(id: string, saved: Partial<SavedRelease> = {}, held: Partial<HostLease> = {}, seconds = 10) {
    const { name, ...at } = connection.target
    const target: HostLease = {
      host: name,
      ...at,
      folder: connection.folder,
      base,
      change: 'release',
      id,
      knownHosts: `${host.knownHosts}\n`,
      ...held,
    }
    const move = {
      from: { version: 'v1.2.0', release: '20261120T090000Z-aaaaaaaaaaaa-4711-1-9f86d081' },
      to: { version: 'v1.3.0', release: id },
    }
    const release = {
      service: 'api',
      leases: [target],
      armed: true,
      differed: false,
      moves: { [name]: move },
      ...saved,
    }
    const [settled] = await undoRelease(
      release,
      () => ({ key: key.privateKey, passphrase: '' }),
      monotonicSeconds() + seconds,
      () => {},
    )
    return settled
  }

  test.each<[string, string, Partial<SavedRelease>, string, RegExp]>([
    ['released', '', {}, 'unchanged', /^nothing was changed there$/],
    ['held', '', {}, 'unchanged', /^nothing was changed there$/],
    [
      'undone',
      '',
      {},
      'rolled-back',
      /^v1\.2\.0 \(20261120T090000Z-aaaaaaaaaaaa-4711-1-9f86d081\) serves again \(somebody\)$/,
    ],
    ['undone', '', { moves: {} }, 'rolled-back', /^the release that was committed before is restored \(somebody\)$/],
    [
      'undone',
      '',
      { differed: true },
      'mixed',
      /^v1\.2\.0 \(.*\) serves again, which is not what the other hosts served/,
    ],
    ['confirmed', '', {}, 'committed', /^it was confirmed already and stays \(somebody\)$/],
    [
      'mixed',
      '@belay undo-failed old is back, but fails its check\n',
      {},
      'mixed',
      /^old is back, but fails its check; for its log, run: ssh -p \d+ deploy@127\./,
    ],
    ['mixed', '', {}, 'mixed', /^the rollback failed; for its log, run: ssh /],
    // No process follows the order: the undo itself restores it.
    ['armed', '', {}, 'rolled-back', /^v1\.2\.0 \(.*\) serves again/],
    ['undoing', '', {}, 'rolled-back', /^v1\.2\.0 \(.*\) serves again/],
  ])('left %s: %s %o', async (state, log, saved, result, detail) => {
    const settled = await undo(await left(state, log), saved)
    expect(settled).toMatchObject({ target: `api on ${connection.target.name}`, service: 'api', result })
    expect(settled?.detail).toMatch(detail)
  })

  test('never begun there: unchanged', async () => {
    expect(await undo('20261101T000000Z-000000000000-4711-1-9f86d081')).toMatchObject({ result: 'unchanged' })
  })

  test('twice says the same (rule 10)', async () => {
    const id = await left('armed')
    expect([await undo(id), await undo(id)]).toMatchObject([{ result: 'rolled-back' }, { result: 'rolled-back' }])
  })

  test('ordered, but not complete in time: undo-started (rules 13, 15)', async () => {
    const id = await left('undoing')
    const holding = host.run(['flock', `${base}/.belay/lock`, 'sleep', '4'])
    expect(await undo(id, {}, {}, 1)).toMatchObject({
      result: 'undo-started',
      detail: expect.stringContaining('for its log, run: ssh'),
    })
    await holding
  })

  test('a host that cannot be inspected: mixed where it was armed, unchanged where it was not', async () => {
    const id = await left('armed')
    await host.link.refuse(true)
    try {
      const gone = { folder: join(folder, 'gone') }
      const [armed, unarmed] = await Promise.all([undo(id, {}, gone), undo(id, { armed: false }, gone)])
      expect(armed).toMatchObject({
        result: 'mixed',
        detail: expect.stringContaining('it rolls back on its own when its confirm timeout expires'),
      })
      expect(unarmed).toMatchObject({
        result: 'unchanged',
        detail: expect.stringContaining('its lock expires on its own'),
      })
    } finally {
      await host.link.refuse(false)
    }
  })

  test('a shadow release whose process died is ended at a commit by the script that is kept there', async () => {
    const id = await left('armed')
    await host.write(`${base}/.belay/deploy-ssh.sh`, script.text)
    const { name, ...at } = connection.target
    const known = { base, id, change: 'release' as const, knownHosts: `${host.knownHosts}\n` }
    const handle: HostLease = { host: name, ...at, folder: connection.folder, ...known, shadow: true }
    const confirmer = hostConfirmer(
      () => ({ key: key.privateKey, passphrase: '' }),
      openJournal(join(folder, 'journal')),
    )
    expect(await confirmer.confirm([{ name: 'api slot', service: 'api', handle: { kind: 'ssh', ...handle } }])).toEqual(
      [
        {
          target: 'api slot',
          service: 'api',
          result: 'unchanged',
          detail: 'a shadow release: its slot is idle again, and no user saw it',
        },
      ],
    )
    expect(await undo(id, {}, { shadow: true })).toMatchObject({ result: 'unchanged' })
  })

  test('a broken connection is opened again', async () => {
    const id = await left('armed')
    expect(await undo(id, {}, { folder: join(folder, 'broken') })).toMatchObject({ result: 'rolled-back' })
  })
})
