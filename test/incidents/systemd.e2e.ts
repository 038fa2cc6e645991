import { canStartSystemdHosts, type SystemdHost, sudoersLines } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  duringStep,
  type Fixture,
  type JobOptions,
  type JobStep,
  lockIsFree,
  openSystemdFixture,
  stateOn,
  unitOf,
  waitFor,
} from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { loseRunnerOnceArmed } from '../support/pauses.ts'
import { slotUnit } from '../support/slot-unit.ts'
import { base, blue, green, routeTraffic, slotInputs, versionsInSlots } from '../support/slots.ts'

const unit = unitOf('api')

describeIf(canStartSystemdHosts())('hosts with systemd as init, a deploy user and literal sudo lines', () => {
  let fixture: Fixture<SystemdHost>

  beforeAll(async () => {
    fixture = await openSystemdFixture({
      sudoers: sudoersLines([unitOf('api'), unitOf('worker')], ['restart', 'stop', 'reset-failed']),
    })
  }, 600_000)
  afterAll(() => fixture?.close())

  const deploy = async (version: string, inputs = {}, faults = {}): Promise<JobStep> =>
    fixture.deploy('api', await fixture.release('api', version, faults), { version, ...inputs })
  const release = async (version: string, inputs = {}, more: JobStep[] = []) =>
    fixture.job(version, [await deploy(version, inputs), ...more])
  const api = async () => (await Promise.all(fixture.hosts.map((host) => fixture.serves(host, 'api')))).join(' ')
  const isActive = async (host: SystemdHost) => (await host.run(['systemctl', 'is-active', unit])).stdout.trim()
  const sameEverywhere = async (what: (host: SystemdHost) => Promise<unknown>, value: unknown) =>
    expect(await Promise.all(fixture.hosts.map(what))).toEqual(fixture.hosts.map(() => value))

  test('a first release that fails later leaves nothing behind: unit stopped, no current', async () => {
    const completed = await release('v1', {}, [{ run: 'exit 1' }])
    expect(completed.belay, completed.log).toBe('rolled-back')
    await sameEverywhere((host) => host.exists('/srv/api/qa/current'), false)
    expect(['inactive', 'failed']).toContain(await isActive(fixture.hosts[0] as SystemdHost))
  })

  test('a release is restarted by its unit and serves', async () => {
    const first = await release('v1')
    expect(first.belay, first.log).toBe('committed')
    expect(await api()).toBe('v1 v1')
  })

  test('a release whose job fails later is undone', async () => {
    const second = await release('v2', {}, [{ run: 'exit 1' }])
    expect(second.belay, second.log).toBe('rolled-back')
    expect(await api()).toBe('v1 v1')
  })

  test('six restarts within ten seconds: neither a release nor an undo is refused', async () => {
    const began = Date.now()
    for (const version of ['v2', 'v3', 'v4']) {
      const completed = await release(version, {}, [{ run: 'exit 1' }])
      expect(completed.belay, completed.log).toBe('rolled-back')
    }
    expect(await api()).toBe('v1 v1')
    // Three releases and three undos: slower ones would not reach the limit.
    const { stdout } = await (fixture.hosts[0] as SystemdHost).run(['systemctl', 'show', '-p', 'StartLimitBurst', unit])
    expect(stdout.trim()).toBe('StartLimitBurst=5')
    console.log(`six restarts in ${Math.round((Date.now() - began) / 100) / 10} s`)
  })

  test('a service that ends at once is a failed release, also without a check', async () => {
    const source = await fixture.release('api', 'v5', { crash: 'start' })
    const completed = await fixture.job('v5', [fixture.deploy('api', source, { version: 'v5', check: '' })])
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(completed.log).toMatch(/check failed: .*(keeps stopping|failed)/)
    expect(await api()).toBe('v1 v1')
  })

  test('preflight names every missing line, and its root script fixes that and handles reboots', async () => {
    const [host] = fixture.hosts as [SystemdHost]
    await host.write('/etc/sudoers.d/deploy', `deploy ALL=(root) NOPASSWD: /usr/bin/systemctl restart ${unit}\n`, 0o440)
    const refused = await release('v6')
    expect(refused.belay, refused.log).toBe('unchanged')
    expect(refused.log).toContain(
      `${host.target}: deploy may not run "sudo -n systemctl reset-failed ${unit}" without a password`,
    )
    expect(refused.log).toContain(
      `${host.target}: deploy may not run "sudo -n systemctl stop ${unit}" without a password`,
    )
    expect(refused.log).not.toContain(`${host.target}: deploy may not run "sudo -n systemctl restart ${unit}"`)

    const preflight = await fixture.job('v6', [await deploy('v6', { command: 'preflight' })])
    const script = /#!\/bin\/sh\n[\s\S]*?\nsystemctl enable \S+\n/.exec(preflight.log)?.[0] ?? ''
    for (const each of fixture.hosts) {
      const ran = await each.run(['sh', '-s'], { user: 'root', input: script })
      expect(ran.status, `${script}\n${ran.stderr}`).toBe(0)
    }
    const ready = await fixture.job('v6', [await deploy('v6', { command: 'preflight' })])
    expect(ready.result.conclusion, ready.log).toBe('success')
    expect(ready.log).not.toContain('after a reboot before the confirm')
  })

  test('a sudo line that needs a password does not count', async () => {
    const [host] = fixture.hosts as [SystemdHost]
    const lines = await host.read('/etc/sudoers.d/deploy')
    await host.write(
      '/etc/sudoers.d/zz-deploy',
      `deploy ALL=(root) PASSWD: /usr/bin/systemctl restart ${unit}\n`,
      0o440,
    )
    const completed = await release('v6')
    expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toBe('sudo')
    expect(completed.log).toContain(
      `${host.target}: deploy may not run "sudo -n systemctl restart ${unit}" without a password`,
    )
    await host.run(['rm', '/etc/sudoers.d/zz-deploy'], { user: 'root' })
    expect(lines).toBeDefined()
  })

  test('a host rebooted while armed serves only the confirmed release, and the job is undone', async () => {
    const [host] = fixture.hosts as [SystemdHost]
    const [step, options] = duringStep(async () => {
      await host.reboot()
      await waitFor('the service is up again', 20, async () => (await fixture.serves(host, 'api')) !== undefined)
      expect(await fixture.serves(host, 'api')).toBe('v1')
    })
    const completed = await fixture.job('v7', [await deploy('v7'), step], options)
    expect(completed.paused, completed.log).toBe(true)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await stateOn(host, 'api')).toBe('undone')
    expect(await api()).toBe('v1 v1')
    const { stdout } = await host.run(['journalctl', '-u', unit, '--no-pager', '-o', 'cat'], { user: 'root' })
    expect(stdout.match(/v7: listens/g), stdout).toHaveLength(1)
    const next = await release('v8')
    expect(next.belay, next.log).toBe('committed')
  })

  test('what a reboot without the recovery unit left unconfirmed is undone by the next run', async () => {
    const [host] = fixture.hosts as [SystemdHost]
    await host.run(['systemctl', 'disable', 'belay-recover-api-qa.service'], { user: 'root' })
    const lost = await fixture.job('v9', [await deploy('v9')], loseRunnerOnceArmed())
    expect(lost.result.conclusion).toBe('lost')
    await host.reboot()
    expect(await lockIsFree(host, 'api')).toBe(true)
    const next = await release('v10', { 'lock-timeout': '90s' })
    expect(next.belay, next.log).toBe('committed')
    expect(next.log).toContain('an earlier run left')
    expect(await api()).toBe('v10 v10')
  })
})

