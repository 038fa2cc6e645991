import type { DeploymentState } from '@belay/github'
import type { Result } from '@belay/release-model'
import type { Serving } from './serving.ts'

/** What is told of a release whose runner was lost, never better than it was seen. Pure. */
export interface Ending {
  readonly result: Extract<Result, 'committed' | 'rolled-back' | 'mixed' | 'unknown'>
  readonly state: DeploymentState
  readonly text: string
}

export function endingOf(
  { serves, said }: Serving,
  { version, previous }: { version: string; previous: string | undefined },
): Ending {
  switch (serves) {
    case 'new':
      return { result: 'committed', state: 'success', text: `${version} serves: ${said}` }
    case 'previous':
      return { result: 'rolled-back', state: 'failure', text: `${previous} serves again: ${said}` }
    case 'mixed':
      return { result: 'mixed', state: 'error', text: `Not all serve the same: ${said}` }
    case 'other':
      return { result: 'mixed', state: 'error', text: `Neither ${version} nor ${previous} serves: ${said}` }
    case 'nobody':
      return { result: 'unknown', state: 'error', text: `Nothing answers as it should: ${said}` }
    case 'unseen':
      return { result: 'unknown', state: 'error', text: `Nobody could look: ${said}` }
  }
}
