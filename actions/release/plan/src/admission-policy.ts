import type { Proof, Relation } from '@belay/github'

/** What the window says at this moment: when a closed one opens, when an open one closes, as far as that is known. */
export interface WindowNow {
  readonly text: string
  readonly open: boolean
  readonly opens: Date | undefined
  readonly closes: Date | undefined
}

/** All that a version is judged by. */
export interface AdmissionFacts {
  readonly requested: { readonly version: string; readonly sha: string }
  /** What is live as GitHub's deployments tell it; undefined where Belay never released here. */
  readonly live: { readonly version: string; readonly sha: string } | undefined
  /** How what is asked for stands to what is live. */
  readonly relation: Relation | undefined
  /** Whether it was released here before and stayed. */
  readonly releasedBefore: boolean
  /** A contract, or a shadow release: neither goes back, for it is no release of what users get. */
  readonly forwardOnly: boolean
  /** Somebody started this run and named the version. */
  readonly byHand: boolean
  /** The file of the workflow that runs, such as `production.yml`. */
  readonly workflow: string
  readonly branches: { readonly default: boolean; readonly release: string | undefined }
  /** Undefined where there is no window. */
  readonly window: WindowNow | undefined
  /** Undefined where no proof is asked for. */
  readonly qa: Proof | undefined
  /** QA's artifact is not wanted: the run's own build made the commit anew. */
  readonly rebuild: boolean
  /** Empty where an artifact is released. An image is found by the commit in its registry, so QA's run is proof enough. */
  readonly image: string
  /** Empty where nobody gave one. Covers window and proof. */
  readonly overrideReason: string
}

export type PolicyDecision =
  | {
      readonly is: 'go'
      readonly way: 'deploy' | 'rollback'
      readonly notes: readonly string[]
      readonly warnings: readonly string[]
    }
  | { readonly is: 'superseded'; readonly why: string }
  | { readonly is: 'refused'; readonly code: string; readonly why: string; readonly remedy: string }

/**
 * Judges a version. Pure. `again` is true in the release's own job, after all waiting: what was overtaken meanwhile is
 * passed over, where beforehand it is refused. Going back needs neither a window nor a proof, nor any relation of the two
 * commits: what was live here before and may not come as a new release comes back as the one that the hosts keep.
 */
export function evaluatePolicy(facts: AdmissionFacts, isRecheck: boolean): PolicyDecision {
  if (facts.relation === 'behind') return evaluateOlder(facts, isRecheck)
  const refusal = evaluateBranch(facts) ?? evaluateWindow(facts) ?? evaluateQa(facts)
  if (refusal) return mayRollBack(facts) ? rollbackAdmission(refusal.why) : { is: 'refused', ...refusal }
  return { is: 'go', way: 'deploy', notes: notesFor(facts), warnings: warningsFor(facts) }
}

type Refusal = Omit<Extract<PolicyDecision, { is: 'refused' }>, 'is'>

/** Somebody asks for it now: a tag that is pushed, or run again, never goes back by itself. */
function mayRollBack({ byHand, releasedBefore, forwardOnly }: AdmissionFacts): boolean {
  return byHand && releasedBefore && !forwardOnly
}

function rollbackAdmission(why: string): PolicyDecision {
  return {
    is: 'go',
    way: 'rollback',
    notes: [`${why} It was live here before: the hosts go back to it.`],
    warnings: [],
  }
}

/** From a tag: an environment that allows tags only refuses a run from a branch, before Belay could say why. */
function startCommand({ requested, live, workflow }: AdmissionFacts): string {
  return `gh workflow run ${workflow} --ref ${live?.version ?? requested.version} --field version=${requested.version}`
}

function evaluateOlder(facts: AdmissionFacts, isRecheck: boolean): PolicyDecision {
  const why = `${facts.requested.version} is older than ${facts.live?.version}, which is live.`
  if (mayRollBack(facts)) return rollbackAdmission(why)
  if (isRecheck) return { is: 'superseded', why }
  return {
    is: 'refused',
    code: 'older-than-live',
    why,
    remedy: `to go back to a version that was live before, start the workflow by hand: ${startCommand(facts)}. \`previous\` and a release id are versions too.`,
  }
}

function evaluateBranch(facts: AdmissionFacts): Refusal | undefined {
  const { requested, live, relation, branches } = facts
  if (branches.default) return undefined
  if (branches.release === undefined)
    return {
      code: 'not-on-a-release-branch',
      why: `${requested.version} (${short(requested.sha)}) is neither on the default branch nor on one below release/.`,
      remedy: 'merge it, or tag what was merged.',
    }
  if (live === undefined || relation !== 'diverged') return undefined
  return {
    code: 'not-descended',
    why: `${requested.version} is on ${branches.release} and lacks commits of ${live.version}, which is live.`,
    remedy: `branch the fix off ${live.version}, or merge that into ${branches.release}. To go back to it, if it was live before, start the workflow by hand: ${startCommand(facts)}.`,
  }
}

function evaluateWindow({ window, overrideReason }: AdmissionFacts): Refusal | undefined {
  if (!window || window.open || overrideReason !== '') return undefined
  const opens = window.opens ? ` It opens at ${window.opens.toISOString().slice(0, 16)}Z.` : ''
  return {
    code: 'outside-window',
    why: `Now is outside the window for releases, ${window.text}.${opens}`,
    remedy: 'wait for it, or say in override-reason why this release cannot.',
  }
}

function evaluateQa({ requested, qa, rebuild, image, overrideReason }: AdmissionFacts): Refusal | undefined {
  if (!qa || qa.found === 'artifact' || overrideReason !== '') return undefined
  if (qa.found === 'nothing')
    return {
      code: 'not-proven',
      why: `QA has not proved ${requested.version}: ${qa.why}.`,
      remedy: 'let QA pass for this commit, or say in override-reason why this release goes without.',
    }
  if (rebuild || image !== '') return undefined
  return {
    code: qa.expired ? 'artifact-expired' : 'artifact-missing',
    why: `QA proved ${requested.version}, but its artifact ${qa.expired ? 'has expired' : 'is not there'}: ${qa.run.url}.`,
    remedy: `run all jobs of QA's run again, which brings the artifact anew; or, where this workflow builds the commit itself, start it by hand with \`rebuild: true\`.`,
  }
}

function notesFor(facts: AdmissionFacts): string[] {
  const { requested, live, relation, window, qa, rebuild, image, overrideReason } = facts
  const notes: string[] = []
  if (!live) notes.push('Nothing that Belay released is live here, as far as GitHub knows.')
  if (relation === 'identical') notes.push(`${requested.version} is live already.`)
  if (window && !window.open) notes.push(`Outside the window (${window.text}), because: ${overrideReason}`)
  if (qa?.found === 'nothing') notes.push(`Not proved by QA, because: ${overrideReason}`)
  else if (qa && image !== '') notes.push(`QA proved the commit: ${qa.run.url}`)
  else if (qa && (rebuild || qa.found === 'run')) notes.push(`Built anew; QA proved the commit: ${qa.run.url}`)
  return notes
}

/** A hotfix that was never merged is lost with the next release: somebody must have meant that. */
function warningsFor({ requested, live, relation }: AdmissionFacts): string[] {
  return relation === 'diverged' ? [`${requested.version} lacks commits that are live with ${live?.version}.`] : []
}

function short(sha: string): string {
  return sha.slice(0, 12)
}
