// biome-ignore-all lint/style/noExcessiveLinesPerFile: the life of a slot from its fill to its undo, from one fixture
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import {
  type CompletedJob,
  duringStep,
  type Fixture,
  type FixtureOptions,
  type JobOptions,
  type JobStep,
  lockIsFree,
  openFixture,
  shaOf,
  stateOn,
  waitFor,
} from './support/fixture.ts'
import { describeIf } from './support/need.ts'
import { atPhase, loseRunnerOnceArmed } from './support/pauses.ts'
import { answerFrom, base, blue, green, routeTraffic, slotInputs, versionsInSlots } from './support/slots.ts'

async function begun(context: TestContext, options: FixtureOptions = {}): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1, ...options })
  context.onTestFinished(() => fixture.close())
  return [fixture, fixture.hosts[0] as TestHost]
}

const step = async (fixture: Fixture, version: string, inputs = {}, faults = {}): Promise<JobStep> =>
  fixture.deploy('api', await fixture.release('api', version, faults), { version, ...slotInputs, ...inputs })

const fill = async (fixture: Fixture, version: string, inputs = {}, more: JobStep[] = [], options: JobOptions = {}) =>
  fixture.job(version, [await step(fixture, version, inputs), ...more], options)

/** v1 in the blue slot, to which the proxy routes the traffic. */
async function served(context: TestContext): Promise<[Fixture, TestHost]> {
  const [fixture, host] = await begun(context)
  const first = await fill(fixture, 'v1')
  expect(first.belay, first.log).toBe('committed')
  await routeTraffic(host, blue)
  return [fixture, host]
}

const ask = (host: TestHost, ...words: string[]) => host.run(['sh', `${base}/.belay/deploy-ssh.sh`, ...words])
const roleOf = async (host: TestHost, port: string) => (await host.read(`${base}/slots/${port}.state`))?.trim()

/** The failure code of the job's release. */
const codeOf = ({ job }: CompletedJob) =>
  job.steps.find(({ path, stage }) => path === 'release/api' && stage === 'main')?.outputs['failure-code']

const rollback = (fixture: Fixture, inputs = {}) =>
  fixture.job('v9', [fixture.deploy('api', '', { command: 'rollback', ...slotInputs, ...inputs })])

async function killServe(host: TestHost): Promise<void> {
  for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
}

const lost: JobOptions = loseRunnerOnceArmed()

