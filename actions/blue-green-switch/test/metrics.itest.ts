import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { shaOf, waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { atPhase } from '../../../test/support/pauses.ts'
import { base, openSwitchFixture, type SwitchFixture } from './support/fixture.ts'

const token = 'very-secret-token'

/** What the metrics say while the new slot has a weight; it is asked on loopback, as the runner sees it. */
async function startMetrics(context: Pick<TestContext, 'onTestFinished'>) {
  const metrics = { report: { errors: 0.001 } as Record<string, number>, asked: [] as string[] }
  const server = http.createServer((request, response) => {
    metrics.asked.push(`${request.headers.authorization} ${request.url}`)
    response.end(JSON.stringify(metrics.report))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{version}`
  const inputs = { 'metrics-url': url, 'metrics-token': token, metrics: 'errors: $.errors < 0.01', successes: '2' }
  return Object.assign(metrics, { inputs })
}

const phasesOf = ({ record }: Awaited<ReturnType<SwitchFixture['job']>>) =>
  record.flatMap((line) => ('phase' in line && line.phase.startsWith('weight') ? [line.phase] : []))

describeIf(canStartHosts() ?? canStartProxy('haproxy'))('metrics between weights', () => {
  test.concurrent('traffic rises while they hold; the runner alone knows the token', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const metrics = await startMetrics(context)
    const well = await lab.job({ weights: '25 50', hold: '4s', ...metrics.inputs })
    expect(well.belay, well.log).toBe('committed')
    expect(phasesOf(well)).toEqual(['weight-25', 'weight-50', 'weight-100'])
    expect(await lab.serves()).toBe('v2')
    expect(new Set(metrics.asked)).toEqual(new Set([`Bearer ${token} /${shaOf('v2')}`]))
    expect(metrics.asked.length).toBeGreaterThanOrEqual(4)
    expect(well.log).toContain('Metrics are good at 25 %: errors passed 2 times in a row')
    expect(well.log.replaceAll(`::add-mask::${token}`, '')).not.toContain(token)
    const found = await lab.host.run(['grep', '-rl', token, `${base}/.belay`], { user: 'root' })
    expect(found).toMatchObject({ status: 1, stdout: '' })
  })

  test.concurrent('one that fails moves traffic back, long before the weight ends', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const metrics = await startMetrics(context)
    const fail = atPhase('release/switch', 'weight-25', () => {
      metrics.report = { errors: 0.2 }
    })
    const began = Date.now()
    const failed = await lab.job(
      { weights: '25 50', hold: '40s', 'confirm-timeout': '2m', ...metrics.inputs },
      [],
      fail,
    )
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(Date.now() - began).toBeLessThan(35_000)
    const outputs = failed.job.steps[0]?.outputs
    expect(outputs).toMatchObject({ 'failure-code': 'gate-failed', active: String(lab.blue.port) })
    expect(failed.log).toContain(
      'At 25 % of the traffic, metrics of the new slot failed. errors: is 0.2, and not < 0.01',
    )
    expect(phasesOf(failed)).toEqual(['weight-25'])
    expect(await lab.serves()).toBe('v1')
    expect(await lab.state()).toBe('undone')
  })

  test.concurrent('no data is not healthy', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const metrics = await startMetrics(context)
    metrics.report = {}
    const failed = await lab.job({ weights: '25', hold: '4s', ...metrics.inputs })
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(failed.job.steps[0]?.outputs).toMatchObject({ 'failure-code': 'gate-inconclusive' })
    expect(failed.log).toContain('errors: has no data at `$.errors`')
    expect(phasesOf(failed)).toEqual(['weight-25'])
    expect(await lab.serves()).toBe('v1')
  })

  test.concurrent('without a runner the host stays at the weight, and goes back', async (context) => {
    const lab = await openSwitchFixture(context, 'haproxy')
    const metrics = await startMetrics(context)
    const lose = atPhase('release/switch', 'weight-25', (controller) => controller.loseRunner())
    await lab.job({ weights: '25', hold: '3s', 'confirm-timeout': '10s', ...metrics.inputs }, [], lose)
    expect(await lab.state()).toBe('armed')
    await waitFor('the confirm timeout', 30, async () => (await lab.state()) === 'undone')
    const { stdout } = await lab.host.run(['sh', '-c', `cat ${base}/.belay/log/*.move.log`], { user: 'root' })
    expect(stdout).toContain('weight-25')
    expect(stdout).not.toContain('weight-100')
    expect(await lab.serves()).toBe('v1')
  })
})
