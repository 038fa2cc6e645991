import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from '../support/need.ts'
import {
  type JobStep,
  lockIsFree,
  openScene,
  type Played,
  type Scene,
  services,
  shaOf,
  until,
} from '../support/scene.ts'

/** Two hosts that serve v1 of both services. */
async function begun(context: TestContext): Promise<Scene> {
  const scene = await openScene()
  context.onTestFinished(() => scene.close())
  const first = await scene.job('v1', await both(scene, 'v1'))
  expect(first.belay, first.log).toBe('committed')
  return scene
}

const both = async (scene: Scene, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      scene.deploy(service, await scene.release(service, version), { version, ...inputs }),
    ),
  )

async function expectEnd(scene: Scene, played: Played, result: string, served: string): Promise<void> {
  const context = `${played.log}\n${played.record.map((line) => JSON.stringify(line)).join('\n')}`
  expect(played.belay, context).toBe(result)
  expect(await scene.served(), context).toBe(served)
  // A process gives its lock back a moment after its last word.
  const free = async () =>
    (await Promise.all(scene.hosts.flatMap((host) => services.map((service) => lockIsFree(host, service))))).every(
      Boolean,
    )
  await until('every lock is free', 5, free)
}

/** A step of the composite: everything but what a test is about. */
async function releaseStep(scene: Scene, version: string, inputs: Record<string, string>, step: JobStep = {}) {
  const deploy = scene.deploy('api', await scene.release('api', version), inputs) as { with: object }
  return { ...step, id: 'release', uses: '$/actions/release', with: { 'gate-deadline': '30s', ...deploy.with } }
}