describeIf(canStartHosts())('a release to the idle slot', () => {
  test.concurrent.for(['sh', 'busybox'] as const)(
    'the first goes where nothing listens, the next ones where no traffic goes: %s',
    async (shell, context) => {
      const [fixture, host] = await begun(context, { shell })
      const first = await fill(fixture, 'v1')
      expect(first.belay, first.log).toBe('committed')
      expect(await versionsInSlots(host)).toBe('v1 -')
      expect(await host.exists(`${base}/current`)).toBe(false)
      expect(await host.linkTarget(`${base}/slots/${blue}`)).toMatch(/^\.\.\/releases\/\d{8}T\d{6}Z-/)
      expect(await roleOf(host, blue)).toBe('idle')
      expect(first.record.flatMap((line) => (line.event === 'phase' ? [line.phase] : []))).toEqual([
        ...['connect', 'preflight', 'lock', 'upload', 'prepare', 'fill', 'link', 'restart', 'check', 'armed'],
      ])

      await routeTraffic(host, blue)
      const second = await fill(fixture, 'v2')
      expect(second.log).toContain(`slot ${green}; traffic stays with`)
      expect(await versionsInSlots(host)).toBe('v1 v2')
      await routeTraffic(host, green)
      expect((await fill(fixture, 'v3')).belay).toBe('committed')
      expect(await versionsInSlots(host)).toBe('v3 v2')
    },
  )

  test.concurrent('refused and unchanged while it is unknown where traffic goes (rule 11)', async (context) => {
    const [fixture, host] = await begun(context)
    for (const version of ['v1', 'v2']) expect((await fill(fixture, version)).belay).toBe('committed')
    const unknown = await fill(fixture, 'v3')
    expect(codeOf(unknown), unknown.log).toBe('no-idle-slot')
    expect(unknown.log).toContain('blue-green-switch never ran here: it is not known where traffic goes')

    await routeTraffic(host, blue)
    await routeTraffic(host, undefined)
    const silent = await fill(fixture, 'v3')
    expect(codeOf(silent), silent.log).toBe('active-unknown')
    await routeTraffic(host, `${blue} ${green}`)
    const weighted = await fill(fixture, 'v3')
    expect(codeOf(weighted), weighted.log).toBe('no-idle-slot')
    expect(await versionsInSlots(host)).toBe('v1 v2')
  })

  test.concurrent('noop for the committed, healthy version with the traffic', async (context) => {
    const [fixture, host] = await served(context)
    const again = await fill(fixture, 'v1')
    expect(again.belay, again.log).toBe('noop')
    await routeTraffic(host, green)
    expect((await fill(fixture, 'v1')).belay).toBe('committed')
  })

  test.concurrent('a release that fails its check leaves the idle slot empty', async (context) => {
    const [fixture, host] = await served(context)
    const bad = await fixture.job('v2', [await step(fixture, 'v2', {}, { health: 500 })])
    expect(bad.belay, bad.log).toBe('rolled-back')
    expect(codeOf(bad)).toBe('check-failed')
    expect(await versionsInSlots(host)).toBe('v1 -')
    expect(await host.linkTarget(`${base}/slots/${green}`)).toBeUndefined()
  })

  test.concurrent('a later failure of the job leaves the release that the idle slot had', async (context) => {
    const [fixture, host] = await served(context)
    expect((await fill(fixture, 'v3')).belay).toBe('committed')
    const former = await host.linkTarget(`${base}/slots/${green}`)
    const later = await fill(fixture, 'v4', {}, [{ run: 'exit 1' }])
    expect(later.belay, later.log).toBe('rolled-back')
    expect(later.log).toContain('api slot on')
    expect(await versionsInSlots(host)).toBe('v1 -')
    expect(await host.linkTarget(`${base}/slots/${green}`)).toBe(former)
    expect(await roleOf(host, green)).toBe('idle')
  })

  test.concurrent('a lost runner: a slot without traffic becomes idle again after the timeout (rule 6)', async (context) => {
    const [fixture, host] = await served(context)
    const completed = await fill(fixture, 'v2', { 'confirm-timeout': '5s' }, [], lost)
    expect(completed.result.conclusion, completed.log).toBe('lost')
    expect(await versionsInSlots(host)).toBe('v1 v2')
    await waitFor('it is stopped', 20, async () => (await versionsInSlots(host)) === 'v1 -')
    await waitFor('the lock is free', 30, () => lockIsFree(host, 'api'))
    expect(await stateOn(host, 'api')).toBe('undone')
  })

  test.concurrent('a lost runner: the timeout does not stop a slot that got the traffic by hand (rule 11)', async (context) => {
    const [fixture, host] = await served(context)
    const lostRunner: JobOptions = atPhase('release/api', 'armed', async (controller) => {
      await routeTraffic(host, green)
      controller.loseRunner()
    })
    await fill(fixture, 'v2', { 'confirm-timeout': '5s' }, [], lostRunner)
    await waitFor('it ends', 20, async () => (await stateOn(host, 'api')) === 'mixed')
    await waitFor('the lock is free', 30, () => lockIsFree(host, 'api'))
    expect(await versionsInSlots(host)).toBe('v1 v2')
  })

  test.concurrent('an undo does not stop the slot with the traffic, and is mixed (rule 11)', async (context) => {
    const [fixture, host] = await served(context)
    const [later, options] = duringStep(() => routeTraffic(host, green), 'exit 1')
    const completed = await fill(fixture, 'v2', {}, [later], options)
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.log).toContain(`traffic goes to slot ${green}: the slot keeps running`)
    expect(await versionsInSlots(host)).toBe('v1 v2')
  })

  test.concurrent('the word stop refuses the slot with the traffic, and stops the other (rule 11)', async (context) => {
    const [fixture, host] = await served(context)
    expect((await fill(fixture, 'v2')).belay).toBe('committed')
    await routeTraffic(host, green)
    const refused = await ask(host, 'stop', green)
    expect(refused).toMatchObject({ status: 1, stderr: `traffic goes to slot ${green}: it keeps running\n` })
    await routeTraffic(host, blue)
    expect(await ask(host, 'stop', green)).toMatchObject({ status: 0 })
    expect(await versionsInSlots(host)).toBe('v1 -')
  })

  test.concurrent('its process is killed: the job is undone, and the next release succeeds', async (context) => {
    const [fixture, host] = await served(context)
    const [later, options] = duringStep(() => killServe(host))
    const completed = await fill(fixture, 'v2', {}, [later], options)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await versionsInSlots(host)).toBe('v1 -')
    await fill(fixture, 'v3', {}, [], lost)
    await killServe(host)
    const next = await fill(fixture, 'v4')
    expect(next.belay, next.log).toBe('committed')
    expect(next.log).toContain('an earlier run left')
    expect(await versionsInSlots(host)).toBe('v1 v4')
  })

  test.concurrent.for([
    ['active', 'mixed', true],
    ['idle', 'undone', false],
  ] as const)('after a reboot, a slot that was marked %s: %s (rule 11)', async ([role, ended, stays], context) => {
    const [fixture, host] = await served(context)
    await fill(fixture, 'v2', {}, [], lost)
    await killServe(host)
    await ask(host, 'tell', green, role)
    await ask(host, 'recover')
    expect(await stateOn(host, 'api')).toBe(ended)
    expect((await host.linkTarget(`${base}/slots/${green}`)) !== undefined).toBe(stays)
    expect(await roleOf(host, green)).toBe(stays ? 'active' : 'idle')
  })

  test.concurrent('after a reboot only confirmed releases start: the link is restored, and the slot is idle', async (context) => {
    const [fixture, host] = await served(context)
    await fill(fixture, 'v2')
    const former = await host.linkTarget(`${base}/slots/${green}`)
    await fill(fixture, 'v3', {}, [], lost)
    await killServe(host)
    expect(await ask(host, 'recover')).toMatchObject({ status: 0 })
    expect(await host.linkTarget(`${base}/slots/${green}`)).toBe(former)
    expect(await stateOn(host, 'api')).toBe('undone')
  })

  test.concurrent('a shadow release is undone at the end of a job that succeeds', async (context) => {
    const [fixture, host] = await served(context)
    const [later, options] = duringStep(async () => expect(await versionsInSlots(host)).toBe('v1 v2'))
    const good = await fill(fixture, 'v2', { until: 'gate' }, [later], options)
    expect(good.result.conclusion, good.log).toBe('success')
    expect(good.belay, good.log).toBe('unchanged')
    expect(good.record.find(({ event }) => event === 'outcome')).toMatchObject({
      target: `api slot on ${host.target}`,
      detail: 'a shadow release: its slot is idle again, and no user saw it',
    })
    expect(await versionsInSlots(host)).toBe('v1 -')
  })

  test.concurrent('a shadow release is undone at the end of a job that fails', async (context) => {
    const [fixture, host] = await served(context)
    const bad = await fill(fixture, 'v3', { until: 'gate' }, [{ run: 'exit 1' }])
    expect(bad.belay, bad.log).toBe('unchanged')
    expect(await versionsInSlots(host)).toBe('v1 -')
    expect(await stateOn(host, 'api')).toBe('undone')
  })
})

