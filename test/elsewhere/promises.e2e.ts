import { type PromisedElsewhere, readElsewhere } from '@belay/rehearsal'
import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test, vi } from 'vitest'
import { allIdle } from '../chaos/chain.ts'
import { passTime } from '../chaos/elsewhere/act.ts'
import { expectRolesFollow, expectUsers } from '../chaos/elsewhere/at-rest.ts'
import { openLab } from '../chaos/elsewhere/lab.ts'
import { startUsers } from '../chaos/elsewhere/users.ts'
import { root, waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { sampled } from '../support/sampled.ts'
import { expectAtRest, isLater } from './promised.ts'
import { type Scenario, scenarios } from './scenarios.ts'

// Each has users of two proxies; what a row waits for is mostly its jobs.
vi.setConfig({ maxConcurrency: 2 })

const conclusions = { green: 'success', red: 'failure', cancelled: 'cancelled', lost: 'lost' } as const

const titleOf = ({ main, decision, runner }: PromisedElsewhere) => `${main} / ${decision} / ${runner}`

function scenarioOf(promised: PromisedElsewhere): Scenario {
  const scenario = scenarios[titleOf(promised)]
  if (!scenario) throw new Error(`no test covers this row of the table: ${titleOf(promised)}`)
  return scenario
}

describeIf(canStartHosts() ?? canStartProxy('nginx'))('promises, with proxies on other hosts than the slots', () => {
  const promises = readElsewhere(root)

  const all = promises.map((promised) => [titleOf(promised), promised] as const)
  const titled = sampled(all, ([title]) => title)

  test('every row has a test', () => {
    for (const promised of promises) expect(scenarioOf(promised), titleOf(promised)).toBeDefined()
  })

  test.concurrent.for(titled)('%s', async ([, promised], context) => {
    const scenario = scenarioOf(promised)
    const lab = await openLab(scenario.lab)
    context.onTestFinished(() => lab.close())
    const first = await lab.job('v1', await lab.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    await expectUsers(lab, 'v1 | v1', first.log)

    const users = await startUsers(context, lab, ['v1', 'v2', 'v3'])
    const played = await scenario.play(lab)
    const { completed } = played
    const log = `${completed.log}\n${completed.record.map((line) => JSON.stringify(line)).join('\n')}`
    expect(completed.result.conclusion, log).toBe(conclusions[promised.job as keyof typeof conclusions])
    expect(completed.belay, log).toBe(promised.result)
    const waited = await passTime(lab)
    expect(waited.length > 0, `waited for: ${waited.map(({ name }) => name).join(' ')}\n${log}`).toBe(isLater(promised))
    await waitFor(`every host is at rest\n${log}`, 30, () => allIdle(lab.fixture))
    await expectAtRest(lab, promised, played, log)

    // In every case all locks are free, and the next release succeeds.
    for (const { link } of lab.fixture.hosts) await link.refuse(false)
    await played.tidy?.()
    const next = await lab.job('v3', await lab.steps('v3'))
    expect(next.belay, `${log}\n=== and then\n${next.log}`).toBe('committed')
    await expectUsers(lab, 'v3 | v3', next.log)
    await expectRolesFollow(lab, 'v3')
    await users.stop(played.wasOff && played.thatProxy !== undefined ? [played.thatProxy] : [])
  })

  test('every scenario is a row of the table', () => {
    const named = new Set(promises.map(scenarioOf))
    expect(Object.entries(scenarios).filter(([, scenario]) => !named.has(scenario))).toEqual([])
  })
})
