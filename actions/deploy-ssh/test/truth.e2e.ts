import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, openSystemdFixture, unitOf } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'

const base = '/srv/api/qa'
const unit = unitOf('api')
const legacyUrl = 'http://this-host:5990/health'

async function asRoot(host: SystemdHost, ...argv: string[]): Promise<void> {
  const { status, stderr } = await host.run(argv, { user: 'root' })
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
}

async function open(): Promise<[Fixture<SystemdHost>, SystemdHost]> {
  const fixture = await openSystemdFixture({ hosts: 1 })
  return [fixture, fixture.hosts[0] as SystemdHost]
}

/** Another service of the machine, by a unit of its own: it answers 200 at `legacyUrl` for ever. */
async function startLegacy(fixture: Fixture, host: SystemdHost, port = 5990): Promise<void> {
  const source = await fixture.release('api', 'legacy')
  for (const file of ['server.mjs', 'release.json'])
    await host.write(
      `/opt/legacy/${file}`,
      await (await import('node:fs/promises')).readFile(`${source}/${file}`, 'utf8'),
    )
  const text = `[Service]\nWorkingDirectory=/opt/legacy\nExecStart=/usr/local/bin/node /opt/legacy/server.mjs this-host ${port}\n`
  await host.write('/etc/systemd/system/legacy.service', text)
  await asRoot(host, 'systemctl', 'daemon-reload')
  await asRoot(host, 'systemctl', 'restart', 'legacy')
}

const override = async (host: SystemdHost, lines: string) => {
  await host.write(`/etc/systemd/system/${unit}.d/test.conf`, `[Service]\n${lines}\n`)
  await asRoot(host, 'systemctl', 'daemon-reload')
}

async function release(
  fixture: Fixture,
  version: string,
  inputs: Record<string, string> = {},
  faults = {},
  more: object[] = [],
) {
  const source = await fixture.release('api', version, faults)
  const completed = await fixture.job(version, [fixture.deploy('api', source, { version, ...inputs }), ...(more as [])])
  const main = completed.job.steps.find(({ stage }) => stage === 'main')
  return { ...completed, outputs: main?.outputs ?? {} }
}

const state = async (host: SystemdHost, name = unit) => (await host.run(['systemctl', 'is-active', name])).stdout.trim()

