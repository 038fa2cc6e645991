import type { QaResult, Relation } from '@belay/github'

/** The window at this moment: when a closed one opens, when an open one closes, as far as that is known. */
export interface WindowNow {
  readonly text: string
  readonly open: boolean
  readonly opens: Date | undefined
  readonly closes: Date | undefined
}

/** All facts by which a version is evaluated. */
export interface AdmissionFacts {
  readonly requested: { readonly version: string; readonly sha: string }
  /** What is live by GitHub's deployments; undefined where Belay never released here. */
  readonly live: { readonly version: string; readonly sha: string } | undefined
  /** The relation of the requested commit to the live one. */
  readonly relation: Relation | undefined
  /** Whether it was released here before and stayed. */
  readonly releasedBefore: boolean
  /** A contract, or a shadow release: neither can be a rollback, as neither changes what users get. */
  readonly forwardOnly: boolean
  /** A person started this run and named the version. */
  readonly byHand: boolean
  /** The file of the workflow that runs, such as `production.yml`. */
  readonly workflow: string
  readonly branches: { readonly default: boolean; readonly release: string | undefined }
  /** Undefined where there is no window. */
  readonly window: WindowNow | undefined
  /** Undefined where no proof is asked for. */
  readonly qa: QaResult | undefined
  /** The run's own build of the commit replaces QA's artifact. */
  readonly rebuild: boolean
  /** Empty where an artifact is released. The registry finds an image by its commit, so QA's run is enough proof. */
  readonly image: string
  /** Empty where none is given. Overrides window and proof. */
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
 * Evaluates a version. Pure. `isRecheck` is true in the release's own job, after all waiting: there an older version is
 * superseded; in a plan beforehand it is refused. A rollback needs neither a window nor a proof, nor any relation of the
 * two commits: a version that was live here before, and that may not come as a new release, is rolled back to on the hosts.
 */
export function evaluatePolicy(facts: AdmissionFacts, isRecheck: boolean): PolicyDecision {
  if (facts.relation === 'behind') return evaluateOlder(facts, isRecheck)
  const refusal = evaluateBranch(facts) ?? evaluateWindow(facts) ?? evaluateQa(facts)
  if (refusal) return mayRollBack(facts) ? rollbackAdmission(refusal.why) : { is: 'refused', ...refusal }
  return { is: 'go', way: 'deploy', notes: notesFor(facts), warnings: warningsFor(facts) }
}

type Refusal = Omit<Extract<PolicyDecision, { is: 'refused' }>, 'is'>

/** Only a start by hand may roll back: a pushed tag, or a run that is repeated, never does. */
function mayRollBack({ byHand, releasedBefore, forwardOnly }: AdmissionFacts): boolean {
  return byHand && releasedBefore && !forwardOnly
}

function rollbackAdmission(why: string): PolicyDecision {
  return {
    is: 'go',
    way: 'rollback',
    notes: [`${why} It was live here before, so the hosts roll back to it.`],
    warnings: [],
  }
}

/** From a tag: an environment that allows only tags refuses a run from a branch before Belay starts. */
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
    remedy: `to roll back to a version that was live before, start the workflow by hand: ${startCommand(facts)}. \`version\` also takes \`previous\` or a release id.`,
  }
}

function evaluateBranch(facts: AdmissionFacts): Refusal | undefined {
  const { requested, live, relation, branches } = facts
  if (branches.default) return undefined
  if (branches.release === undefined)
    return {
      code: 'not-on-a-release-branch',
      why: `${requested.version} (${short(requested.sha)}) is neither on the default branch nor on one below release/.`,
      remedy: 'merge the commit, or tag the merged commit.',
    }
  if (live === undefined || relation !== 'diverged') return undefined
  return {
    code: 'not-descended',
    why: `${requested.version} is on ${branches.release} and lacks commits of ${live.version}, which is live.`,
    remedy: `branch the fix off ${live.version}, or merge that into ${branches.release}. To roll back to it, if it was live before, start the workflow by hand: ${startCommand(facts)}.`,
  }
}

function evaluateWindow({ window, overrideReason }: AdmissionFacts): Refusal | undefined {
  if (!window || window.open || overrideReason !== '') return undefined
  const opens = window.opens ? ` It opens at ${window.opens.toISOString().slice(0, 16)}Z.` : ''
  return {
    code: 'outside-window',
    why: `The release window is closed (${window.text}).${opens}`,
    remedy: 'wait until the window opens, or give override-reason with the reason why this release cannot wait.',
  }
}

function evaluateQa({ requested, qa, rebuild, image, overrideReason }: AdmissionFacts): Refusal | undefined {
  if (!qa || qa.found === 'artifact' || overrideReason !== '') return undefined
  if (qa.found === 'nothing')
    return {
      code: 'not-proven',
      why: `QA did not verify ${requested.version}: ${qa.why}.`,
      remedy: 'let QA pass for this commit, or give override-reason with the reason why this release does not need it.',
    }
  if (rebuild || image !== '') return undefined
  return {
    code: qa.expired ? 'artifact-expired' : 'artifact-missing',
    why: `QA verified ${requested.version}, but its artifact ${qa.expired ? 'has expired' : 'does not exist'}: ${qa.run.url}.`,
    remedy: `run all jobs of QA's run again, which uploads the artifact again; or, if this workflow builds the commit itself, start it by hand with \`rebuild: true\`.`,
  }
}

function notesFor(facts: AdmissionFacts): string[] {
  const { requested, live, relation, window, qa, rebuild, image, overrideReason } = facts
  const notes: string[] = []
  if (!live) notes.push('GitHub knows of no live release by Belay here.')
  if (relation === 'identical') notes.push(`${requested.version} is live already.`)
  if (window && !window.open) notes.push(`Outside the release window (${window.text}). Reason: ${overrideReason}`)
  if (qa?.found === 'nothing') notes.push(`Not verified by QA. Reason: ${overrideReason}`)
  else if (qa && image !== '') notes.push(`QA verified the commit: ${qa.run.url}`)
  else if (qa && (rebuild || qa.found === 'run'))
    notes.push(`Built again by this run. QA verified the commit: ${qa.run.url}`)
  return notes
}

/** A hotfix that was never merged is lost with the next release, so a warning names it. */
function warningsFor({ requested, live, relation }: AdmissionFacts): string[] {
  return relation === 'diverged' ? [`${requested.version} lacks commits that are live with ${live?.version}.`] : []
}

function short(sha: string): string {
  return sha.slice(0, 12)
}
