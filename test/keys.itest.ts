import { chmodSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, type JobStep, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

/** The files of a key that are left for a later step of the job. */
const listing: JobStep = {
  id: 'listing',
  if: 'always()',
  run: 'cd "$RUNNER_TEMP" && find . -path "*secret-*" -type f | sed "s/^/LEFT /"; echo LISTED',
}

/** A release whose main is killed, as by the kernel when memory is short, while `ssh` logs in with the key. */
async function killedInLogin(context: TestContext, ...later: JobStep[]) {
  const fixture = await openFixture({ hosts: 1, passphrase: 'an odd passphrase' })
  context.onTestFinished(() => fixture.close())
  const bin = join(fixture.folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'ssh'), '#!/bin/sh\nkill -9 $PPID\nsleep 1\nexit 255\n')
  chmodSync(join(bin, 'ssh'), 0o755)
  const step = fixture.deploy('api', await fixture.release('api', 'v1'), { version: 'v1' })
  const completed = await fixture.job('v1', [step, ...later], {
    stepEnv: (path, stage) =>
      path === 'release/api' && stage === 'main' ? { PATH: `${bin}:${process.env.PATH}` } : {},
  })
  expect(completed.job.steps[0]?.outcome, completed.log).toBe('failure')
  return { fixture, completed }
}

const left = (fixture: Fixture) => globSync('**/secret-*/{key,passphrase}', { cwd: fixture.folder })

describeIf(canStartHosts())('the key and passphrase of a main that was killed in the login (rule 12)', () => {
  test.concurrent('are removed after its post', async (context) => {
    const { fixture, completed } = await killedInLogin(context, listing)
    // They existed; otherwise this test would verify nothing.
    expect(completed.log).toMatch(/LEFT .*secret-.*\/passphrase/)
    expect(left(fixture)).toEqual([])
  })

  test.concurrent('are removed once the next Belay step has started', async (context) => {
    const gate = {
      if: 'always()',
      uses: '$/actions/health-gate',
      with: { urls: 'http://127.0.0.1:9/', deadline: '1s' },
    }
    const { completed } = await killedInLogin(context, gate, listing)
    expect(completed.log).toContain('LISTED')
    expect(completed.log).not.toContain('LEFT')
  })
})
