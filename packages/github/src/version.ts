import { earlierRelease, joinRelease, type ReleaseInputs, type Step } from '@belay/action-kit'
import { isKeptRelease, type Release } from '@belay/release-model'
import { type GitHubInputs, openGitHub } from './client.ts'
import { commitOf, isSha } from './commits.ts'

/** All that GitHub may take to say which commit a tag stands for, in milliseconds. */
const budgetMs = 60_000

/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token a name is the name of the commit that the run is for.
 * @throws Failure `no-such-version`, or why GitHub could not be asked
 */
export async function commitAskedFor(
  { version, runSha }: Pick<ReleaseInputs, 'version' | 'runSha'>,
  github: GitHubInputs,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isKeptRelease(version)) return undefined
  if (isSha(version)) return version
  if (github.token === '') return runSha
  return commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version)
}

/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag is not asked about.
 * @throws Failure as `commitAskedFor`
 */
export async function joinReleaseOfVersion(
  step: Pick<Step, 'id' | 'journal' | 'record' | 'signal'>,
  asked: ReleaseInputs,
  github: GitHubInputs,
): Promise<Release> {
  const known = asked.runIsOfVersion || earlierRelease(step, asked) !== undefined
  return joinRelease(step, asked, known ? undefined : await commitAskedFor(asked, github, step.signal))
}