describeIf(canStartHosts())('rollback to a slot', () => {
  test.concurrent('that still has the release: nothing is restarted, and its undo leaves it running', async (context) => {
    const [fixture, host] = await served(context)
    await fill(fixture, 'v2')
    await routeTraffic(host, green)
    const before = await answerFrom(host, blue)
    const back = await rollback(fixture)
    expect(back.belay, back.log).toBe('committed')
    expect(back.job.steps[0]?.outputs.result).toBe('pending')
    expect((await answerFrom(host, blue))?.pid).toBe(before?.pid)
    const undone = await fixture.job('v9', [
      fixture.deploy('api', '', { command: 'rollback', ...slotInputs }),
      { run: 'exit 1' },
    ])
    expect(undone.belay, undone.log).toBe('rolled-back')
    expect((await answerFrom(host, blue))?.pid).toBe(before?.pid)
  })

  test.concurrent('starts a stopped slot and leaves the slot with the traffic unchanged', async (context) => {
    const [fixture, host] = await served(context)
    await fill(fixture, 'v2')
    await routeTraffic(host, green)
    expect(await ask(host, 'stop', blue)).toMatchObject({ status: 0, stderr: '' })
    expect(await versionsInSlots(host)).toBe('- v2')
    const back = await rollback(fixture)
    expect(back.belay, back.log).toBe('committed')
    expect(await versionsInSlots(host)).toBe('v1 v2')
    const same = await rollback(fixture, { version: 'v2' })
    expect(same.belay, same.log).toBe('noop')
  })

  const schema = (names: string) => ({
    run: `mkdir -p "$RUNNER_TEMP/belay"; printf '%s\n' '{"step":"migrate","event":"schema","service":"api","migrations":[${names}]}' >>"$RUNNER_TEMP/belay/journal.jsonl"`,
  })

  /** v2 has the traffic, and a contract migration removed what v1 needs. */
  async function contracted(context: TestContext): Promise<[Fixture, TestHost, v2: string]> {
    const [fixture, host] = await begun(context)
    expect((await fixture.job('v1', [schema('"001"'), await step(fixture, 'v1')])).belay).toBe('committed')
    await routeTraffic(host, blue)
    expect((await fixture.job('v2', [schema('"001","002"'), await step(fixture, 'v2')])).belay).toBe('committed')
    await routeTraffic(host, green)
    const [, v2 = ''] = (await host.run(['ls', `${base}/releases`])).stdout.trim().split('\n')
    await host.write(`${base}/.belay/contracts`, '003-drop v2\n')
    return [fixture, host, v2]
  }

  test.concurrent('across a contract migration is refused, and compatible releases are named (rule 16)', async (context) => {
    const [fixture, , v2] = await contracted(context)
    const refused = await rollback(fixture)
    expect(codeOf(refused), refused.log).toBe('schema-ahead')
    expect(refused.log).toContain('migration 003-drop removed what it needs; the oldest compatible release is v2')
    expect(refused.log).toContain(`choose one of: v2 (${v2})`)
  })

  test.concurrent('to a commit from before a contract migration is refused (rule 16)', async (context) => {
    const [fixture, , v2] = await contracted(context)
    const old = await fixture.job('v1', [schema('"001"'), await step(fixture, 'v1')])
    expect(codeOf(old), old.log).toBe('schema-ahead')
    expect(old.log).toContain(`releases here that fit: v2 (${v2})`)
    const hotfix = await fixture.job('v3', [schema('"001"'), await step(fixture, 'v3')])
    expect(hotfix.log).toContain('it was built without 002')
    expect(codeOf(hotfix), hotfix.log).toBe('schema-ahead')
  })

  test.concurrent('to a commit built with the contract is committed, and fits as the live one does (rule 16)', async (context) => {
    const [fixture, host, v2] = await contracted(context)
    expect((await fixture.job('v3', [schema('"001","002"'), await step(fixture, 'v3')])).belay).toBe('committed')
    expect((await ask(host, 'fits', v2)).status).toBe(0)
    expect((await ask(host, 'fits', (await ask(host, 'holds', green)).stdout.split(' ')[0] ?? '')).status).toBe(0)
  })
})

