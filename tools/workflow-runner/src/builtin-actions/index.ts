import type { Repositories } from '../resolve.ts'
import { checkout } from './checkout.ts'
import { downloadArtifact } from './download-artifact.ts'
import { uploadArtifact } from './upload-artifact.ts'

/** What a built-in action works with. */
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

/** A built-in replacement of another repository's action. `inputs`: those that it uses or ignores; any other is refused. */
export interface StandIn {
  does: string
  inputs: string[]
  /** Returns its outputs; throws to fail the step. */
  run(context: StandInContext): Promise<Record<string, string>>
}

export const STAND_INS = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
} as const satisfies Record<string, StandIn>

export type StandInName = keyof typeof STAND_INS

export function isStandIn(name: string): name is StandInName {
  return name in STAND_INS
}
