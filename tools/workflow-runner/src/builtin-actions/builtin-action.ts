import type { Repositories } from '../repositories.ts'

/** What a built-in action works with. */
export interface BuiltinContext {
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

/** A built-in replacement of another repository's action. `inputs`: those that it uses or ignores; any other is refused, unless it ignores all. */
export interface BuiltinAction {
  does: string
  inputs: string[] | 'any'
  /** Returns its outputs; throws to fail the step. */
  run(context: BuiltinContext): Promise<Record<string, string>>
}
