import type { DeployInspection } from './inspection.ts'
import type { PlannedService } from './plan.ts'
import type { ServiceReport } from './report.ts'
import type { SavedService } from './saved.ts'

/** One service of a group, with what is written down of it. */
export interface ServiceDeploy {
  readonly planned: PlannedService
  readonly inspection: DeployInspection
  readonly saved: SavedService
  readonly report: ServiceReport
  /** Writes down what has been noted in `mine`. */
  readonly save: () => void
}
