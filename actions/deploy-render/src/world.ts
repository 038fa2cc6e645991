import type { GitHubInputs } from '@belay/github'
import { openGitHub } from '@belay/github'
import type { Clock } from '@belay/probe'
import { overHttp, type TargetOf } from './check.ts'
import { type Commits, githubCommits, noCommits } from './commits.ts'
import type { RenderApi } from './inputs.ts'
import { httpTransport, type Transport } from './transport.ts'
import { machineClock } from './work.ts'

/** What lies outside of this action; tests on a virtual clock bring one of their own. */
export interface World {
  readonly clock: Clock
  readonly random: () => number
  transport(api: RenderApi): Transport
  commits(github: GitHubInputs, sha: string, signal: AbortSignal): Commits
  readonly targetOf: TargetOf
}

export const realWorld: World = {
  clock: machineClock,
  random: Math.random,
  transport: ({ url, key }) => httpTransport(url, key),
  commits: (github, sha, signal) => (github.token === '' ? noCommits : githubCommits(openGitHub(github, signal), sha)),
  targetOf: overHttp,
}
