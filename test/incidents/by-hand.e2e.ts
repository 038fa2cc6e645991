import { canStartSystemdHosts, type RunResult, type SystemdHost, sudoersLines } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { duringStep, unitOf, waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { blocks, elsewhere, keysOf, scriptOf } from './by-hand.ts'
import { asRoot, lacksDatabase, openProduction, type Production, path, shaOf, slots, upstream } from './production.ts'
import { whileUsed as whileUsedBy } from './users.ts'

const ran = new Set<string>()

/** Every command of the page, run as it stands there, with nothing but its own values in the lines marked as yours. */
describeIf(canStartSystemdHosts() ?? lacksDatabase())('docs/by-hand.md on a host with systemd, nginx and slots', () => {
  let production: Production
  let host: SystemdHost

  beforeAll(async () => {
    production = await openProduction(1)
    host = production.hosts[0] as SystemdHost
    for (const version of ['v1', 'v2', 'v3']) await commit(version)
  }, 600_000)
  afterAll(() => production?.close())

  /** Runs a block as the page says: after the first one, with the reader's values, stopping at the first failure. */
  async function byHand(heading: string, number = 0, values: Record<string, string> = {}): Promise<RunResult> {
    ran.add(`${heading} ${number}`).add(' 0')
    const { text, user } = scriptOf(heading, number, { name: 'api-qa', base: path, ...values })
    return host.run(['sh', '-s'], { input: text, user })
  }
  const well = async (heading: string, number = 0, values: Record<string, string> = {}): Promise<string> => {
    const { status, stdout, stderr } = await byHand(heading, number, values)
    expect(status, `${heading}: ${stdout}${stderr}`).toBe(0)
    return stdout
  }

  const release = async (version: string) => [
    await production.fill(version, { 'confirm-timeout': '600s' }),
    production.switchTo(version, { 'confirm-timeout': '600s', 'drain-timeout': '1s' }),
  ]
  const commit = async (version: string) => {
    const completed = await production.job(version, await release(version))
    expect(completed.belay, completed.log).toBe('committed')
    expect(await production.users()).toBe(version)
  }
  /** Armed on the host for ten minutes, and no runner is left to decide. */
  const loseRunner = async (version: string) => {
    const [step, options] = duringStep((controller) => controller.loseRunner())
    const lost = await production.job(version, [...(await release(version)), step], options)
    expect(lost.result.conclusion, lost.log).toBe('lost')
    expect(await production.users()).toBe(version)
    expect(await state()).toBe('armed')
  }
  /** Of the armed transaction, which stays armed. */
  const killProcess = async () => {
    for (const { pid, args } of await host.processes())
      if (args.includes('serve') && args.some((word) => word.startsWith(path))) await host.kill(pid, 'SIGKILL')
    await waitFor('no process is left', 30, lockIsFree)
    expect(await state()).toBe('armed')
  }
  const whileUsed = (something: () => Promise<unknown>) => whileUsedBy(production, host, something)
  /** Of the newest transaction, which has both changes of the job. */
  const state = async () => {
    const list = async (folder: string) =>
      (await host.run(['ls', `${path}/.belay/${folder}`])).stdout.trim().split('\n')
    const newest = (await list('states')).at(-1) ?? ''
    const id = newest.slice(0, newest.lastIndexOf('.'))
    expect((await list('changes')).slice(-2)).toEqual([`${id}.move`, `${id}.release`])
    return newest.slice(id.length + 1)
  }
  const active = async () => /:(\d+);/.exec((await host.read(`${upstream}/active.conf`)) ?? '')?.[1] ?? ''
  /** Both slots as the page names them. */
  const bothSlots = async () => {
    const from = await active()
    const to = String(slots.find((slot) => String(slot) !== from))
    return { from, to, idle: to }
  }
  const idOf = async (version: string, base = path) => {
    const { stdout } = await host.run(['grep', '-lrx', `r_version='${version}'`, `${base}/.belay/changes`])
    const states = (await host.run(['ls', `${base}/.belay/states`])).stdout
    const names = [...stdout.matchAll(/\/(\d+-[^/\n]+)\.release$/gm)].map(([, name = '']) => name)
    return names.find((name) => states.includes(`${name}.confirmed`))?.replace(/^\d+-/, '') ?? ''
  }
  const isActive = async (unit: string) => (await host.run(['systemctl', 'is-active', unit])).stdout.trim()

  test('where traffic goes', async () => {
    const { from, to } = await bothSlots()
    const [first, ...rest] = (await well('Where traffic goes')).trim().split('\n')
    expect(first).toBe(from)
    expect(rest.toSorted()).toEqual(
      [
        `${from} ${await idOf('v3')} ${shaOf('v3')} v3 active`,
        `${to} ${await idOf('v2')} ${shaOf('v2')} v2 active`,
      ].toSorted(),
    )
  })

  test('is a job at work: none, and while a release goes on', async () => {
    // The old slot's unit is disabled before the lock is released.
    await waitFor('the lock is free', 30, lockIsFree)
    expect((await well('Is a job at work?')).match(/the lock is free/g)).toHaveLength(1)
    const [step, options] = duringStep(async () => {
      const said = await well('Is a job at work?')
      expect(said.match(/\.armed$/gm), said).toHaveLength(1)
      expect(said.match(/\.(move|release)$/gm), said).toEqual(['.move', '.release'])
      expect(said.match(/^held by acme\/acme run \d+/gm) ?? said.match(/acme\/acme run \d+/g), said).toHaveLength(1)
    })
    const completed = await production.job('v4', [...(await release('v4')), step], options)
    expect(completed.belay, completed.log).toBe('committed')
  })

  test('move the traffic: no request fails, and the next release continues from there', async () => {
    const { from, to } = await bothSlots()
    await whileUsed(async () => {
      expect(await well('Move the traffic', 0, { from, to })).toMatch(new RegExp(`^${to}$`, 'm'))
      await waitFor('users are served by the other slot', 20, async () => (await production.users()) === 'v3')
    })
    expect(await host.read(`${path}/slots/${from}.state`)).toBe('idle\n')
    expect(await host.read(`${path}/slots/${to}.state`)).toBe('active\n')
    expect(await isActive(`api-qa@${from}`)).toBe('active')
    const enabled = await host.run(['systemctl', 'is-enabled', `api-qa@${from}`, `api-qa@${to}`])
    expect(enabled.stdout).toBe('disabled\nenabled\n')
    await whileUsed(() => commit('v5'))
  })

  test('move the traffic to a slot that does not answer: stopped before anything is moved', async () => {
    const { from, to } = await bothSlots()
    await asRoot(host, ['systemctl', 'stop', `api-qa@${to}`])
    const moved = await byHand('Move the traffic', 0, { from, to })
    expect(moved.status).not.toBe(0)
    expect(moved.stderr).toContain(`slot ${to}`)
    expect(await active()).toBe(from)
  })

  test('roll back to a release that no slot runs any more', async () => {
    const { from, to, idle } = await bothSlots()
    const id = await idOf('v1')
    expect(await well('Roll back to a release that no slot runs any more')).toContain(id)
    await whileUsed(async () => {
      await well('Roll back to a release that no slot runs any more', 1, { release: id, idle })
      await well('Move the traffic', 0, { from, to })
      await waitFor('users have what was before', 20, async () => (await production.users()) === 'v1')
    })
    await whileUsed(() => commit('v6'))
  })

  test('the same without slots', async () => {
    const unit = unitOf('worker')
    const base = '/srv/worker/qa'
    const values = { name: 'worker-qa', base }
    await host.write('/etc/sudoers.d/worker', sudoersLines([unit, 'worker-qa']), 0o440)
    for (const version of ['v1', 'v2']) {
      const step = production.deploy('worker', await production.release('worker', version), { version })
      const completed = await production.job(version, [step])
      expect(completed.belay, completed.log).toBe('committed')
    }
    const heading = 'Roll back to a release that no slot runs any more'
    await well(heading, 2, { ...values, release: await idOf('v1', base) })
    await waitFor('the former release serves', 30, async () => (await production.serves(host, 'worker')) === 'v1')
    // What a failed release returns to is still what was committed last, as the page says.
    const v3 = production.deploy('worker', await production.release('worker', 'v3'), { version: 'v3' })
    const failed = await production.job('v3', [v3, { run: 'exit 1' }])
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await production.serves(host, 'worker')).toBe('v2')
    const back = { command: 'rollback', version: 'v1', source: '' }
    const rollback = await production.job('v2', [production.deploy('worker', '', back)])
    expect(rollback.belay, rollback.log).toBe('committed')
    expect(await production.serves(host, 'worker')).toBe('v1')
  })

  test('confirm what is armed: it stays, and the lock is released', async () => {
    await loseRunner('v7')
    await whileUsed(async () => {
      await well('Confirm what is armed')
      await waitFor('the lock is free', 30, lockIsFree)
    })
    expect(await state()).toBe('confirmed')
    expect(await production.users()).toBe('v7')
    expect(await production.slotsOn(host)).toMatch(/active active$/)
  })

  test('roll back what is armed', async () => {
    await loseRunner('v8')
    await whileUsed(async () => {
      await well('Roll back what is armed')
      await waitFor('the lock is free', 30, lockIsFree)
    })
    expect(await state()).toBe('undone')
    expect(await production.users()).toBe('v7')
    expect(await production.slotsOn(host)).toMatch(/inactive/)
  })

  test('roll back what a dead process left armed', async () => {
    await loseRunner('v9')
    await killProcess()
    await whileUsed(() => well('Roll back what is armed', 1))
    expect(await state()).toBe('undone')
    expect(await production.users()).toBe('v7')
  })

  test('confirm what a dead process left armed: what is left to do is done', async () => {
    const { from, to } = await bothSlots()
    await loseRunner('v10')
    await killProcess()
    await whileUsed(() => well('Confirm what is armed'))
    expect(await state()).toBe('confirmed')
    expect(await production.users()).toBe('v10')
    const enabled = await host.run(['systemctl', 'is-enabled', `api-qa@${from}`, `api-qa@${to}`])
    expect(enabled.stdout).toBe('disabled\nenabled\n')
    expect(await lockIsFree()).toBe(true)
  })

  test('remove Belay: the service stays, also after a reboot', async () => {
    const { idle } = await bothSlots()
    await whileUsed(async () => {
      await well('Remove Belay', 0, { idle })
      await well('Remove Belay', 1)
    })
    const found = await host.run(['find', '/', '-xdev', '-name', '*belay*'], { user: 'root' })
    // What nginx reads is the service's own by now; the other service of this host is still Belay's.
    const left = found.stdout.trim().split('\n')
    expect(left.filter((file) => !/belay-test|^\/etc\/nginx\/belay|^\/srv\/worker/.test(file))).toEqual([])
    await host.reboot()
    await waitFor('users are served', 20, async () => (await production.users()) === 'v10')
    const { stdout } = await host.run(['systemctl', 'list-units', '--failed', '--no-legend'])
    expect(stdout).toBe('')
  }, 600_000)

  test('no block of the page was left out', () => {
    const all = keysOf([...blocks.keys()].filter((heading) => heading !== elsewhere))
    expect(all.length).toBeGreaterThan(8)
    expect([...ran].toSorted()).toEqual(all.toSorted())
  })

  const lockIsFree = async () => (await host.run(['flock', '-n', `${path}/.belay/lock`, 'true'])).status === 0
})
