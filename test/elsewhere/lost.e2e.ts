import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test, vi } from 'vitest'
import { areAll, loseRunnerWhen, passTime } from '../chaos/elsewhere/act.ts'
import { expectOneActive, expectRolesFollow, expectUsers, newSlot, oldSlot } from '../chaos/elsewhere/at-rest.ts'
import { follow } from '../chaos/elsewhere/by-hand.ts'
import { type Lab, openLab } from '../chaos/elsewhere/lab.ts'
import { startUsers } from '../chaos/elsewhere/users.ts'
import type { ProxyName } from '../chaos/fault-points.ts'
import type { CompletedJob } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import type { Pause } from '../support/pause.ts'
import { atPhase } from '../support/pauses.ts'
import { sampled } from '../support/sampled.ts'
import { onceDecided, releaseV2 } from './scenarios.ts'

// The runner is lost at each boundary between what it orders of slot hosts and of proxies. Those that are rows of
// docs/decisions/transaction.md are in proxy-elsewhere.e2e.ts: after the fill, between the moves, after the roles, after the
// last slot host's confirm, and after the last proxy's.
vi.setConfig({ maxConcurrency: 1 })

const lost: Pause['inject'] = (controller) => controller.loseRunner()

interface Boundary {
  readonly name: string
  readonly driver: ProxyName
  play(lab: Lab): Promise<CompletedJob>
  /** What users of both proxies get at the end, and for each slot host which slot is active then. */
  readonly users: string
  readonly active: readonly ('new' | 'old')[]
  /** Brings a proxy in line that was left behind: until then both slots of each host have traffic, and none can be filled. */
  tidy?(lab: Lab): Promise<void>
}

const old = { users: 'v1 | v1', active: ['old', 'old', 'old'] } as const

const boundaries: readonly Boundary[] = [
  {
    name: 'after the claim',
    driver: 'haproxy',
    play: (lab) => releaseV2(lab, [], atPhase('release/traffic', 'switch', lost)),
    ...old,
  },
  {
    name: 'after the moves, before the roles',
    driver: 'haproxy',
    play: (lab) => releaseV2(lab, [], atPhase('release/traffic', 'role', lost)),
    ...old,
  },
  {
    name: 'after all were asked',
    driver: 'haproxy',
    play: (lab) => releaseV2(lab, [], onceDecided(lost)),
    ...old,
  },
  {
    name: "before the first slot host's confirm, when no proxy may be confirmed",
    driver: 'nginx',
    async play(lab) {
      let asked = 0
      const aWhile = async () => asked++ > 30
      const none = () => areAll(lab.fixture.hosts, 'armed')
      const strike = loseRunnerWhen('the slot hosts are to be confirmed', lab.slotHosts, aWhile, none)
      const completed = await releaseV2(lab, [], onceDecided(strike.inject))
      await strike.struck()
      return completed
    },
    ...old,
  },
  {
    name: "after the first slot host's confirm",
    driver: 'nginx',
    async play(lab) {
      const [first, ...others] = lab.slotHosts
      const confirmed = () => areAll(first ? [first] : [], 'confirmed')
      const strike = loseRunnerWhen('the first slot host is confirmed', [...others, ...lab.proxyHosts], confirmed, () =>
        areAll([...others, ...lab.proxyHosts], 'armed'),
      )
      const completed = await releaseV2(lab, [], onceDecided(strike.inject))
      await strike.struck()
      return completed
    },
    users: 'v1 | v1',
    active: ['new', 'old', 'old'],
  },
  {
    name: "after the first proxy's confirm",
    driver: 'nginx',
    async play(lab) {
      const [first, second] = lab.proxyHosts
      const confirmed = () => areAll(first ? [first, ...lab.slotHosts] : [], 'confirmed')
      const strike = loseRunnerWhen('the first proxy is confirmed', second ? [second] : [], confirmed, () =>
        areAll(second ? [second] : [], 'armed'),
      )
      const completed = await releaseV2(lab, [], onceDecided(strike.inject))
      await strike.struck()
      return completed
    },
    users: 'v2 | v1',
    active: ['new', 'new', 'new'],
    tidy: (lab) => follow(lab, 1, 0),
  },
]

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))('the runner is lost', () => {
  const played = sampled(boundaries, ({ name }) => name, 1)
  test.concurrent.for(played.map((boundary) => [`${boundary.name}: ${boundary.driver}`, boundary] as const))(
    '%s',
    async ([, boundary], context) => {
      const lab = await openLab({ driver: boundary.driver })
      context.onTestFinished(() => lab.close())
      const first = await lab.job('v1', await lab.steps('v1'))
      expect(first.belay, first.log).toBe('committed')

      const users = await startUsers(context, lab, ['v1', 'v2', 'v3'])
      const completed = await boundary.play(lab)
      expect(completed.result.conclusion, completed.log).toBe('lost')
      expect(completed.belay, completed.log).toBe('unknown')
      await passTime(lab)
      await expectUsers(lab, boundary.users, completed.log)
      await expectSlots(lab, boundary, completed.log)

      if (boundary.tidy) {
        const refused = await lab.job('v3', await lab.steps('v3'))
        expect(refused.job.steps[0]?.outputs['failure-code'], refused.log).toBe('no-idle-slot')
        expect(refused.belay, refused.log).toBe('unchanged')
        await boundary.tidy(lab)
      }
      const next = await lab.job('v3', await lab.steps('v3'))
      expect(next.belay, `${completed.log}\n=== and then\n${next.log}`).toBe('committed')
      await expectUsers(lab, 'v3 | v3', next.log)
      await expectRolesFollow(lab, 'v3')
      await users.stop()
    },
  )
})

/** Both slots run, and the roles are those of the boundary. */
async function expectSlots(lab: Lab, { active }: Boundary, context: string): Promise<void> {
  for (const [index, host] of lab.slotHosts.entries()) {
    const [fresh, former] = [await lab.slotOn(host, newSlot), await lab.slotOn(host, oldSlot)]
    const said = `slot host ${index + 1}: ${JSON.stringify({ fresh, former })}\n${context}`
    expect([fresh.version, former.version], said).toEqual(['v2', 'v1'])
    expect(fresh.role, said).toBe(active[index] === 'new' ? 'active' : 'idle')
    expectOneActive([fresh, former], said)
  }
}