need(canStartHosts())('days that go wrong', () => {
  test.concurrent('the first service returns while the second still uploads: both are old, nothing more is changed', async (context) => {
    const scene = await begun(context)
    const [api, worker] = (await both(scene, 'v2')) as [JobStep & { with: object }, JobStep]
    const steps = [{ ...api, with: { ...api.with, 'confirm-timeout': '5s' } }, worker]
    const played = await scene.job('v2', steps, {
      pause: {
        step: 'release/worker',
        stage: 'main',
        match: { phase: 'upload' },
        harm: () => new Promise((resolve) => setTimeout(resolve, 7000)),
      },
    })
    await expectEnd(scene, played, 'rolled-back', 'v1 v1 v1 v1')
    expect(played.log).toContain('was not confirmed in time and returns by itself')
    expect(played.job.steps.find(({ path }) => path === 'release/worker')?.outputs['failure-code']).toBe(
      'confirm-timeout-expired',
    )
  })

  test.concurrent.for([
    ['inside its countdown', 0],
    ['after its countdown', 12_000],
  ] as const)('a second attempt after a lost runner, %s', async ([, wait], context) => {
    const scene = await begun(context)
    const steps = await both(scene, 'v2', { 'confirm-timeout': '8s' })
    const lost = await scene.job('v2', steps, {
      pause: {
        step: 'release/worker',
        stage: 'main',
        match: { event: 'phase', phase: 'armed' },
        harm: (controller) => controller.loseRunner(),
      },
    })
    expect(lost.result.conclusion).toBe('lost')
    await new Promise((resolve) => setTimeout(resolve, wait))
    const second = await scene.job('v2', await both(scene, 'v2'), { attempt: '2' })
    await expectEnd(scene, second, 'committed', 'v2 v2 v2 v2')
  })

  test.concurrent('a gate that fails inside release under continue-on-error takes the release back', async (context) => {
    const scene = await begun(context)
    // The service reports another commit than the one that is released.
    const step = await releaseStep(scene, 'v2', {
      urls: scene.urlOn(scene.hosts[0] as never, 'api'),
      'gate-deadline': '3s',
    })
    const played = await scene.job('v3', [{ ...step, 'continue-on-error': true }])
    await expectEnd(scene, played, 'rolled-back', 'v1 v1 v1 v1')
    expect(played.log).toContain('began and did not reach its end')
  })

  test.concurrent('a gate longer than confirm-timeout: the hosts return by themselves, and the job says why', async (context) => {
    const scene = await begun(context)
    const urls = scene.hosts.map((host) => scene.urlOn(host, 'api')).join('\n')
    // Step by step: `release` knows both times and refuses them before anything is touched.
    const deploy = scene.deploy('api', await scene.release('api', 'v2'), { 'confirm-timeout': '5s' })
    const gate = { uses: '$/actions/health-gate', with: { urls, 'expect-version': shaOf('v3'), deadline: '12s' } }
    const played = await scene.job('v3', [deploy, gate])
    await expectEnd(scene, played, 'rolled-back', 'v1 v1 v1 v1')
  })

  test.concurrent('release refuses a gate longer than confirm-timeout, with the arithmetic', async (context) => {
    const scene = await begun(context)
    const urls = scene.hosts.map((host) => scene.urlOn(host, 'api')).join('\n')
    const step = await releaseStep(scene, 'v2', { urls, 'gate-deadline': '12s', 'confirm-timeout': '15s' })
    const played = await scene.job('v3', [step])
    expect(played.result.conclusion).toBe('failure')
    expect(played.log).toContain('check-timeout 5 s + gate-deadline 12 s = 17 s')
    expect(await scene.served()).toBe('v1 v1 v1 v1')
  })

  test.concurrent('two runs at once on the same hosts, named in opposite order: one after the other', async (context) => {
    const scene = await begun(context)
    const turned = scene.hosts
      .map(({ target }) => target)
      .reverse()
      .join('\n')
    const [one, other] = await Promise.all([
      scene.job('v2', await both(scene, 'v2')),
      scene.job('v3', await both(scene, 'v3', { hosts: turned })),
    ])
    expect([one.belay, other.belay], `${one.log}\n${other.log}`).toEqual(['committed', 'committed'])
    const [api, worker] = [
      await scene.serves(scene.hosts[0] as never, 'api'),
      await scene.serves(scene.hosts[0] as never, 'worker'),
    ]
    expect(await scene.served()).toBe(`${api} ${worker} ${api} ${worker}`)
    expect(['v2', 'v3']).toContain(api)
  })

  test.concurrent('a noop beside a real release: the noop is untouched, the other goes back', async (context) => {
    const scene = await begun(context)
    const [api] = await both(scene, 'v1')
    const [, worker] = await both(scene, 'v2')
    const played = await scene.job('v2', [api as JobStep, worker as JobStep, { run: 'exit 1' }])
    await expectEnd(scene, played, 'rolled-back', 'v1 v1 v1 v1')
    const results = played.job.steps.filter(({ stage }) => stage === 'main').map(({ outputs }) => outputs.result)
    expect(results.slice(0, 2)).toEqual(['noop', 'pending'])
  })

  test.concurrent('a whole release by the composite: gated by the commit, committed', async (context) => {
    const scene = await begun(context)
    const urls = scene.hosts.map((host) => scene.urlOn(host, 'api')).join('\n')
    const played = await scene.job('v2', [await releaseStep(scene, 'v2', { urls })])
    await expectEnd(scene, played, 'committed', 'v2 v1 v2 v1')
    expect(played.record.find(({ event }) => event === 'gate')).toMatchObject({ verdict: 'pass', version: shaOf('v2') })
  })

  test.concurrent('a hand that moves current while the release is armed is not overwritten, and is named', async (context) => {
    const scene = await begun(context)
    const [host] = scene.hosts
    const link = await host?.linkTarget('/srv/api/qa/current')
    const steps = [...(await both(scene, 'v2')), { id: 'hand', run: 'sleep 1; exit 1' }]
    const played = await scene.job('v2', steps, {
      onEvent: (event) => {
        if (event.type !== 'step-start' || event.path !== 'release/hand') return
        void host?.run(['ln', '-sfn', `${link}/../elsewhere`, '/srv/api/qa/current'])
      },
    })
    expect(played.belay, played.log).toBe('mixed')
    expect(played.log).toContain('somebody else changed it, it stays')
    expect(await host?.linkTarget('/srv/api/qa/current')).toBe(`${link}/../elsewhere`)
  })
})
