import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { duringStep, waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { lacksDatabase, openProduction, type Production, slots } from './production.ts'

/** What starts with a host with two slots and nginx, and how to roll back afterwards. */
describeIf(canStartSystemdHosts() ?? lacksDatabase())('a reboot of a host with two slots', () => {
  let production: Production
  let host: SystemdHost

  beforeAll(async () => {
    production = await openProduction(1)
    host = production.hosts[0] as SystemdHost
    for (const version of ['v1', 'v2']) {
      const completed = await release(version)
      expect(completed.belay, completed.log).toBe('committed')
    }
  }, 600_000)
  afterAll(() => production?.close())

  const release = async (version: string, ...more: Parameters<Production['job']>[1]) =>
    production.job(version, [await production.fill(version), production.switchTo(version), ...more])
  const says = async (word: string, port: number) =>
    (await host.run(['systemctl', word, `api-qa@${port}`])).stdout.trim()
  /** Of the slot with the traffic and of the other one: whether its unit runs, and whether it starts at a boot. */
  const units = async () => {
    const active = Number((await production.slotsOn(host)).split(' ')[0])
    const idle = slots.find((port) => port !== active) as number
    const unit = async (port: number) => `${await says('is-active', port)} ${await says('is-enabled', port)}`
    return { active: await unit(active), idle: await unit(idle), idlePort: idle }
  }
  const reboot = async (version: string) => {
    await host.reboot()
    await waitFor('users are served', 30, async () => (await production.users()) === version)
    await waitFor('the boot is through', 30, async () =>
      /^(running|degraded)$/.test((await host.run(['systemctl', 'is-system-running'])).stdout.trim()),
    )
    expect((await host.run(['systemctl', 'list-units', '--failed', '--no-legend', 'api-qa@*', 'belay*'])).stdout).toBe(
      '',
    )
  }

  test('the old slot keeps running, and does not start again', async () => {
    await waitFor('its unit is disabled', 20, async () => (await units()).idle === 'active disabled')
    expect(await units()).toMatchObject({ active: 'active enabled', idle: 'active disabled' })
    await reboot('v2')
    expect(await units()).toMatchObject({ active: 'active enabled', idle: 'inactive disabled' })
  })

  test('a rollback of the traffic to a stopped slot is refused, and says how to start it', async () => {
    const cold = await production.job('v2', [production.switchTo('', { command: 'rollback' })])
    expect(cold.belay, cold.log).toBe('unchanged')
    expect(cold.job.steps[0]?.outputs['failure-code']).toBe('not-warm')
    expect(cold.log).toContain('does not pass its check')
    expect(cold.log).toContain('the old slot runs until retain ends or the host reboots')
    expect(cold.log).toContain('start it again with `command: rollback` of deploy-ssh, then switch')
  })

  test('a rollback of deploy-ssh starts the old slot again, and the traffic returns to it', async () => {
    const start = await production.fill('', { command: 'rollback', version: 'previous', source: '' })
    const back = await production.job('v2', [start, production.switchTo('')])
    expect(back.belay, back.log).toBe('committed')
    expect(await production.users()).toBe('v1')
    await waitFor('v2 is the old slot', 20, async () => (await units()).idle === 'active disabled')
  })

  test('an undone switch leaves only the slot with the traffic enabled', async () => {
    const completed = await release('v3', { run: 'exit 1' })
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await units()).toMatchObject({ active: 'active enabled', idle: 'inactive disabled' })
  })

  test('while armed: the new slot starts neither with this boot nor with the next', async () => {
    const [step, options] = duringStep(() => reboot('v1'))
    const steps = [await production.fill('v4'), production.switchTo('v4'), step]
    const completed = await production.job('v4', steps, options)
    expect(completed.paused, completed.log).toBe(true)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await units()).toMatchObject({ active: 'active enabled', idle: 'inactive disabled' })
    const { idlePort } = await units()
    expect(await host.read(`/srv/api/qa/slots/${idlePort}.state`)).toBe('idle\n')
    const next = await release('v5')
    expect(next.belay, next.log).toBe('committed')
    expect(await production.users()).toBe('v5')
  })
})
