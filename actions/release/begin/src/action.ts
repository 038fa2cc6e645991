import { join } from 'node:path'
import { type Action, earlierRelease, jobFolder, joinRelease } from '@belay/action-kit'
import { commitAskedFor } from '@belay/github'
import { isKeptRelease } from '@belay/release-model'
import { type BeginInputs, readBeginInputs } from './inputs.ts'

/** Under a composite's `continue-on-error` the job's status is blind to it; what begins here and never ends is not. */
export const releaseBegin: Action<BeginInputs> = {
  name: 'release-begin',
  inputs: readBeginInputs,
  async main(inputs, step) {
    // An organisation may have hundreds of variables, and the log shows what each step is given.
    step.output('settings', JSON.stringify(Object.fromEntries(inputs.settings)))
    const release =
      earlierRelease(step, inputs.release) ??
      joinRelease(step, inputs.release, await commitAskedFor(inputs.release, inputs.github, step.signal))
    step.journal.append({ step: step.id, event: 'release-joined', release: release.id })
    step.output('release-id', release.id)
    step.output('service', release.service)
    step.output('target', inputs.target)
    step.output('sha', isKeptRelease(release.version) ? '' : release.sha)
    step.output('artifact-folder', join(jobFolder(), 'artifacts', `${release.id}-${release.service}`))
    step.info(`Release ${release.id}: ${release.service} ${release.version} to ${release.environment}`)
    return { result: 'unchanged' }
  },
  // The first step of a release has its last post, and so writes the summary of all its steps. A later step would do as
  // well, if it were reached: a job may be cancelled, or refused, before.
  async end() {},
}
