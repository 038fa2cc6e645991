import { earlierRelease, Failure, joinRelease, type ReleaseInputs, type Step } from '@belay/action-kit'
import { isKeptRelease, type Release } from '@belay/release-model'
import { type GitHubInputs, openGitHub } from './client.ts'
import { commitOf, isSha } from './commits.ts'

/** All that GitHub may take to say which commit a tag stands for, in milliseconds. */
const budgetMs = 60_000

/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token a name is the name of the commit that the run is for. A run that was started from the tag is for the commit that
 * the tag stood for then.
 * @throws Failure `no-such-version`, `tag-moved`, or why GitHub could not be asked
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

/** Neither commit is certainly meant: what was approved was the one, what the tag names now is the other. */
function tagMoved(version: string, then: string, now: string): Failure {
  return new Failure(
    'tag-moved',
    `The tag ${version} was moved after this run was started: from ${then} to ${now}.`,
    `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`,
  )
}

/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag is not asked about.
 * @throws Failure as `commitAskedFor`
 */
export async function joinReleaseOfVersion(
  step: Pick<Step, 'id' | 'journal' | 'record' | 'signal'>,
  requested: ReleaseInputs,
  github: GitHubInputs,
): Promise<Release> {
  const known = requested.runIsOfVersion || earlierRelease(step, requested) !== undefined
  return joinRelease(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal))
}
