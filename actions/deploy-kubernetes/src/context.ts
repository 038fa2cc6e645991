import type { Step } from '@belay/action-kit'
import type { Client, Connection } from '@belay/kubernetes'
import type { Release } from '@belay/release-model'
import type { KubernetesInputs } from './inputs.ts'
import type { SavedRelease } from './saved.ts'

export type KubernetesStep = Step<SavedRelease>

/** Shared by all phases of a release. */
export interface DeployContext {
  readonly inputs: KubernetesInputs
  readonly step: KubernetesStep
  readonly release: Release
  readonly connection: Connection
  /** Aborted with `signal`. */
  readonly client: Client
  /** Aborted by a cancel and by the deadline. */
  readonly signal: AbortSignal
}
