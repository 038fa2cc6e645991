import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { readGiven } from './given.ts'
import { readTarget, type Target } from './target.ts'
import { readTimes } from './times.ts'

export interface BeginInputs {
  readonly target: Target
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

/** Everything of a release that can be refused before anything is touched, in one error. */
export function readBeginInputs(read: InputReader): BeginInputs {
  const given = readGiven(read)
  const target = readTarget(read, given)
  const [phase, until] = [read.text('phase'), read.text('until')]
  readTimes(read, {
    slots: read.text('slots') !== '',
    gate: given.has('urls'),
    // Neither a contract nor a shadow release has traffic while it waits for the end of the job.
    waits: given.known && target === 'ssh' && phase !== 'contract' && until !== 'gate',
  })
  return {
    target,
    release: readReleaseInputs(read),
    github: readGitHubInputs(read),
  }
}
