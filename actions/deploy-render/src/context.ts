import type { Step } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import type { Dependencies } from './dependencies.ts'
import type { RenderInputs } from './inputs.ts'
import type { SavedDeploys } from './saved.ts'

export type RenderStep = Step<SavedDeploys>

/** Shared by all parts of a release. */
export interface DeployContext {
  readonly inputs: RenderInputs
  readonly step: RenderStep
  readonly dependencies: Dependencies
  readonly client: ApiClient
  /** The released commit, for images too; undefined if only Render knows it: in a rollback. */
  readonly sha: string | undefined
}
