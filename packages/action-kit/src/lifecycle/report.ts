import * as core from '@actions/core'
import type { Result } from '@belay/release-model'
import type { Step } from '../action.ts'
import { asFailure, codeOf, Failure, messageOf } from '../failure.ts'
import { currentRun } from '../job.ts'
import { type JournalStep, resultOf } from '../job-state.ts'
import { log } from '../log.ts'
import { lossReport } from '../lost-journal.ts'
import type { MainState } from '../main-state.ts'
import { type ServiceOutcome, serviceOutcomes } from '../service-outcome.ts'
import { codeBlock, plainMarkdown, type Section, savedSections, saveSections, writeSummary } from '../summary.ts'

/** Reports an error as an annotation; one that is a bug in Belay also with its stack. */
export function reportError(thrown: unknown): void {
  const error = asFailure(thrown)
  if (error instanceof Failure) {
    log.setFailed(error.message)
    return
  }
  log.setFailed(`${messageOf(error)}\n  This is a bug in Belay. Please report it with the log lines below.`)
  if (error instanceof Error) log.info(error.stack ?? '')
}

/** For an error that may have kept the journal from being written: later steps can still read the failure code. */
export function reportOutputs(error: unknown): void {
  attempt(() => core.setOutput('failure-code', codeOf(error)))
  if (!process.env.BELAY_RESULT) attempt(() => core.exportVariable('BELAY_RESULT', 'unchanged'))
}

/** A full disk must not hide what happened before it. */
export function attempt(write: () => void): void {
  try {
    write()
  } catch (error) {
    log.debug(messageOf(error))
  }
}

/** A job that changed production and lost its journal fails, and says what is left behind. */
export function reportLoss<Undo>(action: string, step: Step<Undo>, state: MainState): void {
  const { damaged } = step.journal.read()
  if (damaged === undefined || !state.mutates) return
  const report = lossReport(action, step.journal, damaged, state)
  log.setFailed(report)
  step.summary(`**${action}**: the journal was lost\n\n${codeBlock(report)}`)
}

export function serviceOutcomesOf({ journal }: Pick<Step, 'journal'>, status: string): ServiceOutcome[] {
  return serviceOutcomes({
    job: journal.read(),
    record: journal.record(),
    status,
    actor: currentRun().actor,
  })
}

/** Writes the one annotation of a job that says which version serves now. */
export function annotate({ result, text }: ServiceOutcome): void {
  if (result === 'committed') log.notice(text, { title: 'Released' })
  else log.error(text, { title: titles[result] ?? 'Check which version serves' })
}

const titles: Partial<Record<Result, string>> = { 'rolled-back': 'Rolled back', unchanged: 'Not released' }

/** Fails a job that ends other than its steps promised, whatever the workflow tolerates. */
export function failOnBadOutcome(result: Result, decided: { decision: string; why: string }, jobStatus: string): void {
  if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
    log.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`)
  else if (decided.decision === 'undo' && jobStatus === 'success')
    log.setFailed(`The release was rolled back, because ${decided.why}.`)
}

export function outcomeTable(action: string, why: string, step: JournalStep | undefined): string {
  const rows = (step?.outcomes ?? []).map(
    ({ target, result, detail, stays }) =>
      `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`,
  )
  const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : ''
  return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`
}

/**
 * The last post of the job writes the summary of all steps: first which version serves, in the report of the job where a
 * step writes one and knows it; then outcomes and details. Without a last post each step writes its own.
 */
export function flushSections<Undo>({ id, stage, journal }: Step<Undo>, sections: readonly Section[]): void {
  const job = journal.read()
  const last = job.steps.find(({ closes }) => closes)?.id
  // A damaged journal no longer knows the last post.
  const isAlone = job.damaged !== undefined || last === undefined
  if (isAlone) writeSummary(sections.map(({ markdown }) => markdown))
  else saveSections(journal, sections)
  if (stage === 'main' || last !== id) return
  const report = savedSections(journal, 'first')
  const serves = serviceOutcomesOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success')
    .map(({ text }) => plainMarkdown(text))
    .filter((text) => !report.some((section) => section.includes(text)))
  writeSummary([
    ...serves.map((text) => `**${text}**`),
    ...report,
    ...savedSections(journal, 'post'),
    ...savedSections(journal, 'main'),
  ])
}
