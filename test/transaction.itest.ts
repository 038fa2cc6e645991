import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Promised, readPromises } from '@belay/rehearsal'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, expect, test } from 'vitest'
import { need } from './support/need.ts'
import {
  type JobOptions,
  type JobStep,
  meanwhile,
  openScene,
  type Played,
  root,
  type Scene,
  services,
  stateOn,
  until,
} from './support/scene.ts'

/** How the table's first columns are brought about: v1 is committed everywhere, then this job releases v2. */
type Story = (scene: Scene) => Promise<Played>

/** Windows that a row waits for: short where a countdown must end, longer than the row where it must not. */
const soon = { 'confirm-timeout': '15s' }

const both = async (scene: Scene, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      scene.deploy(service, await scene.release(service, version), { version, ...inputs }),
    ),
  )

const v2 = async (scene: Scene, more: JobStep[] = [], options: JobOptions = {}, inputs = {}) =>
  scene.job('v2', [...(await both(scene, 'v2', inputs)), ...more], options)

const bad = async (scene: Scene, step: JobStep) => {
  const source = await scene.release('api', 'v2', { health: 500 })
  return scene.job('v2', [scene.deploy('api', source, { 'check-timeout': '2s' }, step)])
}

const killed = async (scene: Scene, match: Record<string, unknown>, step: JobStep = {}) =>
  scene.job('v2', [scene.deploy('api', await scene.release('api', 'v2'), {}, step)], {
    pause: { step: 'release/api', stage: 'main', match, harm: (controller) => controller.kill() },
  })

const lost = async (scene: Scene, match: Record<string, unknown>) =>
  v2(scene, [], { pause: { step: 'release/api', stage: 'main', match, harm: (controller) => controller.loseRunner() } })

const cutOff = (scene: Scene) => {
  scene.hosts[1]?.link.refuse(true)
  scene.hosts[1]?.link.cut()
}

const withMeanwhile = async (scene: Scene, act: () => Promise<void> | void, script: string, inputs = {}) => {
  const [step, options] = meanwhile(act, script)
  return v2(scene, [step], options, inputs)
}

