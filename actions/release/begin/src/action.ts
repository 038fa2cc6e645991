import { type Action, joinRelease, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'

/** Under a composite's `continue-on-error` the job's status is blind to it; what begins here and never ends is not. */
export const releaseBegin: Action<ReleaseInputs> = {
  name: 'release-begin',
  inputs: readReleaseInputs,
  async main(inputs, step) {
    const release = joinRelease(step, inputs)
    step.journal.append({ step: step.id, event: 'release-joined', release: release.id })
    step.output('release-id', release.id)
    step.output('service', release.service)
    step.output('sha', release.sha)
    step.info(`Release ${release.id}: ${release.service} ${release.version} to ${release.environment}`)
    return { result: 'unchanged' }
  },
}
