import * as core from '@actions/core'
import type { Action, MainOutcome, Step } from '../action.ts'
import { monotonicSeconds } from '../clock.ts'
import { postBudgetSeconds } from '../decision.ts'
import { asFailure, codeOf, Failure, Interrupted, messageOf } from '../failure.ts'
import { fromEnvironment, readInputs } from '../inputs.ts'
import { interruptBudgetMs } from '../interrupt.ts'
import { jobFolder } from '../job.ts'
import { jobResult, releaseInProgress } from '../job-state.ts'
import { type Journal, openJournal } from '../journal.ts'
import { assertJournal, recordEarlierLoss } from '../lost-journal.ts'
import { savedForPost } from '../main-state.ts'
import { codeBlock } from '../summary.ts'
import { undoStep } from './conclude.ts'
import { attempt, reportError } from './report.ts'
import { makeStep, nextStepId, stepState } from './step.ts'

export async function main<Inputs, Undo>(action: Action<Inputs, Undo>): Promise<void> {
  const opened = openJournal(jobFolder())
  const id = nextStepId(opened, action.name)
  // Before inputs are read: post runs whatever happens from here on, and must find the journal.
  const journal = savedForPost(opened, id)
  recordEarlierLoss(journal, id)
  const { step, flush } = makeStep<Undo>(id, 'main', journal)
  const began = monotonicSeconds()
  const { transaction } = action
  // Until the inputs are read: a step that cannot read them counts as one that changes something.
  let mutates = transaction !== undefined
  try {
    const inputs = readInputs((read) => action.inputs(read), fromEnvironment, {
      ...(action.variables && { variables: action.variables }),
      releaseTo: releaseInProgress(journal.read())?.environment,
      note: step.info,
    })
    mutates = transaction?.mutates(inputs) ?? false
    const service = transaction?.service(inputs)
    if (transaction && mutates) assertMayBegin(journal, transaction.startsAfterFailure(inputs))
    recordBegin(action, step, mutates, service)
    core.exportVariable('BELAY_RESULT', jobResult(journal.read()))
    step.output('failure-code', '')
    const outcome = await action.main(inputs, step)
    if (step.signal.aborted) throw new Interrupted()
    recordSuccess(step, outcome, began)
  } catch (error) {
    await recordFailure(action, step, error, began, mutates)
  } finally {
    flush()
  }
}

function recordBegin<Inputs, Undo>(
  { name, end }: Action<Inputs, Undo>,
  step: Step<Undo>,
  mutates: boolean,
  service?: string,
): void {
  const closes = (mutates || end !== undefined) && { closes: true as const }
  step.record({ event: 'step-began', action: name, mutates, ...(service && { service }), ...closes })
}

/** A step changes nothing after a failure, nor once a target of this job has begun to roll back on its own. */
function assertMayBegin(journal: Journal, startsAfterFailure: boolean): void {
  const status = process.env['INPUT_JOB-STATUS'] || 'success'
  if (status !== 'success' && !startsAfterFailure)
    throw new Failure('job-failed', `An earlier step of this job ended as ${status}. This step changed nothing.`)
  assertJournal(journal)
  const { exclusive } = journal.read()
  if (exclusive)
    throw new Failure(
      'not-exclusive',
      `${exclusive.step} must be the only step of its job that changes anything: ${exclusive.why}`,
    )
  assertNotTimedOut(journal)
}

/** @throws Failure `confirm-timeout-expired` where hosts armed by this job have begun to roll back on their own. */
export function assertNotTimedOut(journal: Journal): void {
  const { returnsAt } = journal.read()
  if (returnsAt === undefined || monotonicSeconds() < returnsAt) return
  throw new Failure(
    'confirm-timeout-expired',
    'The confirm timeout expired, and the hosts are rolling back on their own. This step changed nothing.',
    'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.',
  )
}

function recordSuccess<Undo>(step: Step<Undo>, outcome: MainOutcome, began: number): void {
  step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) })
  step.output('result', outcome.result)
  // `undo: false` and rollback are final at the end of their own main, before any post.
  core.exportVariable('BELAY_RESULT', jobResult(step.journal.read()))
}

async function recordFailure<Inputs, Undo>(
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  error: unknown,
  began: number,
  mutates: boolean,
): Promise<void> {
  reportError(error)
  // Where inputs could not be read, the step never began, and everything is unchanged.
  if (!stepState(step)) recordBegin(action, step, mutates)
  const budgetSeconds = step.signal.aborted ? interruptBudgetMs / 1000 : postBudgetSeconds
  const result = await undoStep(action, step, monotonicSeconds() + budgetSeconds)
  attempt(() => step.output('result', result))
  attempt(() => step.output('failure-code', codeOf(error)))
  const failure = asFailure(error)
  const reason = messageOf(failure)
  const remedy = failure instanceof Failure && failure.remedy !== undefined && { remedy: failure.remedy }
  const code = codeOf(error)
  step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy })
  core.exportVariable('BELAY_RESULT', jobResult(step.journal.read()))
  // A step that only reads is always `unchanged`; in the summary that would contradict the release's result.
  const outcomeText = mutates ? `: ${result}` : ''
  step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${codeBlock(reason)}`)
}

function elapsed(began: number): number {
  return Math.round((monotonicSeconds() - began) * 100) / 100
}
