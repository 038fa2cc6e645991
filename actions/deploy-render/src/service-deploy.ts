import type { DeployInspection } from './inspection.ts'
import type { PlannedService } from './plan.ts'
import type { ServiceReport } from './report.ts'
import type { SavedService } from './saved.ts'

/** One service of a group, with its plan, its saved undo and its report. */
export interface ServiceDeploy {
  readonly planned: PlannedService
  readonly inspection: DeployInspection
  readonly saved: SavedService
  readonly report: ServiceReport
  /** Writes `saved` to the journal. */
  readonly save: () => void
}
