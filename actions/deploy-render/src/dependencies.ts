import type { GitHubInputs } from '@belay/github'
import { openGitHub } from '@belay/github'
import type { Clock } from '@belay/probe'
import { type Commits, githubCommits, unknownCommits } from './commits.ts'
import { machineClock } from './deadline.ts'
import type { RenderApi } from './inputs.ts'
import { overHttp, type TargetOf } from './question.ts'
import { httpTransport, type Transport } from './transport.ts'

/** What lies outside of this action; tests on a virtual clock bring one of their own. */
export interface Dependencies {
  readonly clock: Clock
  readonly random: () => number
  transport(api: RenderApi): Transport
  commits(github: GitHubInputs, sha: string, signal: AbortSignal): Commits
  readonly probeTarget: TargetOf
}

export const defaultDependencies: Dependencies = {
  clock: machineClock,
  random: Math.random,
  transport: ({ url, key }) => httpTransport(url, key),
  commits: (github, sha, signal) =>
    github.token === '' ? unknownCommits : githubCommits(openGitHub(github, signal), sha),
  probeTarget: overHttp,
}