describeIf(canStartSystemdHosts())('a release by a unit of systemd is never reported better than it is', () => {
  test.concurrent('the new process dies, something else answers the check: not committed', async (context) => {
    const [fixture, host] = await open()
    context.onTestFinished(() => fixture.close())
    expect((await release(fixture, 'v1')).belay).toBe('committed')
    await startLegacy(fixture, host)
    const completed = await release(fixture, 'v2', { check: legacyUrl }, { crash: 'start' })
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(completed.log).toMatch(/check failed: .*unit api-qa\.service/)
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('the new process dies of a taken port before anything was released: refused by name', async (context) => {
    const [fixture, host] = await open()
    context.onTestFinished(() => fixture.close())
    await startLegacy(fixture, host, 5101)
    const completed = await release(fixture, 'v1')
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(completed.outputs['failure-code']).toBe('check-answered-by-other')
    expect(completed.log).toContain(`${unit} is stopped, but something else answers`)
    expect(await fixture.serves(host, 'api')).toBe('legacy')
  })

  test.concurrent('a unit that runs another folder is refused by name, a wrapper is said', async (context) => {
    const [fixture, host] = await open()
    context.onTestFinished(() => fixture.close())
    await startLegacy(fixture, host)
    const elsewhere = '/usr/local/bin/node /opt/legacy/server.mjs this-host 5101'
    await override(host, `WorkingDirectory=/opt/legacy\nExecStart=\nExecStart=${elsewhere}`)
    const completed = await release(fixture, 'v1')
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(completed.outputs['failure-code']).toBe('unit-elsewhere')
    expect(completed.log).toContain(`${unit} runs /opt/legacy`)
    expect(completed.log).toContain(`${base}/current`)

    // What a wrapper starts cannot be seen: it is released, and that is said.
    await host.write(
      '/usr/local/bin/start-api',
      `#!/bin/sh\ncd ${base}/current && exec node server.mjs this-host 5101\n`,
      0o755,
    )
    await override(host, 'WorkingDirectory=/\nExecStart=\nExecStart=/usr/local/bin/start-api')
    const wrapped = await release(fixture, 'v1')
    expect(wrapped.belay, wrapped.log).toBe('committed')
    expect(wrapped.log).toContain(`nothing in ${unit} names ${base}/current`)
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })

  /** The unit runs, by hand, what Belay never released. */
  async function openLegacy(context: TestContext) {
    const [fixture, host] = await open()
    context.onTestFinished(() => fixture.close())
    await startLegacy(fixture, host)
    await override(
      host,
      `WorkingDirectory=-${base}/current\nExecStart=\nExecStart=/bin/sh -c 'if [ -e ${base}/current ]; then cd ${base}/current; else cd /opt/legacy; fi; exec node server.mjs this-host 5101'`,
    )
    await asRoot(host, 'systemctl', 'restart', unit)
    await expect.poll(() => fixture.serves(host, 'api')).toBe('legacy')
    return [fixture, host] as const
  }

  test.concurrent('a first release over a service that runs already is refused, with the ways out (rule 3)', async (context) => {
    const [fixture, host] = await openLegacy(context)
    const completed = await release(fixture, 'v1', {}, {}, [{ run: 'exit 1' }])
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(completed.outputs['failure-code']).toBe('first-release')
    expect(completed.log).toContain(`${unit} is active`)
    expect(completed.log).toContain('first-release: replace')
    expect(await state(host)).toBe('active')
    expect(await fixture.serves(host, 'api')).toBe('legacy')
  })

  test.concurrent('a first release that replaced a service and fails leaves it stopped, and says so (rule 3)', async (context) => {
    const [fixture, host] = await openLegacy(context)
    const replaced = await release(fixture, 'v1', { 'first-release': 'replace' }, {}, [{ run: 'exit 1' }])
    expect(replaced.belay, replaced.log).toBe('rolled-back')
    expect(replaced.log).toContain(`no earlier release to restore; ${unit} is stopped`)
    expect(replaced.log).not.toContain('the release that was committed before is restored')
    expect(await state(host)).toBe('inactive')
  })

  test.concurrent('a service that dies says why: journal, file, or the line that lets it be read', async (context) => {
    const [fixture, host] = await open()
    context.onTestFinished(() => fixture.close())
    expect((await release(fixture, 'v1')).belay).toBe('committed')
    const said = 'api v2: cannot start, as release.json says'
    const unread = await release(fixture, 'v2', { 'check-timeout': '3s' }, { crash: 'start' })
    expect(unread.log).toContain('usermod -a -G systemd-journal deploy')
    expect(unread.log).not.toContain(said)

    await asRoot(host, 'usermod', '-a', '-G', 'systemd-journal', 'deploy')
    const read = await release(fixture, 'v2', { 'check-timeout': '3s' }, { crash: 'start' })
    expect(read.log).toContain(said)
    expect(read.log).not.toContain('usermod')

    await asRoot(host, 'gpasswd', '-d', 'deploy', 'systemd-journal')
    await override(host, 'StandardOutput=append:/var/log/api-%N.log\nStandardError=inherit')
    const filed = await release(fixture, 'v2', { 'check-timeout': '3s' }, { crash: 'start' })
    expect(filed.log).toContain(said)

    await asRoot(host, 'chmod', '0600', '/var/log/api-api-qa.log')
    const closed = await release(fixture, 'v2', { 'check-timeout': '3s' }, { crash: 'start' })
    expect(closed.log).not.toContain(said)
    expect(closed.log).toMatch(/deploy cannot read \/var\/log\/api-api-qa\.log.*a group of deploy/)
    expect(closed.log).not.toContain('command: preflight')
  })
})
