import type { InputReader } from '@belay/action-kit'
import { type Artifact, type GitHubInputs, readGitHubInputs } from '@belay/github'

export interface ArtifactInputs {
  readonly artifact: Artifact
  /** Absolute. */
  readonly folder: string
  readonly github: GitHubInputs
}

export function readArtifactInputs(read: InputReader): ArtifactInputs {
  const artifact = {
    name: read.text('artifact', { required: 'its name' }),
    id: Number(read.text('artifact-id', { required: 'the id that the plan found' })),
    digest: read.text('artifact-digest', { required: 'the digest that the plan found' }),
  }
  const folder = read.text('path', { required: 'a folder' })
  const github = readGitHubInputs(read)
  if (github.token === '') read.issue('github-token', 'is missing', 'Give the token of the job.')
  if (folder !== '' && !folder.startsWith('/')) read.issue('path', `is "${folder}"`, 'Give it from the root.')
  return { artifact, folder, github }
}
