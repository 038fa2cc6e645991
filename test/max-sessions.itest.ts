import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { type Fixture, openFixture, waitFor } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

/** A real sshd that takes so many sessions over one connection. */
async function limitSessions(host: TestHost, count: number): Promise<void> {
  const config = '/etc/ssh/sshd_config'
  await host.write(config, `${await host.read(config)}MaxSessions ${count}\n`)
  // On the signal it starts anew, and writes its file when it listens.
  const again = await host.run(['sh', '-c', 'pid=$(cat /run/sshd.pid); rm /run/sshd.pid; kill -HUP "$pid"'], {
    user: 'root',
  })
  expect(again).toMatchObject({ status: 0 })
  await waitFor('sshd listens again', 30, () => host.exists('/run/sshd.pid'))
}

/** More than goes over an open shell: rsync brings it, by a session of its own. */
async function releaseLarge(fixture: Fixture, version: string) {
  const source = await fixture.release('api', version)
  writeFileSync(join(source, 'large'), randomBytes(3_000_000))
  return fixture.job(version, [fixture.deploy('api', source, { version })])
}

describeIf(canStartHosts())('an sshd that limits the sessions of a connection', () => {
  test.concurrent('to 1: the release fails by its name, and nothing was changed', async (context) => {
    const fixture = await openFixture({ hosts: 1 })
    context.onTestFinished(() => fixture.close())
    const [host] = fixture.hosts as [TestHost]
    await limitSessions(host, 1)
    const { belay, log, job } = await releaseLarge(fixture, 'v1')
    expect(belay, log).toBe('unchanged')
    expect(job.steps[0]?.outputs['failure-code'], log).toBe('sessions-limited')
    expect(log).toContain(`${host.target}: its sshd refuses a second session over one connection (MaxSessions).`)
    expect(log).toContain('set MaxSessions there to 2 or more')
  })

  test.concurrent('to 2: the release is committed', async (context) => {
    const fixture = await openFixture({ hosts: 1 })
    context.onTestFinished(() => fixture.close())
    const [host] = fixture.hosts as [TestHost]
    await limitSessions(host, 2)
    for (const version of ['v1', 'v2']) {
      const { belay, log } = await releaseLarge(fixture, version)
      expect(belay, log).toBe('committed')
    }
    expect(await fixture.serves(host, 'api')).toBe('v2')
  })
})
