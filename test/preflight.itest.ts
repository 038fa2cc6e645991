import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { type Fixture, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const preflight = async (fixture: Fixture) => {
  const completed = await fixture.job('v1', [fixture.deploy('api', '', { command: 'preflight' })])
  return { ...completed, outputs: completed.job.steps[0]?.outputs ?? {} }
}

describeIf(canStartHosts())('command: preflight', () => {
  test.concurrent('names what is missing on every host, even if one refuses the login', async (context) => {
    const fixture = await openFixture()
    context.onTestFinished(() => fixture.close())
    const [first, second] = fixture.hosts
    await first?.run(['chown', 'root', '/srv/api/qa'], { user: 'root' })
    await second?.run(['rm', '/home/deploy/.ssh/authorized_keys'], { user: 'root' })
    const { log, outputs, belay } = await preflight(fixture)
    expect(outputs['failure-code'], log).toBe('preflight')
    expect(log).toContain(`  - ${first?.target}: deploy cannot write to /srv/api/qa`)
    expect(log).toContain(`  - ${second?.target}: `)
    expect(log).toContain('does not accept ssh-key for user deploy')
    expect(log).toContain("install -d -o 'deploy'")
    expect(log).not.toContain('command: preflight')
    expect(log).toContain('run it as root on each host that lacks something')
    expect(belay).toBe('unchanged')
  })

  test.concurrent('says that nothing is missing', async (context) => {
    const fixture = await openFixture()
    context.onTestFinished(() => fixture.close())
    const { log, job } = await preflight(fixture)
    expect(job.steps[0]?.outcome, log).toBe('success')
    expect(log).toContain('Nothing is missing on 2 host(s).')
    expect(log).not.toContain('What root has to prepare on each host:')
  })
})
