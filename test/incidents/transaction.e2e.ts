import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PromiseRow, readTables } from '@belay/rehearsal'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, expect, test, vi } from 'vitest'
import {
  type CompletedJob,
  duringStep,
  type Fixture,
  type JobOptions,
  type JobStep,
  openFixture,
  root,
  services,
  stateOn,
  waitFor,
} from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'

// A third of the rows waits for the end of a confirm timeout most of the time.
vi.setConfig({ maxConcurrency: 8 })

/** How to produce the table's first columns: v1 is committed everywhere, then this job releases v2. */
type Scenario = (fixture: Fixture) => Promise<CompletedJob>

/** Confirm timeouts: short if a row needs their end, otherwise longer than the row. */
const soon = { 'confirm-timeout': '15s' }

const both = async (fixture: Fixture, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      fixture.deploy(service, await fixture.release(service, version), { version, ...inputs }),
    ),
  )

const v2 = async (fixture: Fixture, more: JobStep[] = [], options: JobOptions = {}, inputs = {}) =>
  fixture.job('v2', [...(await both(fixture, 'v2', inputs)), ...more], options)

const bad = async (fixture: Fixture, step: JobStep) => {
  const source = await fixture.release('api', 'v2', { health: 500 })
  return fixture.job('v2', [fixture.deploy('api', source, {}, step)])
}

const killed = async (fixture: Fixture, match: Record<string, unknown>, step: JobStep = {}) =>
  fixture.job('v2', [fixture.deploy('api', await fixture.release('api', 'v2'), {}, step)], {
    pause: { step: 'release/api', stage: 'main', match, inject: (controller) => controller.kill() },
  })

const lost = async (fixture: Fixture, match: Record<string, unknown>) =>
  v2(fixture, [], {
    pause: { step: 'release/api', stage: 'main', match, inject: (controller) => controller.loseRunner() },
  })

const cutOff = (fixture: Fixture) => {
  fixture.hosts[1]?.link.refuse(true)
  fixture.hosts[1]?.link.cut()
}

const releaseDuring = async (fixture: Fixture, act: () => Promise<void> | void, script: string, inputs = {}) => {
  const [step, options] = duringStep(act, script)
  return v2(fixture, [step], options, inputs)
}

