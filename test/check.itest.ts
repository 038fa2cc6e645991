import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { briefCheck, type Fixture, type JobStep, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const base = '/srv/api/qa'

async function begun(context: TestContext): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1 })
  context.onTestFinished(() => fixture.close())
  expect((await release(fixture, 'v1')).belay).toBe('committed')
  return [fixture, fixture.hosts[0] as TestHost]
}

async function release(fixture: Fixture, version: string, inputs = {}, faults = {}, more: JobStep[] = []) {
  const source = await fixture.release('api', version, faults)
  const step = fixture.deploy('api', source, { version, ...inputs })
  const completed = await fixture.job(version, [step, ...more])
  return { ...completed, code: completed.job.steps[0]?.outputs['failure-code'] }
}

/** Ends the service's processes; its release cannot start any more. */
async function breakLive(host: TestHost): Promise<void> {
  const live = (await host.run(['readlink', `${base}/current`])).stdout.trim()
  await host.write(`${base}/${live}/release.json`, '{"crash":"start"}')
  for (const { pid, args } of await host.processes())
    if (args[1] === `${base}/current/server.mjs`) await host.kill(pid, 'SIGKILL')
}

describeIf(canStartHosts())('the check of a release', () => {
  test.concurrent.for([
    ['a wrong path', 'http://this-host:5101/healthz', 'answered with status 404'],
    ['a wrong port', 'http://this-host:5999/health', 'was refused: nothing listens at that address and port'],
    ['a wrong name', 'http://no-such-host.invalid:5101/health', 'names a host that this host cannot resolve'],
  ] as const)(
    '%s: said before anything is changed, and the old release is back by its own check',
    async (row, context) => {
      const [, check, words] = row
      const [fixture, host] = await begun(context)
      const completed = await release(fixture, 'v2', { check, ...briefCheck })
      expect(completed.belay, completed.log).toBe('rolled-back')
      expect(completed.log).toContain(`serves and fails this check: ${check} ${words}`)
      expect(completed.log).toMatch(/check failed: .*failed this check too, before anything was changed/)
      expect(completed.log).toMatch(/v1 \(\S+\) serves again/)
      expect(await fixture.serves(host, 'api')).toBe('v1')
    },
  )

  test.concurrent('of a service that was down before makes a release that fails rolled-back, not mixed', async (context) => {
    const [fixture, host] = await begun(context)
    await breakLive(host)
    const failed = await release(fixture, 'v2', {}, { health: 500 })
    expect(failed.log).toMatch(/fails its check: http:\S+ was refused/)
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(failed.log).toContain('is restored, and fails its check as it did before this release')
  })

  test.concurrent('of a service that was down before passes for the release that repairs it', async (context) => {
    const [fixture, host] = await begun(context)
    await breakLive(host)
    const repaired = await release(fixture, 'v3')
    expect(repaired.belay, repaired.log).toBe('committed')
    expect(await fixture.serves(host, 'api')).toBe('v3')
  })

  test.concurrent('answered by the process of the previous release: not committed (rule 15)', async (context) => {
    const [fixture, host] = await begun(context)
    const completed = await release(fixture, 'v2', { restart: 'command:true', ...briefCheck })
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(completed.log).toContain('is answered by the previous release')
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('that reports no version: log and summary say what is not verified (rule 15)', async (context) => {
    const [fixture] = await begun(context)
    const proved = await release(fixture, 'v2')
    expect(proved.log).not.toContain('Not verified')
    const completed = await release(fixture, 'v3', { check: 'command:true' })
    expect(completed.belay, completed.log).toBe('committed')
    const summary = completed.job.steps.map((one) => one.summary).join('\n')
    for (const text of [completed.log, summary])
      expect(text).toMatch(/Not verified: whether this release is what answers\.\n\S+: the check command passed/)
  })

  test.concurrent('that something answers before a first release refuses that release (rule 3)', async (context) => {
    const [fixture, host] = await begun(context)
    await host.run(['rm', '-rf', `${base}/.belay`, `${base}/current`])
    const completed = await release(fixture, 'v2')
    expect(completed, completed.log).toMatchObject({ belay: 'unchanged', code: 'first-release' })
    expect(completed.log).toContain('something answers at http://this-host:5101/health')
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('that something answers does not refuse first-release: replace (rule 3)', async (context) => {
    const [fixture, host] = await begun(context)
    await host.run(['rm', '-rf', `${base}/.belay`, `${base}/current`])
    const replaced = await release(fixture, 'v2', { 'first-release': 'replace' })
    expect(replaced.belay, replaced.log).toBe('committed')
    expect(replaced.log).toContain('if this one fails, there is no release to restore')
  })

  test.concurrent('names missing programs: found before the swap, each with its input', async (context) => {
    const [fixture, host] = await begun(context)
    const inputs = { restart: 'command:/usr/local/bin/restart-it now', check: 'command:look-at-it' }
    const completed = await release(fixture, 'v2', inputs)
    expect(completed, completed.log).toMatchObject({ belay: 'unchanged', code: 'program-missing' })
    expect(completed.log).toContain('restart: there is no program /usr/local/bin/restart-it')
    expect(completed.log).toContain('check: there is no program look-at-it')
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })
})
