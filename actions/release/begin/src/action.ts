import { join } from 'node:path'
import { type Action, jobFolder, joinRelease, type ReleaseInputs } from '@belay/action-kit'
import { commitOf, type GitHubInputs, openGitHub } from '@belay/github'
import { isKeptRelease } from '@belay/release'
import { type BeginInputs, readBeginInputs } from './inputs.ts'

/** All that GitHub may take to say which commit a tag stands for, in milliseconds. */
const budgetMs = 60_000

/** Under a composite's `continue-on-error` the job's status is blind to it; what begins here and never ends is not. */
export const releaseBegin: Action<BeginInputs> = {
  name: 'release-begin',
  inputs: readBeginInputs,
  async main(inputs, step) {
    const sha = await commitAskedFor(inputs.release, inputs.github, step.signal)
    const release = joinRelease(step, inputs.release, sha)
    step.journal.append({ step: step.id, event: 'release-joined', release: release.id })
    step.output('release-id', release.id)
    step.output('service', release.service)
    step.output('target', inputs.target)
    step.output('sha', sha ?? '')
    step.output('artifact-folder', join(jobFolder(), 'artifacts', `${release.id}-${release.service}`))
    step.info(`Release ${release.id}: ${release.service} ${release.version} to ${release.environment}`)
    return { result: 'unchanged' }
  },
}

/** The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. */
async function commitAskedFor(
  { version, runSha }: ReleaseInputs,
  github: GitHubInputs,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isKeptRelease(version)) return undefined
  // Without a token a name is the name of the commit that the run is for.
  if (version === runSha || github.token === '') return runSha
  return commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version)
}
