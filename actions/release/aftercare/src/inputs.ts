import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'

export interface AftercareInputs {
  readonly release: ReleaseInputs
  /** What the release's job said of itself; empty where it never came to that. */
  readonly releaseResult: string
  /** What a restoration in the cluster came to; empty where there was none. */
  readonly restored: string
  readonly github: GitHubInputs
}

export function readAftercareInputs(read: InputReader): AftercareInputs {
  return {
    release: readReleaseInputs(read),
    releaseResult: read.text('release-result'),
    restored: read.text('restored'),
    github: readGitHubInputs(read),
  }
}
