import type { DeploymentState } from '@belay/github'
import type { Result } from '@belay/release-model'
import type { Serving } from './serving.ts'

/** What is reported of a release whose runner was lost, never better than what was observed. Pure. */
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
      return { result: 'mixed', state: 'error', text: `Instances serve different versions: ${detail}` }
    case 'other':
      return { result: 'mixed', state: 'error', text: `Neither ${version} nor ${previous} serves: ${detail}` }
    case 'nobody':
      return { result: 'unknown', state: 'error', text: `No instance answers as expected: ${detail}` }
    case 'unseen':
      return { result: 'unknown', state: 'error', text: `What serves could not be checked: ${detail}` }
  }
}
