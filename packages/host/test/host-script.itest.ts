import { type Connection, composeHostScript, inspectHost, releaseState, runCommand } from '@belay/host'
import { recordCompatibilityLimit } from '@belay/host/limits'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import type { HostLease } from '../src/host-commands.ts'
import { armOnHost, confirmOnHost, lockOnHost, renewOnHost, undoOnHost } from '../src/host-commands.ts'
import { connectHost } from './support/connected-host.ts'

const base = '/srv/api/qa'
const belay = `${base}/.belay`

/** A part whose change takes as long as the file `slow` is there, and that notes what was left to do after a confirm. */
const script = composeHostScript(
  'test',
  `prepare_change() { :; }
do_change() { while [ -e "$b_base/slow" ]; do sleep 0.1; done; }
undo_change() { :; }
undo_change_at_boot() { :; }
hook_confirmed() { : >"$b_base/at-confirm"; }
`,
  { commands: {}, remedies: {} },
)

describe.for(['sh', 'busybox'])('the script of %s on a host', (shell) => {
  describeIf(canStartHosts())('there', () => {
    let host: TestHost
    let connection: Connection
    let number = 0

    let close = async () => {}
    beforeAll(async () => {
      ;({ host, connection, close } = await connectHost(shell, base))
    })
    afterAll(() => close())

    const newHeld = (): HostLease => {
      const { name, ...at } = connection.target
      const id = `r${++number}`
      return { host: name, ...at, folder: connection.folder, base, id, change: 'release' as const, knownHosts: '' }
    }
    const take = (held: HostLease) =>
      lockOnHost(connection, script, held, {
        keepReleases: 5,
        owner: 'a test',
        state: releaseState({ release: held.id, version: 'v1', sha: '', manifest: 'm' }),
      })
    const kill = async () => {
      for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
    }
    const stateOf = async ({ id }: HostLease) => {
      const { stdout } = await host.run(['ls', `${belay}/states`])
      return stdout
        .trim()
        .split('\n')
        .findLast((name) => name.includes(`-${id}.`))
        ?.split('.')
        .at(-1)
    }
    const workOf = async ({ id }: HostLease) => {
      const { stdout } = await host.run(['ls', `${belay}/work`])
      return `${belay}/work/${stdout
        .trim()
        .split('\n')
        .find((name) => name.endsWith(`-${id}`))}`
    }

    test('after its confirm timeout a later step of the job learns that, and changes nothing', async () => {
      const held = newHeld()
      await take(held)
      await armOnHost(connection, held, { confirmTimeout: 2, changeTimeout: 5 })
      await expect.poll(() => stateOf(held)).toBe('undone')
      const late = armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 5 })
      await expect(late).rejects.toMatchObject({ code: 'went-back', message: expect.stringContaining('undone') })
      await expect(take(held)).rejects.toMatchObject({ code: 'went-back' })
      const serving = async () => (await host.processes()).filter(({ args }) => args.includes('serve')).length
      await expect.poll(serving).toBe(0)
    })

    describe('whose process was killed', () => {
      test('while it held the lock: it is neither renewed nor armed, for nothing would undo it', async () => {
        const held = newHeld()
        await take(held)
        await kill()
        await expect(renewOnHost(connection, held)).rejects.toThrow(/its process is gone/)
        await expect(armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 5 })).rejects.toMatchObject({
          code: 'not-held',
        })
        expect(await stateOf(held)).toBe('held')
      })

      test('before its change was made: it is not confirmed (rule 8)', async () => {
        const held = newHeld()
        await take(held)
        await host.write(`${base}/slow`, '')
        const arming = armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 10 })
        await expect.poll(() => stateOf(held)).toBe('armed')
        await kill()
        expect(await arming).toMatchObject({ state: 'dead', changed: false })
        expect(await confirmOnHost(connection, held, '')).toMatchObject({
          state: 'armed',
          decidedBy: expect.stringContaining('is not complete'),
        })
        expect(await stateOf(held)).toBe('armed')
        await host.run(['rm', `${base}/slow`])
        expect(await undoOnHost(connection, held, 10)).toMatchObject({ state: 'undone' })
      })

      test('after its change was made: what is left to do after the confirm is still done', async () => {
        const held = newHeld()
        await take(held)
        expect(await armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 10 })).toMatchObject({
          changed: true,
        })
        await kill()
        await host.run(['rm', '-f', `${base}/at-confirm`])
        expect(await confirmOnHost(connection, held, '')).toMatchObject({ state: 'confirmed' })
        expect(await host.exists(`${base}/at-confirm`)).toBe(true)
      })

      test('and was confirmed by hand: the next release does what is left', async () => {
        const held = newHeld()
        await take(held)
        await armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 10 })
        await kill()
        const name = (await workOf(held)).split('/').at(-1)
        await host.run(['rm', '-f', `${base}/at-confirm`])
        await host.run(['mv', `${belay}/states/${name}.armed`, `${belay}/states/${name}.confirmed`])
        const next = newHeld()
        await take(next)
        expect(await host.exists(`${base}/at-confirm`)).toBe(true)
        await host.run(['rm', '-f', `${base}/at-confirm`])
        await undoOnHost(connection, next, 5)
        await take(next)
        expect(await host.exists(`${base}/at-confirm`)).toBe(false)
        await undoOnHost(connection, next, 5)
      })
    })

    test('a change that is not made yet is not confirmed, though its process lives (rule 8)', async () => {
      const held = newHeld()
      await take(held)
      await host.write(`${base}/slow`, '')
      const arming = armOnHost(connection, held, { confirmTimeout: 30, changeTimeout: 10 })
      await expect.poll(() => stateOf(held)).toBe('armed')
      expect((await confirmOnHost(connection, held, '')).state).toBe('armed')
      await host.run(['rm', `${base}/slow`])
      expect((await arming).changed).toBe(true)
      expect((await confirmOnHost(connection, held, '')).state).toBe('confirmed')
    })

    test('a limit is not recorded while a release that was checked before is in progress', async () => {
      const held = newHeld()
      await take(held)
      const noting = recordCompatibilityLimit(connection, base, { migration: '9', oldestCompatible: 'v9' })
      await expect(noting).rejects.toMatchObject({ code: 'lock-held' })
      expect(await host.exists(`${belay}/contracts`)).toBe(false)
      await undoOnHost(connection, held, 5)
      await recordCompatibilityLimit(connection, base, { migration: '9', oldestCompatible: 'v9' })
      await host.run(['rm', `${belay}/contracts`])
    })

    test('a login is the user of the input, whatever its host reports', async () => {
      const forged = 'ALL ALL=(ALL:ALL) NOPASSWD: ALL #'
      const lying = { ...script, text: `${script.text}\ncmd_inspect() { say 'fact user ${forged}'; }\n` }
      const facts = await inspectHost(connection, { base, unit: '', recovery: '' }, undefined, lying)
      expect(facts).toMatchObject({ user: 'deploy', reported: forged })
      expect(await inspectHost(connection, { base, unit: '', recovery: '' })).not.toHaveProperty('reported')
    })

    test('two jobs record limits at once, and none is lost', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `m${index}`)
      await Promise.all(
        names.map((migration) => recordCompatibilityLimit(connection, base, { migration, oldestCompatible: 'v1' })),
      )
      const noted = ((await host.read(`${belay}/contracts`)) ?? '')
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0])
      expect(noted.sort()).toEqual(names)
      await host.run(['rm', `${belay}/contracts`])
    })

    test.each(['switch/.belay/states/000001-x.armed', '.belay/states/000001-x.confirmed'])(
      'refuses what an older Belay left, by name: %s',
      async (file) => {
        const older = { ...newHeld(), base: '/srv/older' }
        await host.run(['install', '-d', '-o', 'deploy', older.base], { user: 'root' })
        await host.write(`${older.base}/${file}`, "r_release='x'\n")
        await host.run(['chown', '-R', 'deploy', older.base], { user: 'root' })
        await expect(take(older)).rejects.toMatchObject({ code: 'old-layout' })
        expect(await host.exists(`${older.base}/${file}`)).toBe(true)
        await host.run(['rm', '-r', older.base], { user: 'root' })
      },
    )

    describe('finds a file that Belay did not make', () => {
      const odd = [
        'lock',
        'holder',
        'holder.new',
        'contracts',
        'test.sh',
        'test.sh.new',
        'states/000900-x.confirmed',
        'changes/000900-x.release',
      ]
      test.each(odd.flatMap((name) => [['mkfifo', name] as const, ['mkdir', name] as const]))(
        '%s %s: it is refused by name, and no shell is left that keeps the lock',
        async (make, name) => {
          const file = `${belay}/${name}`
          const aside = await host.exists(file)
          if (aside) await host.run(['mv', file, `${base}/aside`])
          await host.run([make, file])
          const held = newHeld()
          try {
            await expect(take(held)).rejects.toMatchObject({
              code: 'not-a-file',
              message: expect.stringContaining(file),
            })
            const looking = runCommand(
              connection,
              script,
              'inspect',
              { base, unit: '', recovery: '', need: 0, keepReleases: 0, params: '' },
              { timeoutMs: 5000 },
            )
            await expect(looking).rejects.toMatchObject({ code: 'not-a-file' })
          } finally {
            await host.run(['rm', '-rf', file])
            if (aside) await host.run(['mv', `${base}/aside`, file])
          }
          await take(held)
          await undoOnHost(connection, held, 5)
        },
        30_000,
      )
    })
  })
})
