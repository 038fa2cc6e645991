import { expect, test } from 'vitest'
import type { Unit } from '../src/expect/unit.ts'
import type { Scenario } from '../src/scenario.ts'
import { v1, v2 } from '../src/version.ts'
import { changes, suits } from '../src/worker.ts'

const unit = (job: string, service: string): Unit => ({ job, service, table: 'traffic', steps: { deploy: `${job}/x` } })
const scenario = (...units: Unit[]) => ({ units }) as unknown as Scenario
const one = scenario(unit('release', 'api'), unit('release', 'worker'))
const two = scenario(unit('release (api)', 'api'), unit('release (worker)', 'worker'))
const wanted = { serving: { api: v1, worker: v1 }, schema: ['1'] }
const kill = (step: string) => ({ fault: { kind: 'kill', step } as const })

test('what is live fits a case if the services of its job have something to do', () => {
  const released = { serving: { api: v1, worker: v2 }, schema: ['1'] }
  const fits = (of: Scenario, step: string) => suits(of, released, wanted, kill(step))
  // A job for each: the other one may have gone on.
  expect([fits(two, 'release (api)/x'), fits(two, 'release (worker)/x'), fits(two, 'aftercare/x')]).toEqual([
    true,
    false,
    true,
  ])
  expect(fits(one, 'release/x')).toBe(false)
  expect(suits(two, released, wanted, {})).toBe(false)
  expect(suits(one, wanted, wanted, kill('build/x'))).toBe(true)
})

test('a migration must be pending for a fault in it', () => {
  const migrated = { ...wanted, schema: ['1', '2'] }
  expect(suits(two, migrated, wanted, kill('release (api)/belay/migrate-db'))).toBe(false)
  expect(suits(two, migrated, wanted, kill('release (api)/belay/deploy-ssh'))).toBe(true)
})

test('a version that serves already changes nothing, also where it leaves a service as it is', () => {
  const leaving = { ...two, unchangedBy: ({ name }: { name: string }) => (name === v2.name ? ['worker'] : []) }
  expect(changes(leaving, wanted, v2)).toBe(true)
  expect(changes(leaving, { ...wanted, serving: { api: v2, worker: v1 } }, v2)).toBe(false)
  expect(changes(two, { ...wanted, serving: { api: v2, worker: v1 } }, v2)).toBe(true)
})
