import { basename } from 'node:path'
import * as core from '@actions/core'
import { appendRecord, type RecordEvent, type Result, readRecord, type Serving, worst } from '@belay/release-model'
import type { Action, Outcome, Step } from './action.ts'
import { monotonicSeconds } from './clock.ts'
import { type Conclusion, conclude } from './conclusion.ts'
import { confirmAll, decideOnce, postsShareSeconds } from './decision.ts'
import { asFailure, codeOf, Failure, Interrupted, messageOf } from './failure.ts'
import { fromEnvironment, readInputs } from './inputs.ts'
import { interruptBudgetMs, interruptSignal } from './interrupt.ts'
import { currentRun, jobFolder } from './job.ts'
import {
  type JobState,
  type Journal,
  type JournalStep,
  jobResult,
  openJournal,
  releaseUnderWay,
  resultOf,
} from './journal.ts'
import { log } from './log.ts'
import { journalForPost, lossStory, noteEarlierLoss, noteLoss, refuseWithoutJournal } from './lost-journal.ts'
import { keptForPost, type MainState, mainState } from './main-state.ts'
import { needsUndo, type PostAction, postAction } from './post-action.ts'
import { sweepSecrets } from './secret-folder.ts'
import { codeBlock, keepSections, keptSections, plainMarkdown, writeSummary } from './summary.ts'

/**
 * Runs an action: one bundle for both stages of the runner. `main` does the work and undoes it if it fails; `post`
 * follows the decision of the job, and makes it if it is the first of a mutating action.
 */
export async function run<Inputs, Undo>(action: Action<Inputs, Undo>): Promise<void> {
  // Node would print it by itself, as it is.
  process.once('uncaughtException', (error) => {
    reportError(error)
    process.exit(1)
  })
  try {
    if (process.platform !== 'linux')
      throw new Failure('platform', `Belay runs on Linux runners, not ${process.platform}.`)
    // A main that was killed while it logged in has left its key.
    sweepSecrets()
    if (isPost()) await post(action, mainState())
    else await main(action)
  } catch (error) {
    reportError(error)
    if (!isPost()) reportOutputs(error)
  }
  // A connection left open for later steps must not keep this process.
  process.exit()
}

/**
 * The runner says nowhere which stage it starts, and a main that was killed at once leaves no state to tell by. So
 * `post:` in action.yml names `dist/post.js`, which does nothing but import the one bundle.
 */
function isPost(): boolean {
  return basename(process.argv[1] ?? '') === 'post.js'
}

/** What went wrong, as an annotation. What no part of Belay foresaw comes with its stack, for those who repair it. */
function reportError(thrown: unknown): void {
  const error = asFailure(thrown)
  if (error instanceof Failure) {
    log.setFailed(error.message)
    return
  }
  log.setFailed(`${messageOf(error)}\n  This is a defect of Belay. Please report it with the lines of the log below.`)
  if (error instanceof Error) log.info(error.stack ?? '')
}

/** Where not even the journal could be written, or its end: later steps still read why. */
function reportOutputs(error: unknown): void {
  attempt(() => core.setOutput('failure-code', codeOf(error)))
  if (!process.env.BELAY_RESULT) attempt(() => core.exportVariable('BELAY_RESULT', 'unchanged'))
}

/** A full disk must not hide what happened before it. */
function attempt(write: () => void): void {
  try {
    write()
  } catch (error) {
    log.debug(messageOf(error))
  }
}

