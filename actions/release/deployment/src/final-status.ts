import { type JobState, type RecordLine, resultOf } from '@belay/action-kit'
import type { DeploymentState } from '@belay/github'
import { type Result, worstResult } from '@belay/release-model'
import type { SavedDeployment } from './saved-deployment.ts'

/** The result of one service in a job, by its own steps; undefined where no step of it changes anything. */
export function resultOfService({ steps }: JobState, service: string): Result | undefined {
  const own = steps.filter((step) => step.mutates && step.service === service)
  return own.length > 0 ? worstResult(own.map(resultOf)) : undefined
}

/** The commit that the last gate observed; undefined where it observed none. */
export function seenVersion(record: readonly RecordLine[]): string | undefined {
  const last = record.findLast((line) => line.event === 'gate')
  return last?.event === 'gate' && /^[0-9a-f]{40}$/.test(last.version ?? '') ? last.version : undefined
}

export interface FinalStatus {
  readonly state: DeploymentState
  readonly description: string
  /** Whether it replaces what was live before. */
  readonly replaces: boolean
}

/**
 * The final state of a deployment and its description. The hosts know which release they roll back to; GitHub only
 * assumes it. Where a gate observed another version, the description says so. Pure.
 */
export function finalStatusOf(
  result: Result | undefined,
  jobStatus: string,
  saved: Pick<SavedDeployment, 'way' | 'sha' | 'version' | 'previous'>,
  seen: string | undefined,
): FinalStatus {
  const replaces = result === 'committed' || result === 'noop'
  if (replaces && saved.way === 'rollback' && seen !== undefined && seen !== saved.sha)
    return {
      state: 'error',
      description: `The hosts rolled back to ${seen.slice(0, 12)}, not to ${saved.version}.`,
      replaces,
    }
  return { ...describeResult(result, jobStatus, saved), replaces }
}

function describeResult(
  result: Result | undefined,
  jobStatus: string,
  { version, previous }: Pick<SavedDeployment, 'version' | 'previous'>,
): { state: DeploymentState; description: string } {
  const before = previous ? `${previous} serves again` : 'what the job changed was undone'
  switch (result) {
    case 'committed':
      return { state: 'success', description: `${version} serves and stays.` }
    case 'noop':
      return { state: 'success', description: `${version} was live already.` }
    case 'rolled-back':
      return { state: 'failure', description: `${version} was rolled back: ${before}.` }
    case 'superseded':
      return { state: 'inactive', description: `A newer version than ${version} is live already.` }
    case 'mixed':
      return { state: 'error', description: 'Mixed: old and new serve together. The log of the run names the hosts.' }
    case 'undo-started':
      return { state: 'error', description: 'The rollback was started, and its end was not observed.' }
    case 'unchanged':
      return { state: 'failure', description: `${version} was not released; nothing was changed.` }
    case undefined:
      return {
        state: jobStatus === 'success' ? 'inactive' : 'failure',
        description: `${version} was not released; nothing was changed.`,
      }
    default:
      return { state: 'error', description: 'The result is unknown. The log of the run names the hosts.' }
  }
}
