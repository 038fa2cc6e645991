import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'

export interface AftercareInputs {
  readonly release: ReleaseInputs
  /** What the release's job said of itself; empty where it never came to that. */
  readonly releaseResult: string
  readonly github: GitHubInputs
}

export function readAftercareInputs(read: InputReader): AftercareInputs {
  return {
    release: readReleaseInputs(read),
    releaseResult: read.text('release-result'),
    github: readGitHubInputs(read),
  }
}
