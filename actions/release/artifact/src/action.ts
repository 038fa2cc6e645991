import type { Action } from '@belay/action-kit'
import { downloadArtifact, openGitHub } from '@belay/github'
import { type ArtifactInputs, readArtifactInputs } from './inputs.ts'

export const releaseArtifact: Action<ArtifactInputs> = {
  name: 'release-artifact',
  inputs: readArtifactInputs,
  async main({ artifact, folder, github }, step) {
    await downloadArtifact(openGitHub(github, step.signal), artifact, folder, step.signal)
    step.info(`${artifact.name} (${artifact.id}), ${artifact.digest}, is the artifact that QA verified.`)
    return { result: 'unchanged' }
  },
}