describeIf(canStartSystemdHosts())('two slots as instances of a unit', () => {
  let fixture: Fixture<SystemdHost>
  let host: SystemdHost

  beforeAll(async () => {
    fixture = await openSystemdFixture({ hosts: 1, sudoers: '' })
    host = fixture.hosts[0] as SystemdHost
    await asRoot('systemctl', 'disable', unit)
    await host.write('/etc/systemd/system/api-qa@.service', slotUnit(base))
    await asRoot('systemctl', 'daemon-reload')
  }, 600_000)
  afterAll(() => fixture?.close())

  const slots = { ...slotInputs, stop: '', restart: 'systemd:api-qa@{slot}' }
  const instances = [blue, green].map((port) => `api-qa@${port}`)
  const asRoot = (...argv: string[]) => host.run(argv, { user: 'root' })
  const says = async (word: string) =>
    (await host.run(['systemctl', word, ...instances])).stdout.trim().replaceAll('\n', ' ')
  const setRole = (port: string, what: string) => host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'tell', port, what])
  const fill = async (version: string, inputs = {}, more: JobStep[] = [], options: JobOptions = {}) => {
    const deploy = fixture.deploy('api', await fixture.release('api', version), { version, ...slots, ...inputs })
    return fixture.job(version, [deploy, ...more], options)
  }
  const preflight = () => fill('v0', { command: 'preflight' })

  test('the script that preflight prints for root is all that a release needs', async () => {
    const bare = await preflight()
    expect(bare.result.conclusion).toBe('failure')
    const script = /#!\/bin\/sh\n[\s\S]*?include [^\n]*\n/.exec(bare.log)?.[0] ?? ''
    const ran = await host.run(['sh', '-s'], { user: 'root', input: script })
    expect(ran.status, `${script}\n${ran.stderr}`).toBe(0)
    const ready = await preflight()
    expect(ready.result.conclusion, ready.log).toBe('success')
  })

  test('preflight names each line of sudo that is missing', async () => {
    const file = '/etc/sudoers.d/belay-api-qa'
    const lines = ((await host.read(file)) ?? '').trim().split('\n')
    expect(lines).toHaveLength(10)
    for (const gone of lines) {
      await host.write(file, `${lines.filter((line) => line !== gone).join('\n')}\n`, 0o440)
      const lacking = await preflight()
      const named = gone.replace(/^.*\/usr\/bin\//, '')
      expect(lacking.log.match(/may not run "sudo -n [^"]+"/g), lacking.log).toEqual([`may not run "sudo -n ${named}"`])
    }
    await host.write(file, `${lines.join('\n')}\n`, 0o440)
  })

  test('a fill starts the idle slot and does not enable it (rule 17)', async () => {
    const first = await fill('v1')
    expect(first.belay, first.log).toBe('committed')
    expect(await says('is-active')).toBe('active inactive')
    expect(await says('is-enabled')).toBe('disabled disabled')
  })

  test('a slot that becomes active is enabled (rule 17)', async () => {
    await routeTraffic(host, blue)
    expect(await setRole(blue, 'active')).toMatchObject({ status: 0 })
    expect(await says('is-enabled')).toBe('enabled disabled')
    expect(await says('is-active')).toBe('active inactive')
  })

  test('an undo stops the slot that it started (rule 17)', async () => {
    const bad = await fill('v2', {}, [{ run: 'exit 1' }])
    expect(bad.belay, bad.log).toBe('rolled-back')
    expect(await says('is-active')).toBe('active inactive')
    expect(await says('is-enabled')).toBe('enabled disabled')
  })

  test('a slot without traffic can be stopped by the word of the host', async () => {
    const good = await fill('v3')
    expect(good.belay, good.log).toBe('committed')
    expect(await versionsInSlots(host)).toBe('v1 v3')
    expect(await host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'stop', green])).toMatchObject({ status: 0 })
    expect(await says('is-active')).toBe('active inactive')
  })

  test('a service that keeps ending in the idle slot fails its release and leaves the other slot', async () => {
    const source = await fixture.release('api', 'v4', { crash: 'start' })
    const completed = await fixture.job('v4', [fixture.deploy('api', source, { version: 'v4', ...slots })])
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await versionsInSlots(host)).toBe('v1 -')
    expect(await says('is-active')).toMatch(/^active (inactive|failed)$/)
  })

  test('another process at the port of a stopped slot does not count as the release', async () => {
    const answers = `require('node:http').createServer((_, reply) => reply.end('{}')).listen(${green}, 'this-host')`
    await asRoot('systemd-run', '--unit', 'stranger', '/usr/local/bin/node', '--eval', answers)
    await waitFor('the stranger answers', 20, async () => {
      const asked = await host.run(['sh', '-c', `curl -s -m 3 http://this-host:${green}/health || test $? -ne 7`])
      return asked.status === 0
    })
    const completed = await fill('v4')
    await asRoot('systemctl', 'stop', 'stranger')
    expect(completed.log).toContain(`something other than api-qa@${green} answers at http://this-host:${green}/health`)
    expect(completed.result.conclusion).toBe('failure')
    expect(completed.belay).toBe('rolled-back')
    expect(await says('is-active')).toMatch(/^active (inactive|failed)$/)
    expect(await versionsInSlots(host)).toBe('v1 -')
  })

  test('a reboot during a fill starts only the slot with the traffic, and the job is undone', async () => {
    const former = await host.linkTarget(`${base}/slots/${green}`)
    const [step, options] = duringStep(async () => {
      await host.reboot()
      await waitFor('the service is up again', 20, async () => (await versionsInSlots(host)).startsWith('v1'))
    })
    const completed = await fill('v5', {}, [step], options)
    expect(completed.paused, completed.log).toBe(true)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await versionsInSlots(host)).toBe('v1 -')
    expect(await stateOn(host, 'api')).toBe('undone')
    expect(await host.linkTarget(`${base}/slots/${green}`)).toBe(former)
  })

  test('the release after such a reboot is committed', async () => {
    const next = await fill('v6')
    expect(next.belay, next.log).toBe('committed')
    expect(await versionsInSlots(host)).toBe('v1 v6')
  })
})
