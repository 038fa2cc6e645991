import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'

export interface BeginInputs {
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

export function readBeginInputs(read: InputReader): BeginInputs {
  return { release: readReleaseInputs(read), github: readGitHubInputs(read) }
}
