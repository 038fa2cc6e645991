import type { Repositories } from '../repositories.ts'

/** What a stand-in works with. */
export interface StandInContext {
  /** Inputs given by the step, evaluated. */
  inputs: Record<string, string>
  workspace: string
  repositories: Repositories
  /** The artifacts of all runs, a folder a run. */
  artifacts: string
  runId: string
  /** What must never be copied: the folder in which the run happens. */
  workDir: string
  warn(message: string): void
}

/** What an action of others does here. `inputs`: those that it honours or may leave aside; any other is refused. */
export interface StandIn {
  does: string
  inputs: string[]
  /** Returns its outputs; throws to fail the step. */
  run(context: StandInContext): Promise<Record<string, string>>
}
