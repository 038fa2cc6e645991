import type { FullLook } from './look.ts'
import type { PlannedService } from './plan.ts'
import type { SavedService } from './saved.ts'
import type { ServiceReport } from './tell.ts'

/** One service of a group, with what is written down of it. */
export interface Place {
  readonly planned: PlannedService
  readonly look: FullLook
  readonly mine: SavedService
  readonly report: ServiceReport
  /** Writes down what has been noted in `mine`. */
  readonly save: () => void
}