async function main<Inputs, Undo>(action: Action<Inputs, Undo>): Promise<void> {
  const opened = openJournal(jobFolder())
  const id = nextStep(opened, action.name)
  // Before inputs are read: post runs whatever happens from here on, and must find the journal.
  const journal = keptForPost(opened, id)
  noteEarlierLoss(journal, id)
  const { step, flush } = makeStep<Undo>(id, 'main', journal)
  const began = monotonicSeconds()
  const { transaction } = action
  // Until the inputs say otherwise: one that cannot read them would have changed something.
  let mutates = transaction !== undefined
  try {
    const inputs = readInputs((read) => action.inputs(read), fromEnvironment, {
      ...(action.variables && { variables: action.variables }),
      releaseTo: releaseUnderWay(journal.read())?.environment,
      note: step.info,
    })
    mutates = transaction?.mutates(inputs) ?? false
    const service = transaction?.service(inputs)
    if (transaction && mutates) refuseTooLate(journal, transaction.startsAfterFailure(inputs))
    begin(action, journal, id, mutates, service)
    step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) })
    core.exportVariable('BELAY_RESULT', jobResult(journal.read()))
    step.output('failure-code', '')
    const outcome = await action.main(inputs, step)
    if (step.signal.aborted) throw new Interrupted()
    endWell(step, outcome, began)
  } catch (error) {
    await endBadly(action, step, error, began, mutates)
  } finally {
    flush()
  }
}

function begin<Inputs, Undo>(
  { name, end }: Action<Inputs, Undo>,
  journal: Journal,
  step: string,
  mutates: boolean,
  service?: string,
): void {
  const closes = (mutates || end !== undefined) && { closes: true as const }
  journal.append({ step, event: 'began', action: name, mutates, ...(service && { service }), ...closes })
}

/** A mutating step changes nothing after a failure, nor once something of this job has begun to return by itself. */
function refuseTooLate(journal: Journal, startsAfterFailure: boolean): void {
  const status = process.env['INPUT_JOB-STATUS'] || 'success'
  if (status !== 'success' && !startsAfterFailure)
    throw new Failure('job-failed', `An earlier step of this job ended as ${status}; nothing more is changed.`)
  refuseWithoutJournal(journal)
  const { alone } = journal.read()
  if (alone) throw new Failure('not-alone', `${alone.step} must be the only change of its job: ${alone.why}`)
  refuseAfterReturn(journal)
}

/** @throws Failure `window-passed` where hosts armed by this job have begun to return by themselves. */
export function refuseAfterReturn(journal: Journal): void {
  const { returnsAt } = journal.read()
  if (returnsAt === undefined || monotonicSeconds() < returnsAt) return
  throw new Failure(
    'window-passed',
    'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.',
    'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.',
  )
}

function endWell<Undo>(step: Step<Undo>, outcome: Outcome, began: number): void {
  step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result })
  step.output('result', outcome.result)
  step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) })
  // `undo: false` and rollback are final at the end of their own main: no post has to say so.
  core.exportVariable('BELAY_RESULT', jobResult(step.journal.read()))
}

async function endBadly<Inputs, Undo>(
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  error: unknown,
  began: number,
  mutates: boolean,
): Promise<void> {
  reportError(error)
  const { journal } = step
  // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
  if (!find(step)) begin(action, journal, step.id, mutates)
  const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : postsShareSeconds
  const result = await undoNow(action, step, monotonicSeconds() + hurry)
  attempt(() => step.output('result', result))
  attempt(() => step.output('failure-code', codeOf(error)))
  journal.append({ step: step.id, event: 'ended', ok: false, result })
  core.exportVariable('BELAY_RESULT', jobResult(journal.read()))
  const failure = asFailure(error)
  const reason = messageOf(failure)
  const remedy = failure instanceof Failure && failure.mend !== undefined && { remedy: failure.mend }
  const code = codeOf(error)
  step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy })
  // What only reads always leaves everything as it was; said of it, that would contradict what became of the release.
  const became = mutates ? `: ${result}` : ''
  step.summary(`**${action.name} failed** (\`${code}\`)${became}\n\n${codeBlock(reason)}`)
}

