import type { Scenario } from '../scenario.ts'
import { v1, v2 } from '../version.ts'
import { isRetried } from './external-failure.ts'
import { changedBy, services, v0 } from './services.ts'

/** Three services in one job, which is one deploy step. A service with a disk stays. */
export function graphScenario(paths: readonly string[]): Scenario {
  return {
    environment: 'production',
    prefix: '',
    units: services.map((service) => ({
      job: 'release',
      service,
      table: 'render',
      hasDisk: service === 'acme-database',
      steps: { deploy: 'release/belay/deploy-render' },
    })),
    paths,
    versions: [v1, v2],
    replaced: v0,
    goesBack: true,
    unchangedBy: (version) => services.filter((name) => !changedBy(version).includes(name)),
    conclusionOf: (name) => (isRetried(name) ? 'success' : 'failure'),
  }
}