describeIf(canStartHosts())('the words for people', () => {
  const shells = ['sh', 'busybox'] as const
  const hook = (word: string) => `command:sh -c 'echo ${word} "$BELAY_SLOT" {slot} >>${base}/hooks'`
  const hooks = { activate: hook('on'), deactivate: hook('off') }

  /** v1 in the blue slot, with hooks and the traffic; the green one is empty. */
  async function hooked(context: TestContext, shell: (typeof shells)[number]): Promise<[Fixture, TestHost]> {
    const [fixture, host] = await begun(context, { shell })
    expect((await fill(fixture, 'v1', hooks)).belay).toBe('committed')
    await routeTraffic(host, blue)
    return [fixture, host]
  }

  test.concurrent.for(shells)('holds names the release of a slot: %s', async (shell, context) => {
    const [, host] = await hooked(context, shell)
    expect((await ask(host, 'holds', blue)).stdout).toMatch(new RegExp(`^\\S+ ${shaOf('v1')} v1\n$`))
    expect((await ask(host, 'holds', green)).stdout).toBe('\n')
  })

  test.concurrent.for(shells)(
    'answers says whether a slot passes its check, as this commit: %s',
    async (shell, context) => {
      const [, host] = await hooked(context, shell)
      expect(await ask(host, 'answers', blue, shaOf('v1'))).toMatchObject({ status: 0, stdout: '', stderr: '' })
      expect(await ask(host, 'answers', blue, shaOf('v2'))).toMatchObject({
        status: 1,
        stderr: `slot ${blue} passes its check, but its answer does not name ${shaOf('v2')}\n`,
      })
      expect((await ask(host, 'answers', green)).stderr).toMatch(
        new RegExp(`^slot ${green}: .* was refused: nothing listens`),
      )
    },
  )

  test.concurrent.for(shells)(
    'tell sets the role of a slot and runs its hook (rule 17): %s',
    async (shell, context) => {
      const [, host] = await hooked(context, shell)
      expect(await ask(host, 'tell', blue, 'active')).toMatchObject({ status: 0 })
      expect(await roleOf(host, blue)).toBe('active')
      expect(await ask(host, 'tell', blue, 'idle')).toMatchObject({ status: 0 })
      expect(await roleOf(host, blue)).toBe('idle')
      expect(await host.read(`${base}/hooks`)).toBe(`on ${blue} ${blue}\noff ${blue} ${blue}\n`)
      expect(await ask(host, 'tell', '5999', 'idle')).toMatchObject({ status: 1, stderr: `${base} has no slot 5999\n` })
    },
  )

  test.concurrent.for(shells)(
    'stop refuses a slot where a release is at work, and stops it later: %s',
    async (shell, context) => {
      const [fixture, host] = await hooked(context, shell)
      const [later, options] = duringStep(async () => {
        const busy = await ask(host, 'stop', green)
        expect(busy.stderr).toContain('a release is at work here')
      })
      expect((await fill(fixture, 'v2', hooks, [later], options)).belay).toBe('committed')
      expect(await ask(host, 'stop', green)).toMatchObject({ status: 0 })
      expect(await versionsInSlots(host)).toBe('v1 -')
    },
  )

  test.concurrent('status reports the release, the traffic and the role of each slot (rule 17)', async (context) => {
    const [fixture, host] = await served(context)
    await ask(host, 'tell', blue, 'active')
    await fill(fixture, 'v2')
    const status = await fixture.job('v2', [fixture.deploy('api', '', { command: 'status', ...slotInputs })])
    expect(status.log).toMatch(new RegExp(`slot ${blue} holds \\S+, has traffic, is marked active`))
    expect(status.log).toMatch(new RegExp(`slot ${green} holds \\S+, has no traffic, is marked idle`))
    const dry = await fill(fixture, 'v3', { 'dry-run': 'true' })
    expect(dry.log).toContain('It would upload, prepare, fill')
    expect(await versionsInSlots(host)).toBe('v1 v2')
  })
})