/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
async function undoNow<Inputs, Undo>(action: Action<Inputs, Undo>, step: Step<Undo>, until: number): Promise<Result> {
  const me = find(step)
  if (me?.undo === undefined || !action.transaction) return 'unchanged'
  try {
    const settled = await action.transaction.undo(me.undo as Undo, step, until)
    step.settle(settled)
    for (const one of settled) {
      log.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`)
      step.record({ event: 'settled', ...one })
    }
    return worst(settled.map(({ result }) => result))
  } catch (error) {
    log.error(`Rollback failed: ${messageOf(error)}`)
    return 'mixed'
  }
}

async function post<Inputs, Undo>(action: Action<Inputs, Undo>, state: MainState | undefined): Promise<void> {
  if (!state) return log.info('The main stage was stopped before it did anything; there is nothing to do.')
  const journal = journalForPost(openJournal(state.folder), state)
  noteLoss(journal, state)
  const { step, flush } = makeStep<Undo>(state.step, 'post', journal)
  try {
    if (action.transaction && (state.mutates || find(step)?.mutates)) await follow(action, step)
    else await action.end?.(step)
  } catch (error) {
    // An action that only reads tells what others did; it must not change what that is.
    if (state.mutates || find(step)?.mutates) throw error
    log.warning(messageOf(error))
  } finally {
    attempt(() => sayLoss(action.name, step, state))
    await action.transaction?.close(step).catch((error: unknown) => log.debug(messageOf(error)))
    flush()
  }
}

/** A job that changed production and lost its journal is red, and says what is left behind. */
function sayLoss<Undo>(action: string, step: Step<Undo>, state: MainState): void {
  const { damaged } = step.journal.read()
  if (damaged === undefined || !state.mutates) return
  const story = lossStory(action, step.journal, damaged, state)
  log.setFailed(story)
  step.summary(`**${action}**: the journal was lost\n\n${codeBlock(story)}`)
}

/** Follows the decision of the job: everything is confirmed at once, or this step undoes its own; then the result. */
async function follow<Inputs, Undo>(action: Action<Inputs, Undo>, step: Step<Undo>): Promise<void> {
  const { journal } = step
  const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success'
  const keeper = action.transaction?.keeper(step)
  if (!keeper) return
  const { decided, here } = await decideOnce(journal, step.id, jobStatus, keeper, monotonicSeconds())
  if (here) step.record({ event: 'decided', decision: decided.decision, why: decided.why })
  log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`)

  if (decided.decision === 'commit')
    for (const settled of await confirmAll(journal, step.id, keeper)) step.record({ event: 'settled', ...settled })
  await doPostAction(postAction(journal.read(), find(step), decided.decision), action, step, decided.until)
  const job = journal.read()
  const mine = find(step)
  core.exportVariable('BELAY_RESULT', jobResult(job))
  step.record({ event: 'result', result: jobResult(job) })
  step.summary(outcomeTable(action.name, decided.why, mine))
  if (isFirstChange(job, step.id)) for (const one of conclusionsOf(step, jobStatus)) annotate(one)
  if (job.damaged === undefined) complain(mine ? resultOf(mine) : 'unknown', decided, jobStatus)
}

async function doPostAction<Inputs, Undo>(
  doing: PostAction,
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  until: number,
): Promise<void> {
  const end = (ok: boolean, result: Result) => step.journal.append({ step: step.id, event: 'ended', ok, result })
  if (doing === 'nothing') return
  if (doing === 'mark-committed') return end(true, 'committed')
  if (doing === 'mark-superseded') return end(true, 'superseded')
  if (doing === 'mark-unchanged') return end(false, 'unchanged')
  const result = await undoNow(action, step, shareOf(step.journal, until))
  // The result of what was armed is its targets'.
  if (find(step)?.armed.length === 0) end(false, result)
}

/** Posts run in reverse order: once the first change of the job is settled, all of them are. */
function isFirstChange({ steps }: JobState, id: string): boolean {
  return steps.find(({ mutates }) => mutates)?.id === id
}

function conclusionsOf({ journal }: Pick<Step, 'journal'>, status: string): Conclusion[] {
  return conclude({ job: journal.read(), record: readRecord(journal.recordPath), status, actor: currentRun().actor })
}

/** The one annotation of a job that says which version serves now. */
function annotate({ result, text }: Conclusion): void {
  if (result === 'committed') log.notice(text, { title: 'Released' })
  else log.error(text, { title: titles[result] ?? 'Inspect what serves' })
}

const titles: Partial<Record<Result, string>> = { 'rolled-back': 'Rolled back', unchanged: 'Not released' }

/** A job that ends other than its steps promised is red, whatever the workflow tolerates. */
function complain(result: Result, decided: { decision: string; why: string }, jobStatus: string): void {
  if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
    log.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`)
  else if (decided.decision === 'undo' && jobStatus === 'success')
    log.setFailed(`The release was rolled back, because ${decided.why}.`)
}

/** The posts of a job share one span of time; each may use what is left, divided by the steps still to be undone. */
function shareOf(journal: Journal, until: number): number {
  const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length
  const left = Math.max(5, until - monotonicSeconds())
  return monotonicSeconds() + left / Math.max(1, waiting)
}

function outcomeTable(action: string, why: string, step: JournalStep | undefined): string {
  const rows = (step?.settled ?? []).map(
    ({ target, result, detail, stays }) =>
      `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`,
  )
  const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : ''
  return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`
}

function find<Undo>(step: Step<Undo>): JournalStep | undefined {
  return step.journal.read().steps.find(({ id }) => id === step.id)
}

function nextStep(journal: Journal, action: string): string {
  const earlier = journal.read().steps.filter((step) => step.action === action).length
  return `${action}-${earlier + 1}`
}

function elapsed(began: number): number {
  return Math.round((monotonicSeconds() - began) * 100) / 100
}

function makeStep<Undo>(id: string, stage: 'main' | 'post', journal: Journal): { step: Step<Undo>; flush: () => void } {
  const sections: string[] = []
  const record = (event: RecordEvent) => appendRecord(journal.recordPath, id, event)
  const step: Step<Undo> = {
    id,
    stage,
    journal,
    signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
    record,
    output: (name, value) => core.setOutput(name, value),
    summary: (markdown) => sections.push(markdown),
    info: (text) => log.info(text),
    warn(text, host) {
      log.warning(host ? `${host}: ${text}` : text)
      record({ event: 'note', level: 'warning', text, ...(host && { host }) })
    },
    save: (undo) => journal.append({ step: id, event: 'saved', undo }),
    arm(targets, seconds) {
      journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: monotonicSeconds() + seconds })
      const moved = targets.flatMap(({ name, move }): [string, Serving][] => (move ? [[name, move.from]] : []))
      record({ event: 'armed', hosts: targets.map(({ name }) => name), seconds, previous: Object.fromEntries(moved) })
    },
    settle: (settled) => journal.append({ step: id, event: 'settled', settled: [...settled] }),
  }
  return { step, flush: () => flushSections(step, sections) }
}

/** The last post of the job writes the summary of all its steps, what serves above; without one each writes its own. */
function flushSections<Undo>({ id, stage, journal }: Step<Undo>, sections: readonly string[]): void {
  const job = journal.read()
  const last = job.steps.find(({ closes }) => closes)?.id
  // A journal that lost something does not know its last post any more.
  const alone = job.damaged !== undefined || last === undefined
  if (alone) writeSummary(sections)
  else keepSections(journal, stage, sections)
  if (stage === 'main' || last !== id) return
  const serves = conclusionsOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success')
  writeSummary([...serves.map(({ text }) => `**${plainMarkdown(text)}**`), ...keptSections(journal)])
}

/** A post is never interrupted by the runner; a stray Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts(): AbortSignal {
  interruptSignal()
  return new AbortController().signal
}
