import { type Action, Failure, type Judged, type ReleaseInputs, type Step } from '@belay/action-kit'
import { openGitHub } from '@belay/github'
import { isKeptRelease } from '@belay/release'
import { gatherFacts } from './facts.ts'
import { type PlanInputs, readPlanInputs } from './inputs.ts'
import { type Facts, judge, type Verdict } from './judge.ts'
import { summaryOf } from './summary.ts'

/** All that GitHub may take of one look, in milliseconds. */
const budgetMs = 120_000

/** Says whether a version may be released now, and what would come with it. It only reads. */
export const releasePlan: Action<PlanInputs> = {
  name: 'release-plan',
  inputs: readPlanInputs,
  async main(inputs, step) {
    const { release, github: access, overrideReason } = inputs
    if (overrideReason !== '') step.journal.append({ step: step.id, event: 'reason', reason: overrideReason })
    if (isKeptRelease(release.version)) {
      step.output('way', 'rollback')
      const goal = release.version === 'previous' ? 'the release before the one that is live' : release.version
      step.info(`Goes back to ${goal}; the hosts know what they keep.`)
      return { result: 'unchanged' }
    }
    if (access.token === '')
      throw new Failure('github-token', 'No github-token is given.', 'give `github-token: ${{ github.token }}`.')
    const github = openGitHub(access, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs)]))
    const { facts, changes } = await gatherFacts(github, inputs, new Date())
    const verdict = judge(facts, inputs.command === 'judge')

    step.output('sha', facts.asked.sha)
    step.output('live-version', facts.live?.version ?? '')
    step.output('live-sha', facts.live?.sha ?? '')
    step.summary(summaryOf(facts, verdict, changes, release))
    if (verdict.is === 'refused') throw new Failure(verdict.code, verdict.why, verdict.mend)
    if (verdict.is === 'superseded') {
      step.info(`Superseded: ${verdict.why} Nothing was changed.`)
      return { result: 'superseded' }
    }
    announce(verdict, step)
    step.output('way', verdict.way)
    // Whoever waits for the hosts' locks afterwards compares with it.
    if (inputs.command === 'judge')
      step.journal.append({ step: step.id, event: 'judged', ...judgedAs(facts, verdict.way, release) })
    if (facts.proof?.found === 'artifact' && !facts.rebuild && facts.image === '' && verdict.way === 'deploy') {
      step.output('artifact-id', String(facts.proof.artifact.id))
      step.output('artifact-digest', facts.proof.artifact.digest)
    }
    return { result: 'unchanged' }
  },
}

function judgedAs(
  { asked, live, window, overrideReason }: Facts,
  way: Judged['way'],
  { service, environment }: ReleaseInputs,
): Judged {
  const closes = way === 'deploy' && overrideReason === '' ? window?.closes : undefined
  return {
    service,
    environment,
    ...asked,
    ...(live && { live: { version: live.version, sha: live.sha } }),
    way,
    ...(closes && { until: closes.toISOString() }),
  }
}

function announce({ notes, warnings }: Extract<Verdict, { is: 'go' }>, step: Step): void {
  for (const text of warnings) step.warn(text)
  for (const text of notes) {
    step.record({ event: 'note', level: 'info', text })
    step.info(text)
  }
}
