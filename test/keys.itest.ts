import { chmodSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { type JobStep, openScene, type Scene } from './support/scene.ts'

/** What files of a key are left, as a later step of the job finds them. */
const listing: JobStep = {
  id: 'listing',
  if: 'always()',
  run: 'cd "$RUNNER_TEMP" && find . -path "*secret-*" -type f | sed "s/^/LEFT /"; echo LISTED',
}

/** A release whose main is killed, as by the kernel when memory is short, while `ssh` logs in with the key. */
async function killedInLogin(context: TestContext, ...later: JobStep[]) {
  const scene = await openScene({ hosts: 1, passphrase: 'an odd passphrase' })
  context.onTestFinished(() => scene.close())
  const bin = join(scene.folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'ssh'), '#!/bin/sh\nkill -9 $PPID\nsleep 1\nexit 255\n')
  chmodSync(join(bin, 'ssh'), 0o755)
  const step = scene.deploy('api', await scene.release('api', 'v1'), { version: 'v1' })
  const played = await scene.job('v1', [step, ...later], {
    stepEnv: (path, stage) =>
      path === 'release/api' && stage === 'main' ? { PATH: `${bin}:${process.env.PATH}` } : {},
  })
  expect(played.job.steps[0]?.outcome, played.log).toBe('failure')
  return { scene, played }
}

const left = (scene: Scene) => globSync('**/secret-*/{key,passphrase}', { cwd: scene.folder })

need(canStartHosts())('the key and passphrase of a main that was killed in the login', () => {
  test.concurrent('are gone after its post', async (context) => {
    const { scene, played } = await killedInLogin(context, listing)
    // They were there: otherwise this test would show nothing.
    expect(played.log).toMatch(/LEFT .*secret-.*\/passphrase/)
    expect(left(scene)).toEqual([])
  })

  test.concurrent('are gone once the next Belay step has begun', async (context) => {
    const gate = {
      if: 'always()',
      uses: '$/actions/health-gate',
      with: { urls: 'http://127.0.0.1:9/', deadline: '1s' },
    }
    const { played } = await killedInLogin(context, gate, listing)
    expect(played.log).toContain('LISTED')
    expect(played.log).not.toContain('LEFT')
  })
})
