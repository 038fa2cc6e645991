import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { isReleaseId, resemblesReleaseId } from '@belay/release'
import { readTarget, type Target } from './target.ts'

export interface BeginInputs {
  readonly target: Target
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

export function readBeginInputs(read: InputReader): BeginInputs {
  const release = readReleaseInputs(read)
  if (resemblesReleaseId(release.version) && !isReleaseId(release.version))
    read.mistake(
      'version',
      `is "${release.version}", which looks like the id of a release and is none`,
      'Give the whole id, as the hosts and the messages name it, such as 20261121T100527Z-3f2a9c1b7d04-1; a tag may not look like that.',
    )
  return { target: readTarget(read), release, github: readGitHubInputs(read) }
}
