import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { isReleaseId, resemblesReleaseId } from '@belay/release-model'
import { readGivenInputs } from './given-inputs.ts'
import { readTarget, type Target } from './target.ts'
import { readTimes } from './times.ts'

export interface BeginInputs {
  readonly target: Target
  /** Belay's variables, by their names. */
  readonly settings: ReadonlyMap<string, string>
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

/** Everything of a release that can be refused before anything is touched, in one error. */
export function readBeginInputs(read: InputReader): BeginInputs {
  const release = readReleaseInputs(read)
  if (resemblesReleaseId(release.version) && !isReleaseId(release.version))
    read.issue(
      'version',
      `is "${release.version}", which looks like the id of a release and is none`,
      'Give the whole id, as the hosts and the messages name it, such as 20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081; a tag may not look like that.',
    )
  const given = readGivenInputs(read)
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
    settings: given.settings,
    release,
    github: readGitHubInputs(read),
  }
}
