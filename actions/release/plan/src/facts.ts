import {
  type BelayDeployment,
  branchesContaining,
  commitsBetween,
  findLive,
  findQaResult,
  type GitHub,
  listDeployments,
  type Relation,
  relationOf,
  repositoryInfo,
  type ShortCommit,
  wasLive,
} from '@belay/github'
import type { AdmissionFacts, WindowNow } from './admission-policy.ts'
import type { PlanInputs } from './inputs.ts'
import { isOpen, nextClosing, nextOpening, type Window } from './window.ts'

/** The commits that a release adds and those that it removes, oldest first. */
export interface Changes {
  readonly comes: { readonly commits: readonly ShortCommit[]; readonly total: number }
  readonly goes: { readonly commits: readonly ShortCommit[]; readonly total: number }
}

/** Asks GitHub for all facts by which the version, with the commit `sha`, is evaluated. Only reads. */
export async function gatherFacts(
  github: GitHub,
  inputs: PlanInputs,
  sha: string,
  now: Date,
): Promise<{ facts: AdmissionFacts; changes: Changes }> {
  const { environment, service, version } = inputs.release
  const [repository, deployments] = await Promise.all([
    repositoryInfo(github),
    listDeployments(github, environment, service),
  ])
  const live = (await findLive(github, deployments)).live?.payload
  const relation = live && (await relationOf(github, live.sha, sha))
  const [branches, qa, releasedBefore, changes] = await Promise.all([
    branchesContaining(github, sha, repository.defaultBranch),
    inputs.provenBy === ''
      ? undefined
      : findQaResult(github, {
          workflow: inputs.provenBy,
          sha,
          artifact: inputs.artifact,
          repositoryId: repository.id,
          defaultBranch: repository.defaultBranch,
        }),
    wasEverLive(github, deployments, sha),
    changesBetween(github, live?.sha, sha, relation),
  ])
  const facts = {
    requested: { version, sha },
    live,
    relation,
    releasedBefore,
    forwardOnly: inputs.conditions.phase === 'contract' || inputs.conditions.until === 'gate',
    byHand: process.env.GITHUB_EVENT_NAME === 'workflow_dispatch',
    workflow: workflowFile(process.env.GITHUB_WORKFLOW_REF ?? ''),
    branches,
    window: inputs.window && windowNow(inputs.window, now),
    qa,
    rebuild: inputs.rebuild,
    image: inputs.image,
    overrideReason: inputs.overrideReason,
  }
  return { facts, changes }
}

/** The name of the file in `acme/shop/.github/workflows/production.yml@refs/tags/v1.5.0`. */
function workflowFile(ref: string): string {
  return /([^/@]+)@/.exec(ref)?.[1] ?? 'production.yml'
}

async function wasEverLive(github: GitHub, deployments: readonly BelayDeployment[], sha: string): Promise<boolean> {
  const same = deployments.filter(({ payload }) => payload.sha === sha)
  const were = await Promise.all(same.map(({ id }) => wasLive(github, id)))
  return were.includes(true)
}

const nothing = { commits: [], total: 0 }

async function changesBetween(
  github: GitHub,
  live: string | undefined,
  sha: string,
  relation: Relation | undefined,
): Promise<Changes> {
  if (live === undefined || relation === undefined || relation === 'identical') return { comes: nothing, goes: nothing }
  const [comes, goes] = await Promise.all([
    relation === 'behind' ? nothing : commitsBetween(github, live, sha),
    relation === 'ahead' ? nothing : commitsBetween(github, sha, live),
  ])
  return { comes, goes }
}

function windowNow(window: Window, now: Date): WindowNow {
  const open = isOpen(window, now)
  return {
    text: window.text,
    open,
    opens: open ? undefined : nextOpening(window, now),
    closes: open ? nextClosing(window, now) : undefined,
  }
}
