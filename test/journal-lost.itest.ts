import { globSync } from 'node:fs'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { type JobStep, lockIsFree, openScene, type Scene, services, until } from './support/scene.ts'

const journal = '"$RUNNER_TEMP"/belay/journal.jsonl'

/** What a step of the job does to the journal, and what the log says of it. */
const losses: [string, string, RegExp][] = [
  ['empties RUNNER_TEMP', 'rm -rf "$RUNNER_TEMP"/*', /it is missing/],
  ['removes the journal', `rm ${journal}`, /it is missing/],
  ['leaves it empty', `: >${journal}`, /it is empty/],
  ['cuts it off', `head -c 300 ${journal} >j && cat j >${journal}`, /it was cut off/],
  ['changes a line', `sed -i '2s/./#/' ${journal}`, /it was changed/],
  ['adds a line that is none', `echo 'not of Belay' >>${journal}`, /line \d+ cannot be read/],
]

async function begun(context: TestContext): Promise<[Scene, TestHost]> {
  const scene = await openScene({ hosts: 1 })
  context.onTestFinished(() => scene.close())
  expect((await scene.job('v1', await both(scene, 'v1'))).belay).toBe('committed')
  return [scene, scene.hosts[0] as TestHost]
}

const both = (scene: Scene, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      scene.deploy(service, await scene.release(service, version), { version, ...inputs }),
    ),
  )

/** The connections that jobs of this scene left open. */
const connections = (scene: Scene) => globSync('belay-*', { cwd: scene.folder })

async function expectAllBack(scene: Scene, host: TestHost): Promise<void> {
  await until('both serve v1 again', 20, async () => (await scene.served()) === 'v1 v1')
  for (const service of services) await until('its lock is free', 5, () => lockIsFree(host, service))
  expect(connections(scene)).toEqual([])
}

need(canStartHosts())('a step of the job', () => {
  test.concurrent.for(losses)(
    '%s: the job is red, says what goes back by itself, and keeps no connection',
    async ([, run, why], context) => {
      const [scene, host] = await begun(context)
      const steps = await both(scene, 'v2', { 'confirm-timeout': '8s' })
      const played = await scene.job('v2', [...steps, { run }])
      const { log, job, belay } = played
      expect(played.result.conclusion, log).toBe('failure')
      expect(belay, log).toBe('unknown')
      expect(log).toMatch(why)
      const posts = job.steps.filter(({ stage, path }) => stage === 'post' && /api|worker/.test(path))
      expect(posts.map(({ outcome }) => outcome)).toEqual(['failure', 'failure'])
      expect(log).toContain(`api on ${host.target}`)
      expect(log).toContain('journal.jsonl')
      await expectAllBack(scene, host)
    },
  )

  test.concurrent('empties RUNNER_TEMP between two releases: the second changes nothing, the job is red', async (context) => {
    const [scene, host] = await begun(context)
    const [api, worker] = (await both(scene, 'v2', { 'confirm-timeout': '6s' })) as [JobStep, JobStep]
    const gate = {
      uses: '$/actions/health-gate',
      with: { urls: scene.urlOn(host, 'api'), deadline: '5s', version: '' },
    }
    const played = await scene.job('v2', [api, { run: 'rm -rf "$RUNNER_TEMP"/*' }, gate, worker])
    expect(played.result.conclusion, played.log).toBe('failure')
    expect(played.belay, played.log).toBe('unknown')
    const second = played.job.steps.find(({ path, stage }) => path === 'release/worker' && stage === 'main')
    expect(second?.outputs['failure-code'], played.log).toBe('journal-lost')
    await expectAllBack(scene, host)
  })

  test.concurrent('forges a second beginning of a step: what the first one armed is undone all the same', async (context) => {
    const [scene, host] = await begun(context)
    const steps = await both(scene, 'v2')
    const forged = '{"step":"deploy-ssh-1","event":"began","action":"deploy-ssh","mutates":true,"service":"api"}'
    const played = await scene.job('v2', [...steps, { run: `echo '${forged}' >>${journal}; exit 1` }])
    expect(played.belay, played.log).toBe('rolled-back')
    await expectAllBack(scene, host)
  })
})
