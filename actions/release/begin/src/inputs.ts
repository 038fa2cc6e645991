import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { readTarget, type Target } from './target.ts'

export interface BeginInputs {
  readonly target: Target
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

export function readBeginInputs(read: InputReader): BeginInputs {
  return { target: readTarget(read), release: readReleaseInputs(read), github: readGitHubInputs(read) }
}
