import { type Action, joinRelease, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'

export const releaseEnd: Action<ReleaseInputs> = {
  name: 'release-end',
  inputs: readReleaseInputs,
  async main(inputs, step) {
    const release = joinRelease(step, inputs)
    step.record({ event: 'release-ended', release: release.id })
    return { result: 'unchanged' }
  },
}
