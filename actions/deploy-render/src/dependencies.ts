import type { GitHubInputs } from '@belay/github'
import { openGitHub } from '@belay/github'
import type { Clock } from '@belay/probe'
import { type Commits, githubCommits, unknownCommits } from './commits.ts'
import { machineClock } from './deadline.ts'
import { httpProbeTarget, type ProbeTargetFactory } from './health-check-plan.ts'
import type { RenderApi } from './inputs.ts'
import { httpTransport, type Transport } from './transport.ts'

/** Everything outside of this action; tests with a virtual clock give their own. */
export interface Dependencies {
  readonly clock: Clock
  readonly random: () => number
  transport(api: RenderApi): Transport
  commits(github: GitHubInputs, sha: string, signal: AbortSignal): Commits
  readonly probeTarget: ProbeTargetFactory
}

export const defaultDependencies: Dependencies = {
  clock: machineClock,
  random: Math.random,
  transport: ({ url, key }) => httpTransport(url, key),
  commits: (github, sha, signal) =>
    github.token === '' ? unknownCommits : githubCommits(openGitHub(github, signal), sha),
  probeTarget: httpProbeTarget,
}
