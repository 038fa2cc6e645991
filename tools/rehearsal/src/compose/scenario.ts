import type { Scenario } from '../scenario.ts'
import { v1, v2 } from '../version.ts'
import { type Environment, type ExternalFailure, failingVersion, migrationsOf, shop } from './shop.ts'

/** One service with a schema, two slots and a proxy. Production moves the registry's tags. */
export function shopScenario(environment: Environment, paths: readonly string[]): Scenario {
  const isProduction = environment === 'production'
  const step = (action: string) => `release/shop/${action}`
  return {
    environment,
    prefix: '',
    units: [
      {
        job: 'release',
        service: shop.name,
        table: 'traffic',
        steps: {
          schema: step('migrate-db'),
          deploy: step('deploy-ssh'),
          switch: step('blue-green-switch'),
          ...(isProduction && { tags: 'release/promote', deployment: step('deployment') }),
        },
      },
    ],
    paths,
    versions: [v1, v2],
    goesBack: isProduction,
    migrationsOf,
    failing: (name) => failingVersion(name as ExternalFailure),
  }
}