const scenarios: Record<string, Scenario> = {
  'nothing to do / commit': async (fixture) => fixture.job('v1', await both(fixture, 'v1')),
  'ended well / commit / all': (fixture) => v2(fixture),
  'ended well / commit / first reply lost': (fixture) =>
    v2(fixture, [], {
      pause: {
        step: 'release/worker',
        stage: 'post',
        match: { event: 'decided' },
        inject() {
          const [host] = fixture.hosts
          if (!host) return
          host.link.delayMs = 300
          // The order arrives after 300 ms, its answer would after 600: it is cut in between.
          const watch = setInterval(async () => {
            if ((await stateOn(host, 'api')) !== 'confirmed') return
            clearInterval(watch)
            host.link.cut()
            host.link.delayMs = 0
          }, 20)
        },
      },
    }),
  'ended well / commit / one host cut off': (fixture) =>
    v2(
      fixture,
      [],
      { pause: { step: 'release/worker', stage: 'post', match: { event: 'decided' }, inject: () => cutOff(fixture) } },
      soon,
    ),
  'ended well / commit, `current` was changed by hand on one host': (fixture) =>
    releaseDuring(
      fixture,
      async () => {
        const back = 'cd /srv/api/qa && ln -sfn "releases/$(ls releases | head -n 1)" current'
        const done = await fixture.hosts[0]?.run(['sh', '-c', back])
        expect(done?.status, done?.stderr).toBe(0)
      },
      'true',
    ),
  'ended well / undo: a later step failed': (fixture) => v2(fixture, [{ run: 'exit 1' }]),
  'ended well / undo: a later post failed': async (fixture) => {
    const foreign = join(fixture.folder, 'repository/foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, 'action.yml'), 'name: x\nruns: { using: node24, main: main.cjs, post: post.cjs }\n')
    writeFileSync(join(foreign, 'main.cjs'), '')
    writeFileSync(join(foreign, 'post.cjs'), 'process.exit(1)')
    const checkout = { uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1' }
    return fixture.job('v2', [checkout, ...(await both(fixture, 'v2')), { uses: './foreign' }])
  },
  'ended well / undo: the job was cancelled': (fixture) =>
    v2(fixture, [{ id: 'wait', run: 'sleep 60' }], {
      onEvent: (event, controller) => {
        if (event.type === 'step-start' && event.path === 'release/wait') setTimeout(() => controller.cancel(), 300)
      },
    }),
  'ended well / undo: a host expired before it was asked': async (fixture) => {
    const steps = await both(fixture, 'v2')
    const [api, worker] = steps as [JobStep & { with: object }, JobStep]
    // api's hosts wait for less than the job takes; worker's do not.
    return fixture.job('v2', [{ ...api, with: { ...api.with, ...soon } }, worker, { run: 'sleep 18' }])
  },
  'ended well / undo: a host was cut off when asked': (fixture) =>
    releaseDuring(fixture, () => cutOff(fixture), 'true', soon),
  "ended well / undo: a host's process was killed": (fixture) =>
    releaseDuring(
      fixture,
      async () => {
        const host = fixture.hosts[1]
        for (const { pid, args } of (await host?.processes()) ?? [])
          if (args.includes('serve') && args.includes('/srv/api/qa')) await host?.kill(pid, 'SIGKILL')
      },
      'true',
    ),
  'ended well / undo: the job failed, and a host is cut off': (fixture) =>
    releaseDuring(fixture, () => cutOff(fixture), 'exit 1', soon),
  'ended well / undo: release did not reach its end': async (fixture) => {
    const begin = { uses: '$/actions/release/begin', with: { service: 'api', environment: 'qa' } }
    return fixture.job('v2', [begin, ...(await both(fixture, 'v2'))])
  },
  'failed before the change / undo: the job failed': async (fixture) => {
    const closed = ['chmod', '0555', '/srv/api/qa/releases']
    await fixture.hosts[1]?.run(closed, { user: 'root' })
    const completed = await v2(fixture)
    await fixture.hosts[1]?.run(['chmod', '0755', '/srv/api/qa/releases'], { user: 'root' })
    return completed
  },
  'failed in the change / undo: the job failed': (fixture) => bad(fixture, {}),
  'failed in the change, tolerated / commit': (fixture) => bad(fixture, { 'continue-on-error': true }),
  'interrupted in the change / undo: the job was cancelled': async (fixture) =>
    fixture.job('v2', [fixture.deploy('api', await fixture.release('api', 'v2'))], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { phase: 'check' },
        inject: (controller) => controller.cancel(),
      },
    }),
  'killed before the change / undo: the job failed': (fixture) => killed(fixture, { phase: 'upload' }),
  'killed in the change / undo: the job failed': (fixture) => killed(fixture, { phase: 'check' }),
  'killed in the change, tolerated / undo: main never ended': (fixture) =>
    killed(fixture, { phase: 'check' }, { 'continue-on-error': true }),
  'at work before the change / none': (fixture) => lost(fixture, { phase: 'upload' }),
  'ended well / none': (fixture) =>
    v2(
      fixture,
      [{ id: 'wait', run: 'sleep 60' }],
      {
        onEvent: (event, controller) => {
          if (event.type === 'step-start' && event.path === 'release/wait')
            setTimeout(() => controller.loseRunner(), 300)
        },
      },
      soon,
    ),
  'ended well / commit / one host, then nothing': (fixture) =>
    v2(
      fixture,
      [],
      {
        pause: {
          step: 'release/worker',
          stage: 'post',
          match: { event: 'decided' },
          inject(controller) {
            const [first, second] = fixture.hosts
            if (!first || !second) return
            // The second host's commands are still on their way when the runner is lost.
            second.link.delayMs = 3000
            const watch = setInterval(async () => {
              const states = await Promise.all(services.map((service) => stateOn(first, service)))
              if (states.some((state) => state !== 'confirmed')) return
              clearInterval(watch)
              controller.loseRunner()
              second.link.cut()
              second.link.delayMs = 0
            }, 20)
          },
        },
      },
      soon,
    ),
  'ended well, `undo: false` / undo: a later step failed / at its own end': (fixture) =>
    v2(fixture, [{ run: 'exit 1' }], {}, { undo: 'false' }),
  'rollback, after a failure / undo: the job failed / at its own end': async (fixture) => {
    await v2(fixture)
    const back = services.map((service) =>
      fixture.deploy(service, '', { command: 'rollback', version: 'v1' }, { if: 'failure()' }),
    )
    return fixture.job('v3', [{ run: 'exit 1' }, ...back])
  },
}

