import { join } from 'node:path'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { type JobOptions, meanwhile, openScene, type Played, type Scene, stateOn } from './support/scene.ts'

const base = '/srv/api/qa'

/** All jobs of a test that are played with this begin in the same second. */
const sameSecond = (): Pick<JobOptions, 'stepEnv'> => {
  const second = String(Date.now())
  const clock = join(import.meta.dirname, 'support/same-second.mjs')
  return { stepEnv: () => ({ NODE_OPTIONS: `--import ${clock}`, BELAY_TEST_SECOND: second }) }
}

async function begun(context: TestContext): Promise<[Scene, TestHost]> {
  const scene = await openScene({ hosts: 1 })
  context.onTestFinished(() => scene.close())
  const steps = [scene.deploy('api', await scene.release('api', 'v1'), { version: 'v1' })]
  expect((await scene.job('v1', steps)).belay).toBe('committed')
  return [scene, scene.hosts[0] as TestHost]
}

/**
 * Two legs of one matrix, as they are: the same run, attempt, job, commit and second. `second` is played while the first
 * has its release armed.
 */
async function legs(
  scene: Scene,
  lockTimeout: string,
  during: (second: Promise<Played>) => Promise<unknown>,
): Promise<[Played, Played]> {
  const same = { ...sameSecond(), runId: '4711' }
  const step = async (version: string) =>
    scene.deploy('api', await scene.release('api', version), { version, 'lock-timeout': lockTimeout })
  const rival = await step('v2b')
  let second: Promise<Played> | undefined
  const [wait, options] = meanwhile(async () => {
    second = scene.job('v2', [rival], same)
    await during(second)
  })
  const first = await scene.job('v2', [await step('v2'), wait], { ...same, ...options })
  return [first, await (second as unknown as Promise<Played>)]
}

need(canStartHosts())('two jobs of one commit in one second', () => {
  test.concurrent('the second is refused the lock, and its clean-up leaves the first alone', async (context) => {
    const [scene, host] = await begun(context)
    const [first, second] = await legs(scene, '0s', (played) => played)
    expect(second.job.steps[0]?.outputs['failure-code'], second.log).toBe('lock-held')
    expect(first.belay, first.log).toBe('committed')
    expect(await scene.serves(host, 'api')).toBe('v2')
    expect(await stateOn(host, 'api')).toBe('confirmed')
  })

  test.concurrent('the second waits for the first, and releases what is its own', async (context) => {
    const [scene, host] = await begun(context)
    const waits = () => new Promise((resolve) => setTimeout(resolve, 4000))
    const [first, second] = await legs(scene, '60s', waits)
    expect([first.belay, second.belay], `${first.log}\n${second.log}`).toEqual(['committed', 'committed'])
    expect(await scene.serves(host, 'api')).toBe('v2b')
    // Each in a folder of its own, and none inside the other's.
    const { stdout } = await host.run(['find', `${base}/releases`, '-name', '.incoming-*'])
    expect(stdout).toBe('')
    const folders = await host.run(['ls', `${base}/releases`])
    expect(folders.stdout.trim().split('\n')).toHaveLength(3)
  })
})
