import type { DerivedUnit } from './facts.ts'
import type { Settings } from './settings.ts'
import type { Variables } from './variables.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** What is known before anything starts. */
export interface Known {
  readonly units: readonly DerivedUnit[]
  readonly settings: Settings
  /** The files of the repository. */
  readonly files: readonly string[]
  /** Its folder. */
  readonly root: string
  readonly workflows: readonly ReleaseWorkflow[]
  /** The workflows that build what others release. */
  readonly proofs: ReadonlyMap<string, ReleaseWorkflow>
  readonly variables: Variables
  /** A release changes a schema. */
  readonly migrates: boolean
}

/** Why something cannot be rehearsed, with the line that helps. */
export function refusal(why: string, remedy: string): string {
  return `${why}\nHow to fix: ${remedy}`
}
