import { composeHostScript, type HostScript, inspectHost, runCommand } from '@belay/host'
import { recordCompatibilityLimit } from '@belay/host/limits'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { releaseState } from '../src/encode.ts'
import {
  armOnHost,
  askOnHost,
  confirmOnHost,
  type HostLease,
  lockOnHost,
  renewOnHost,
  undoOnHost,
} from '../src/host-commands.ts'
import { protocol } from '../src/protocol.ts'
import { connectHost } from './support/connected-host.ts'

const base = '/srv/api/qa'
const belay = `${base}/.belay`
const other = protocol + 1

/** The script of a commit of Belay with this number. It notes which one ended a change. */
function scriptOf(number: number): HostScript {
  const part = `prepare_change() { :; }
do_change() { :; }
undo_change() { printf '%s\\n' ${number} >>"$b_base/undone-by"; }
undo_change_at_boot() { undo_change; }
hook_confirmed() { printf '%s\\n' ${number} >>"$b_base/finished-by"; }
`
  return { ...composeHostScript('test', part, { commands: {}, remedies: {} }), protocol: number }
}
const [ours, theirs] = [scriptOf(protocol), scriptOf(other)]

describe.for(['sh', 'busybox'])('two commits of Belay with different protocols, on a host with %s,', (shell) => {
  describeIf(canStartHosts())('meet there:', () => {
    let host: TestHost
    let connection: Awaited<ReturnType<typeof connectHost>>['connection']
    let close = async () => {}
    let number = 0
    beforeAll(async () => {
      ;({ host, connection, close } = await connectHost(shell, base))
    })
    afterAll(() => close())
    beforeEach(async () => {
      await kill()
      await host.run(['rm', '-rf', belay, `${base}/undone-by`, `${base}/finished-by`])
    })

    const newLease = (): HostLease => {
      const { name, ...at } = connection.target
      const id = `r${++number}`
      return { host: name, ...at, folder: connection.folder, base, id, change: 'release' as const, knownHosts: '' }
    }
    const take = (script: HostScript, lease: HostLease) =>
      lockOnHost(connection, script, lease, {
        keepReleases: 5,
        owner: 'a test',
        state: releaseState({ release: lease.id, version: `v-${lease.id}`, sha: '', manifest: 'm', schema: '' }),
      })
    /** A command of the other commit's own step. */
    const armTheirs = ({ base, id }: HostLease) =>
      runCommand(
        connection,
        theirs,
        'arm',
        { base, id, change: 'release', by: 'them', confirmTimeout: 300, wait: 20 },
        { timeoutMs: 30_000 },
      )
    const confirmTheirs = ({ base, id }: HostLease) =>
      runCommand(connection, theirs, 'confirm', { base, id, by: 'them', record: '' }, { timeoutMs: 15_000 })
    const undoTheirs = ({ base, id }: HostLease) =>
      runCommand(
        connection,
        theirs,
        'undo',
        { base, id, change: 'release', by: 'them', wait: 20 },
        { timeoutMs: 30_000 },
      )
    const openTheirs = async (): Promise<HostLease> => {
      const lease = newLease()
      await take(theirs, lease)
      expect((await armTheirs(lease)).last('state')).toBe('armed')
      return lease
    }
    const kill = async () => {
      for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
    }
    const states = async () => (await host.run(['ls', `${belay}/states`])).stdout.trim().split('\n')
    const noted = async (name: string) => ((await host.read(`${base}/${name}`)) ?? '').trim()

    test.each<[string, (lease: HostLease) => Promise<unknown>]>([
      ['renew', (lease) => renewOnHost(connection, lease)],
      ['arm', (lease) => armOnHost(connection, lease, { confirmTimeout: 60, changeTimeout: 10 })],
      ['ask', (lease) => askOnHost(connection, lease)],
      ['confirm', (lease) => confirmOnHost(connection, lease, '')],
      ['undo', (lease) => undoOnHost(connection, lease, 5)],
    ])('%s of what the other has open is refused by name, and changes nothing', async (_, order) => {
      const lease = await openTheirs()
      const before = await states()
      await expect(order(lease)).rejects.toMatchObject({
        code: 'protocol-differs',
        message: expect.stringContaining(`under protocol ${other} of Belay, and this step has protocol ${protocol}`),
        remedy: expect.stringContaining('use one commit of Belay'),
      })
      expect(await states()).toEqual(before)
      expect((await host.run(['ls', `${belay}/work/000001-${lease.id}`])).stdout).not.toContain('prolonged')
      expect((await confirmTheirs(lease)).last('state')).toBe('confirmed')
    })

    test('a release waits for the lock of the other, as for any', async () => {
      const lease = await openTheirs()
      await expect(take(ours, newLease())).rejects.toMatchObject({ code: 'lock-held' })
      expect((await undoTheirs(lease)).last('state')).toBe('undone')
      expect(await take(ours, newLease())).toMatchObject({ recovered: undefined })
    })

    test('what a lost run of the other left is undone by its own script, which is kept there', async () => {
      const lease = await openTheirs()
      await kill()
      const next = newLease()
      expect(await take(ours, next)).toMatchObject({ recovered: { end: 'undone', name: `000001-${lease.id}` } })
      expect(await noted('undone-by')).toBe(String(other))
      expect(await states()).toEqual([`000001-${lease.id}.undone`, `000002-${next.id}.held`])
    })

    test('where that script is not there, a release is refused by name, and the state stays', async () => {
      const lease = await openTheirs()
      await kill()
      await host.run(['rm', `${belay}/test.sh`])
      await expect(take(ours, newLease())).rejects.toMatchObject({ code: 'protocol-differs' })
      expect(await states()).toEqual([`000001-${lease.id}.armed`])
      expect(await noted('undone-by')).toBe('')
    })

    test('what a confirm left to do is done by the script of its own protocol', async () => {
      const lease = await openTheirs()
      await kill()
      await host.run(['mv', `${belay}/states/000001-${lease.id}.armed`, `${belay}/states/000001-${lease.id}.confirmed`])
      expect(await take(ours, newLease())).toMatchObject({ committed: lease.id })
      expect(await noted('finished-by')).toBe(String(other))
    })

    test('a limit is not recorded while a dead release of the other is open', async () => {
      await openTheirs()
      await kill()
      const noting = recordCompatibilityLimit(connection, base, { migration: '9', oldestCompatible: 'v9' })
      await expect(noting).rejects.toMatchObject({ code: 'protocol-differs' })
      expect(await host.exists(`${belay}/contracts`)).toBe(false)
    })

    test.each([
      ['of another number, with a new value', "r_protocol='99'\nr_news='x'\n"],
      ['without a number', ''],
    ])('a closed release %s is named, kept, and gone back to', async (_, more) => {
      const values = "r_release='old'\nr_version='v1'\nr_sha='abc'\nr_manifest='m1'\nr_previous=''\n"
      await host.write(`${belay}/states/000007-old.confirmed`, '')
      await host.write(`${belay}/changes/000007-old.release`, `${values}${more}r_whole='yes'\n`)
      await host.run(['mkdir', '-p', `${base}/releases/old`])
      await host.run(['chown', '-R', 'deploy:deploy', belay], { user: 'root' })
      const committed = { committed: 'old', version: 'v1', sha: 'abc', manifest: 'm1' }
      const lease = newLease()
      expect(await take(ours, lease)).toMatchObject({ ...committed, recovered: undefined })
      const facts = await inspectHost(connection, { base, unit: '', recovery: '' })
      expect(facts).toMatchObject({ committed: 'old', version: 'v1' })
      expect(facts.releases[0]).toMatchObject({ state: 'confirmed', exists: true, id: 'old', sha: 'abc' })
      expect(await armOnHost(connection, lease, { confirmTimeout: 60, changeTimeout: 20 })).toMatchObject({
        state: 'armed',
      })
      expect(await undoOnHost(connection, lease, 20)).toMatchObject({ state: 'undone' })
      expect(await take(ours, newLease())).toMatchObject(committed)
    })
  })
})
