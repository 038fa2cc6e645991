import type { Unit } from '../expect/unit.ts'
import type { Scenario } from '../scenario.ts'
import { v1, v2 } from '../version.ts'
import { isTransaction, migrationsOf, services } from './services.ts'

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
  return { environment: 'qa', prefix: '', units, paths, versions: [v1, v2], goesBack: false }
}

/** Production: a job for each service, with two slots. The API's release changes the schema, which both need. */
export function productionScenario(paths: readonly string[]): Scenario {
  const units = services.map(({ name, production }): Unit => {
    const job = `release (${name})`
    const step = (action: string) => `${job}/belay/${action}`
    return {
      job,
      service: name,
      table: 'traffic',
      steps: {
        deploy: step('deploy-ssh'),
        switch: step('blue-green-switch'),
        ...(production.migrates && { schema: step('migrate-db') }),
      },
      ...(production.needs && { needs: production.needs }),
    }
  })
  return {
    environment: 'production',
    prefix: '',
    units,
    paths,
    versions: [v1, v2],
    goesBack: true,
    migrationsOf,
    noTransactions: migrationsOf(v2).filter((name) => !isTransaction(name)),
  }
}