const stories: Record<string, Story> = {
  'nothing to do / commit': async (scene) => scene.job('v1', await both(scene, 'v1')),
  'ended well / commit / all': (scene) => v2(scene),
  'ended well / commit / first reply lost': (scene) =>
    v2(scene, [], {
      pause: {
        step: 'release/worker',
        stage: 'post',
        match: { event: 'decided' },
        harm() {
          const [host] = scene.hosts
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
  'ended well / commit / one host cut off': (scene) =>
    v2(
      scene,
      [],
      { pause: { step: 'release/worker', stage: 'post', match: { event: 'decided' }, harm: () => cutOff(scene) } },
      soon,
    ),
  'ended well / undo: a later step failed': (scene) => v2(scene, [{ run: 'exit 1' }]),
  'ended well / undo: a later post failed': async (scene) => {
    const foreign = join(scene.folder, 'repository/foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, 'action.yml'), 'name: x\nruns: { using: node24, main: main.cjs, post: post.cjs }\n')
    writeFileSync(join(foreign, 'main.cjs'), '')
    writeFileSync(join(foreign, 'post.cjs'), 'process.exit(1)')
    const checkout = { uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1' }
    return scene.job('v2', [checkout, ...(await both(scene, 'v2')), { uses: './foreign' }])
  },
  'ended well / undo: the job was cancelled': (scene) =>
    v2(scene, [{ id: 'wait', run: 'sleep 60' }], {
      onEvent: (event, controller) => {
        if (event.type === 'step-start' && event.path === 'release/wait') setTimeout(() => controller.cancel(), 300)
      },
    }),
  'ended well / undo: a host expired before it was asked': async (scene) => {
    const steps = await both(scene, 'v2')
    const [api, worker] = steps as [JobStep & { with: object }, JobStep]
    // api's hosts wait for less than the job takes; worker's do not.
    return scene.job('v2', [{ ...api, with: { ...api.with, ...soon } }, worker, { run: 'sleep 18' }])
  },
  'ended well / undo: a host was cut off when asked': (scene) =>
    withMeanwhile(scene, () => cutOff(scene), 'true', soon),
  "ended well / undo: a host's process was killed": (scene) =>
    withMeanwhile(
      scene,
      async () => {
        const host = scene.hosts[1]
        for (const { pid, args } of (await host?.processes()) ?? [])
          if (args.includes('serve') && args.includes('/srv/api/qa')) await host?.kill(pid, 'SIGKILL')
      },
      'true',
    ),
  'ended well / undo: the job failed, and a host is cut off': (scene) =>
    withMeanwhile(scene, () => cutOff(scene), 'exit 1', soon),
  'ended well / undo: release did not reach its end': async (scene) => {
    const begin = { uses: '$/actions/release/begin', with: { service: 'api', environment: 'qa' } }
    return scene.job('v2', [begin, ...(await both(scene, 'v2'))])
  },
  'failed before the change / undo: the job failed': async (scene) => {
    const closed = ['chmod', '0555', '/srv/api/qa/releases']
    await scene.hosts[1]?.run(closed, { user: 'root' })
    const played = await v2(scene)
    await scene.hosts[1]?.run(['chmod', '0755', '/srv/api/qa/releases'], { user: 'root' })
    return played
  },
  'failed in the change / undo: the job failed': (scene) => bad(scene, {}),
  'failed in the change, tolerated / commit': (scene) => bad(scene, { 'continue-on-error': true }),
  'interrupted in the change / undo: the job was cancelled': async (scene) =>
    scene.job('v2', [scene.deploy('api', await scene.release('api', 'v2'))], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { phase: 'check' },
        harm: (controller) => controller.cancel(),
      },
    }),
  'killed before the change / undo: the job failed': (scene) => killed(scene, { phase: 'upload' }),
  'killed in the change / undo: the job failed': (scene) => killed(scene, { phase: 'check' }),
  'killed in the change, tolerated / undo: main never ended': (scene) =>
    killed(scene, { phase: 'check' }, { 'continue-on-error': true }),
  'at work before the change / none': (scene) => lost(scene, { phase: 'upload' }),
  'ended well / none': (scene) =>
    v2(
      scene,
      [{ id: 'wait', run: 'sleep 60' }],
      {
        onEvent: (event, controller) => {
          if (event.type === 'step-start' && event.path === 'release/wait')
            setTimeout(() => controller.loseRunner(), 300)
        },
      },
      soon,
    ),
  'ended well / commit / one host, then nothing': (scene) =>
    v2(
      scene,
      [],
      {
        pause: {
          step: 'release/worker',
          stage: 'post',
          match: { event: 'decided' },
          harm(controller) {
            const [first, second] = scene.hosts
            if (!first || !second) return
            // The second host's orders are still on their way when the machine is gone.
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
  'ended well, `undo: false` / undo: a later step failed / at its own end': (scene) =>
    v2(scene, [{ run: 'exit 1' }], {}, { undo: 'false' }),
  'rollback, after a failure / undo: the job failed / at its own end': async (scene) => {
    await v2(scene)
    const back = services.map((service) =>
      scene.deploy(service, '', { command: 'rollback', version: 'v1' }, { if: 'failure()' }),
    )
    return scene.job('v3', [{ run: 'exit 1' }, ...back])
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

need(canStartHosts())('what docs/decisions/transaction.md promises', () => {
  const scenes: Scene[] = []
  afterAll(() => Promise.all(scenes.map((scene) => scene.close())))
  const promises = readPromises(root)

  test.concurrent.for(promises)('$main / $decision / $confirm / runner $runner', async (promised) => {
    const story = storyOf(promised)
    const scene = await openScene()
    scenes.push(scene)
    const first = await scene.job('v1', await both(scene, 'v1'))
    expect(first.belay, first.log).toBe('committed')

    const played = await story(scene)
    const context = `${played.log}\n${played.record.map((line) => JSON.stringify(line)).join('\n')}`
    for (const { link } of scene.hosts) link.refuse(false)
    expect(played.result.conclusion, context).toBe(conclusions[promised.job as keyof typeof conclusions])
    expect(played.belay || 'nothing', context).toBe(promised.result)
    await expectServed(scene, promised.serves, context)

    // Whatever happened: every lock comes back, and the next release succeeds.
    const next = await scene.job('v9', await both(scene, 'v9'))
    expect(next.belay, next.log).toBe('committed')
    expect(await scene.served()).toBe('v9 v9 v9 v9')
    await scene.close()
  })

  test('every way to play a row is a row of the table', () => {
    const named = new Set(promises.map((promised) => storyOf(promised)))
    expect(Object.entries(stories).filter(([, story]) => !named.has(story))).toEqual([])
  })
})

function storyOf({ main, decision, confirm }: Promised): Story {
  const names = [`${main} / ${decision} / ${confirm}`, `${main} / ${decision}`]
  const story = names.map((name) => stories[name]).find((one) => one !== undefined)
  if (!story) throw new Error(`no test plays this row of the table: ${names[0]}`)
  return story
}

async function expectServed(scene: Scene, promised: string, context: string): Promise<void> {
  const later = /[,:] later$/.test(promised)
  const versions = served[promised.replace(/[,:] later$/, '')]
  if (versions === undefined) throw new Error(`the table says "hosts serve ${promised}", which no test knows`)
  // A countdown of 15 s, 60 s more for hosts that were asked, and the restart.
  if (later) await until(`${promised}: ${versions}`, 110, async () => (await scene.served()) === versions)
  expect(await scene.served(), context).toBe(versions)
}
