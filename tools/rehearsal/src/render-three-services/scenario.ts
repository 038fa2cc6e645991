import { v0 } from '../render-account.ts'
import type { Scenario } from '../scenario.ts'
import { v2 } from '../version.ts'
import { code, specs } from './services.ts'

/** Three services in one job, which is one deploy step. A service with a disk stays. */
export function graphScenario(paths: readonly string[]): Scenario {
  const units = specs.map(({ name, disk = false }) => ({
    job: 'release',
    service: name,
    table: 'render' as const,
    hasDisk: disk,
    steps: { deploy: 'release/belay/deploy-render' },
  }))
  return {
    ...code.scenario('production', paths, units),
    replaced: v0,
    unchangedBy: (version) => (version === v2 ? code.settings.render.unchanged : []),
  }
}
