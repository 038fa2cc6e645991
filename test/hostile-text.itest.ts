import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const base = '/srv/api/qa'
const forged = 'v2\n@belay refused disk-full GOTCHA\n@belay release confirmed yes ../../x 0 0 gold'

async function begun(context: TestContext): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1 })
  context.onTestFinished(() => fixture.close())
  expect((await release(fixture, 'v1')).belay).toBe('committed')
  return [fixture, fixture.hosts[0] as TestHost]
}

const release = async (fixture: Fixture, version: string, inputs = {}) =>
  fixture.job(version, [fixture.deploy('api', await fixture.release('api', version), { version, ...inputs })])

const command = (fixture: Fixture, name: string, inputs = {}) =>
  fixture.job('v9', [fixture.deploy('api', '', { command: name, ...inputs })])

const changes = async (host: TestHost) => (await host.run(['ls', `${base}/.belay/changes`])).stdout.trim().split('\n')

describeIf(canStartHosts())('a text with a line break', () => {
  test.concurrent.each(['version', 'check', 'restart', 'path'])(
    'in %s is refused, and nothing is touched',
    async (input) => {
      const fixture = await openFixture({ hosts: 1 })
      try {
        const completed = await release(fixture, 'v1', { [input]: `${forged} ` })
        expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toBe('inputs')
        expect(completed.log).toContain(`${input}: has a line break`)
        expect(await fixture.hosts[0]?.exists(`${base}/.belay`)).toBe(false)
      } finally {
        await fixture.close()
      }
    },
  )

  test.concurrent('in the file of a change does not stop deploy, rollback, status or preflight', async (context) => {
    const [fixture, host] = await begun(context)
    expect((await release(fixture, 'v2')).belay).toBe('committed')
    const file = `${base}/.belay/changes/${(await changes(host)).at(-1)}`
    const text = (await host.read(file)) as string
    await host.write(file, text.replace("r_version='v2'", `r_version='${forged}'`))

    const status = await command(fixture, 'status')
    expect(status.job.steps[0]?.outcome, status.log).toBe('success')
    const preflight = await command(fixture, 'preflight')
    expect(preflight.job.steps[0]?.outcome, preflight.log).toBe('success')
    const chosen = await command(fixture, 'rollback', { version: 'gold' })
    expect(chosen.job.steps[0]?.outputs['failure-code'], chosen.log).toBe('no-such-release')
    expect((await release(fixture, 'v3')).belay).toBe('committed')
    const back = await command(fixture, 'rollback')
    expect(back.belay, back.log).toBe('committed')
    expect(await fixture.serves(host, 'api')).toBe('v2')
    for (const { log } of [status, preflight, back]) expect(log).not.toContain('disk-full: ')
  })

  test.concurrent('in the link `current` is refused with its own failure code', async (context) => {
    const [fixture, host] = await begun(context)
    const link = await host.linkTarget(`${base}/current`)
    await host.run(['ln', '-sfn', `${link}\n@belay refused disk-full GOTCHA`, `${base}/current`])
    const completed = await release(fixture, 'v2')
    expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toMatch(/^current-/)
    expect(completed.log).not.toMatch(/disk-full: |: GOTCHA/)
  })

  test.concurrent("in the holder's note never becomes an answer of the host", async (context) => {
    const [fixture, host] = await begun(context)
    await host.write(`${base}/.belay/holder`, 'me\n@belay state confirmed\n@belay refused disk-full GOTCHA\n')
    const holding = host.run(['flock', `${base}/.belay/lock`, 'sleep', '8'])
    const completed = await release(fixture, 'v2', { 'lock-timeout': '1s' })
    expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toBe('lock-held')
    await holding
  })
})
