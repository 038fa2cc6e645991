import type { DeploymentState } from '@belay/github'
import type { Result } from '@belay/release-model'
import type { Serving } from './serving.ts'

/** What is told of a release whose runner was lost, never better than it was seen. Pure. */
export interface Conclusion {
  readonly result: Extract<Result, 'committed' | 'rolled-back' | 'mixed' | 'unknown'>
  readonly state: DeploymentState
  readonly text: string
}

export function conclusionOf(
  { serves, detail }: Serving,
  { version, previous }: { version: string; previous: string | undefined },
): Conclusion {
  switch (serves) {
    case 'new':
      return { result: 'committed', state: 'success', text: `${version} serves: ${detail}` }
    case 'previous':
      return { result: 'rolled-back', state: 'failure', text: `${previous} serves again: ${detail}` }
    case 'mixed':
      return { result: 'mixed', state: 'error', text: `Not all serve the same: ${detail}` }
    case 'other':
      return { result: 'mixed', state: 'error', text: `Neither ${version} nor ${previous} serves: ${detail}` }
    case 'nobody':
      return { result: 'unknown', state: 'error', text: `Nothing answers as it should: ${detail}` }
    case 'unseen':
      return { result: 'unknown', state: 'error', text: `Nobody could look: ${detail}` }
  }
}
