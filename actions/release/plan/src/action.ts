import { type Action, type Admission, earlierRelease, Failure, type ReleaseInputs, type Step } from '@belay/action-kit'
import { openGitHub, requestedCommit } from '@belay/github'
import { isKeptRelease } from '@belay/release-model'
import { type AdmissionFacts, evaluatePolicy, type PolicyDecision } from './admission-policy.ts'
import { gatherFacts } from './facts.ts'
import { type PlanInputs, readPlanInputs } from './inputs.ts'
import { publishSteps, stepsOf } from './steps.ts'
import { summaryOf } from './summary.ts'

/** The deadline for all requests to GitHub, in milliseconds. */
const budgetMs = 120_000

/** Decides whether a version may be released now, which commits it brings, and which steps release it. Only reads. */
export const releasePlan: Action<PlanInputs> = {
  name: 'release-plan',
  inputs: readPlanInputs,
  async main(inputs, step) {
    const { overrideReason } = inputs
    if (overrideReason !== '') step.record({ event: 'reason', reason: overrideReason })
    const outcome = await admit(inputs, step)
    const { way, artifact } = outcome
    if (way) step.output('way', way)
    const proven = artifact !== undefined && way === 'deploy'
    if (proven) {
      step.output('artifact-id', String(artifact.id))
      step.output('artifact-digest', artifact.digest)
    }
    publishSteps(stepsOf({ ...inputs.conditions, way: way ?? 'deploy', superseded: way === undefined, proven }), step)
    return { result: way === undefined ? 'superseded' : 'unchanged' }
  },
}

/** Whether a release deploys or rolls back, undefined where a newer version is live; and the artifact that QA verified. */
interface AdmittedRelease {
  readonly way: 'deploy' | 'rollback' | undefined
  readonly artifact?: { readonly id: number; readonly digest: string }
}

/** @throws Failure where the version may not be released now */
async function admit(inputs: PlanInputs, step: Step): Promise<AdmittedRelease> {
  const { release, github: access } = inputs
  if (inputs.command === 'admit' && !inputs.named) return { way: 'deploy' }
  if (isKeptRelease(release.version)) {
    const goal = release.version === 'previous' ? 'the release before the live one' : release.version
    step.info(
      `Rolls back to ${goal}. ${inputs.conditions.target === 'kubernetes' ? 'The cluster knows' : 'The hosts know'} which releases are kept.`,
    )
    return { way: 'rollback' }
  }
  if (access.token === '')
    throw new Failure('github-token', 'No github-token is given.', 'give `github-token: ${{ github.token }}`.')
  const signal = AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs)])
  // The commit of the job's first step: a tag that was moved since must not be evaluated as one commit and released as another.
  const sha = earlierRelease(step, release)?.sha ?? (await requestedCommit(release, access, signal)) ?? release.runSha
  const { facts, changes } = await gatherFacts(openGitHub(access, signal), inputs, sha, new Date())
  const admission = evaluatePolicy(facts, inputs.command === 'admit')

  step.output('sha', facts.requested.sha)
  step.output('live-version', facts.live?.version ?? '')
  step.output('live-sha', facts.live?.sha ?? '')
  step.summary(summaryOf(facts, admission, changes, release))
  if (admission.is === 'refused') throw new Failure(admission.code, admission.why, admission.remedy)
  if (admission.is === 'superseded') {
    step.info(`Superseded: ${admission.why} Nothing was changed.`)
    return { way: undefined }
  }
  announce(admission, step)
  // Steps that wait for the hosts' locks afterwards compare with it.
  if (inputs.command === 'admit') step.record({ event: 'admitted', ...admissionEvent(facts, admission.way, release) })
  const taken = facts.qa?.found === 'artifact' && !facts.rebuild && facts.image === ''
  return { way: admission.way, ...(taken && { artifact: facts.qa.artifact }) }
}

function admissionEvent(
  { requested, live, window, overrideReason }: AdmissionFacts,
  way: Admission['way'],
  { service, environment }: ReleaseInputs,
): Admission {
  const closes = way === 'deploy' && overrideReason === '' ? window?.closes : undefined
  return {
    service,
    environment,
    ...requested,
    ...(live && { live: { version: live.version, sha: live.sha } }),
    way,
    ...(closes && { until: closes.toISOString() }),
  }
}

function announce({ notes, warnings }: Extract<PolicyDecision, { is: 'go' }>, step: Step): void {
  for (const text of warnings) step.warn(text)
  for (const text of notes) {
    step.record({ event: 'note', level: 'info', text })
    step.info(text)
  }
}
