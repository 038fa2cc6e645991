import { earlierRelease, Failure, joinRelease, type ReleaseInputs, type Step } from '@belay/action-kit'
import { isKeptRelease, type Release } from '@belay/release-model'
import { type GitHubInputs, openGitHub } from './client.ts'
import { commitOf, isSha } from './commits.ts'

/** The time limit for finding the commit of a tag, in milliseconds. */
const budgetMs = 60_000

/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token every other name stands for the run's commit. A run that was started from the tag has the commit that the tag
 * stood for then.
 * @throws Failure `no-such-version`, `tag-moved`, or that of a failed request to GitHub
 */
export async function requestedCommit(
  { version, runSha, runIsOfVersion }: Pick<ReleaseInputs, 'version' | 'runSha' | 'runIsOfVersion'>,
  github: GitHubInputs,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isKeptRelease(version)) return undefined
  if (isSha(version)) return version
  if (github.token === '') return runSha
  const sha = await commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version)
  if (runIsOfVersion && sha !== runSha) throw tagMoved(version, runSha, sha)
  return sha
}

/** It is not certain which commit is meant: one was approved, and the tag now names the other. */
function tagMoved(version: string, then: string, now: string): Failure {
  return new Failure(
    'tag-moved',
    `The tag ${version} was moved after this run was started: from ${then} to ${now}.`,
    `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`,
  )
}

/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag needs no request.
 * @throws Failure as `requestedCommit`
 */
export async function joinReleaseOfVersion(
  step: Pick<Step, 'id' | 'journal' | 'record' | 'signal'>,
  requested: ReleaseInputs,
  github: GitHubInputs,
): Promise<Release> {
  const known = requested.runIsOfVersion || earlierRelease(step, requested) !== undefined
  return joinRelease(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal))
}
