import type { Unit } from '../expect/unit.ts'
import type { Scenario } from '../scenario.ts'
import { code, services } from './services.ts'

/** QA: one job for both services, whose restart is the switch. */
export function qaScenario(paths: readonly string[]): Scenario {
  const units = services.map(
    ({ name, step }): Unit => ({
      job: 'release',
      service: name,
      table: 'promises',
      steps: { deploy: `release/${step}/deploy-ssh` },
    }),
  )
  return code.scenario('qa', paths, units)
}

/** Production: a job for each service, with two slots. The API's release changes the schema, which both need. */
export function productionScenario(paths: readonly string[]): Scenario {
  const units = services.map(({ name, production: { migrates, needs } }): Unit => {
    const job = `release (${name})`
    const step = (action: string) => `${job}/belay/${action}`
    const schema = migrates && { schema: step('migrate-db') }
    const steps = { ...schema, deploy: step('deploy-ssh'), switch: step('blue-green-switch') }
    return { job, service: name, table: 'traffic', steps, ...(needs && { needs }) }
  })
  return code.scenario('production', paths, units)
}
