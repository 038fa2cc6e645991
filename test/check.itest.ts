import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { type JobStep, openScene, type Scene } from './support/scene.ts'

const base = '/srv/api/qa'

async function begun(context: TestContext): Promise<[Scene, TestHost]> {
  const scene = await openScene({ hosts: 1 })
  context.onTestFinished(() => scene.close())
  expect((await release(scene, 'v1')).belay).toBe('committed')
  return [scene, scene.hosts[0] as TestHost]
}

async function release(scene: Scene, version: string, inputs = {}, faults = {}, more: JobStep[] = []) {
  const source = await scene.release('api', version, faults)
  const step = scene.deploy('api', source, { version, 'check-timeout': '3s', ...inputs })
  const played = await scene.job(version, [step, ...more])
  return { ...played, code: played.job.steps[0]?.outputs['failure-code'] }
}

/** The processes of the service end, and what was released there does not start any more. */
async function breakLive(host: TestHost): Promise<void> {
  const live = (await host.run(['readlink', `${base}/current`])).stdout.trim()
  await host.write(`${base}/${live}/release.json`, '{"crash":"start"}')
  for (const { pid, args } of await host.processes())
    if (args[1] === `${base}/current/server.mjs`) await host.kill(pid, 'SIGKILL')
}

need(canStartHosts())('the check of a release', () => {
  test.concurrent.for([
    ['a wrong path', 'http://this-host:5101/healthz', 'answered with status 404'],
    ['a wrong port', 'http://this-host:5999/health', 'was refused: nothing listens at that address and port'],
    ['a wrong name', 'http://no-such-host.invalid:5101/health', 'names a host that is not known there'],
  ] as const)(
    '%s: said before anything is changed, and the old release is back by its own check',
    async (row, context) => {
      const [, check, words] = row
      const [scene, host] = await begun(context)
      const played = await release(scene, 'v2', { check })
      expect(played.belay, played.log).toBe('rolled-back')
      expect(played.log).toContain(`serves, and fails this check: ${check} ${words}`)
      expect(played.log).toMatch(/check failed: .*failed this check too, before anything was changed/)
      expect(played.log).toMatch(/v1 \(\S+\) serves again/)
      expect(await scene.serves(host, 'api')).toBe('v1')
    },
  )

  test.concurrent('of a service that is down: a release that repairs it is committed, and one that fails is no mixed', async (context) => {
    const [scene, host] = await begun(context)
    await breakLive(host)
    const failed = await release(scene, 'v2', {}, { health: 500 })
    expect(failed.log).toMatch(/fails its check: http:\S+ was refused/)
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(failed.log).toContain('is back as it was before: it fails its check as it did then')
    const repaired = await release(scene, 'v3')
    expect(repaired.belay, repaired.log).toBe('committed')
    expect(await scene.serves(host, 'api')).toBe('v3')
  })

  test.concurrent('answered by the process of the release before: not committed', async (context) => {
    const [scene, host] = await begun(context)
    const played = await release(scene, 'v2', { restart: 'command:true' })
    expect(played.belay, played.log).toBe('rolled-back')
    expect(played.log).toContain('is answered by the release before')
    expect(await scene.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('that shows no release: what is not proved is said in log and summary', async (context) => {
    const [scene] = await begun(context)
    const proved = await release(scene, 'v2')
    expect(proved.log).not.toContain('Not proved')
    const played = await release(scene, 'v3', { check: 'command:true' })
    expect(played.belay, played.log).toBe('committed')
    const summary = played.job.steps.map((one) => one.summary).join('\n')
    for (const text of [played.log, summary])
      expect(text).toMatch(/Not proved: that what answers is this release\.\n\S+: the check command passed/)
  })

  test.concurrent('is answered before the first release that a command restarts: refused, with the ways out', async (context) => {
    const [scene, host] = await begun(context)
    await host.run(['rm', '-rf', `${base}/.belay`, `${base}/current`])
    const played = await release(scene, 'v2')
    expect(played, played.log).toMatchObject({ belay: 'unchanged', code: 'first-release' })
    expect(played.log).toContain('something answers at http://this-host:5101/health')
    const replaced = await release(scene, 'v2', { 'first-release': 'replace' })
    expect(replaced.belay, replaced.log).toBe('committed')
    expect(replaced.log).toContain('if this one fails, nothing comes back')
  })

  test.concurrent('names programs that are not there: found before the swap, each by its input', async (context) => {
    const [scene, host] = await begun(context)
    const inputs = { restart: 'command:/usr/local/bin/restart-it now', check: 'command:look-at-it' }
    const played = await release(scene, 'v2', inputs)
    expect(played, played.log).toMatchObject({ belay: 'unchanged', code: 'program-missing' })
    expect(played.log).toContain('restart: there is no program /usr/local/bin/restart-it')
    expect(played.log).toContain('check: there is no program look-at-it')
    expect(await scene.serves(host, 'api')).toBe('v1')
  })
})
