import type { Step } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import type { Dependencies } from './dependencies.ts'
import type { RenderInputs } from './inputs.ts'
import type { SavedDeploys } from './saved.ts'

export type RenderStep = Step<SavedDeploys>

/** What the parts of a release share. */
export interface DeployContext {
  readonly inputs: RenderInputs
  readonly step: RenderStep
  readonly dependencies: Dependencies
  readonly client: ApiClient
  /** The commit that is released, of images too; undefined where only Render knows it: of an image that is gone back to. */
  readonly sha: string | undefined
}