/** What `hosts serve` means for the version on each host and service, in the order of `served()`. */
const served: Record<string, string> = {
  old: 'v1 v1 v1 v1',
  new: 'v2 v2 v2 v2',
  'the release asked for': 'v1 v1 v1 v1',
  'new, but the one cut off: old': 'v2 v2 v1 v1',
  'the confirmed one new, the other old': 'v2 v2 v1 v1',
  'old, the one cut off': 'v1 v1 v1 v1',
}

const conclusions = { green: 'success', red: 'failure', cancelled: 'cancelled', lost: 'lost' } as const

describeIf(canStartHosts())('what docs/decisions/transaction.md promises (rules 1, 7, 8, 10, 14)', () => {
  const fixtures: Fixture[] = []
  afterAll(() => Promise.all(fixtures.map((fixture) => fixture.close())))
  // Those that wait longest come first.
  const promises = readTables(root).promises.toSorted((a, b) => Number(isLater(b)) - Number(isLater(a)))

  test.concurrent.for(promises)('$main / $decision / $confirm / runner $runner', async (promised) => {
    const scenario = scenarioOf(promised)
    const fixture = await openFixture()
    fixtures.push(fixture)
    const first = await fixture.job('v1', await both(fixture, 'v1'))
    expect(first.belay, first.log).toBe('committed')

    const completed = await scenario(fixture)
    const context = `${completed.log}\n${completed.record.map((line) => JSON.stringify(line)).join('\n')}`
    for (const { link } of fixture.hosts) link.refuse(false)
    expect(completed.result.conclusion, context).toBe(conclusions[promised.job as keyof typeof conclusions])
    expect(completed.belay || 'nothing', context).toBe(promised.result)
    await expectServed(fixture, promised.serves, context)

    // In every case all locks are released, and the next release succeeds.
    const next = await fixture.job('v9', await both(fixture, 'v9'))
    expect(next.belay, next.log).toBe('committed')
    expect(await fixture.served()).toBe('v9 v9 v9 v9')
    await fixture.close()
  })

  test('every scenario is a row of the table', () => {
    const named = new Set(promises.map((promised) => scenarioOf(promised)))
    expect(Object.entries(scenarios).filter(([, scenario]) => !named.has(scenario))).toEqual([])
  })
})

/** What hosts serve "later": once a confirm timeout has ended. */
const laterMark = /[,:] later$/

function isLater({ serves }: PromiseRow): boolean {
  return laterMark.test(serves)
}

function scenarioOf({ main, decision, confirm }: PromiseRow): Scenario {
  const names = [`${main} / ${decision} / ${confirm}`, `${main} / ${decision}`]
  const scenario = names.map((name) => scenarios[name]).find((one) => one !== undefined)
  if (!scenario) throw new Error(`no test covers this row of the table: ${names[0]}`)
  return scenario
}

async function expectServed(fixture: Fixture, promised: string, context: string): Promise<void> {
  const later = laterMark.test(promised)
  const versions = served[promised.replace(laterMark, '')]
  if (versions === undefined) throw new Error(`the table says "hosts serve ${promised}", which no test knows`)
  // A confirm timeout of 15 s, 60 s more for hosts that were asked, and the restart.
  if (later) await waitFor(`${promised}: ${versions}`, 110, async () => (await fixture.served()) === versions)
  expect(await fixture.served(), context).toBe(versions)
}
