import type { Markup } from './markup.ts'
import { conclusionWord, type ReleaseReport } from './release-report.ts'
import type { Conclusion, ServiceReport, TargetReport } from './services.ts'
import type { StepReport } from './step-reports.ts'

/** One section of the report: its topic, a heading and the lines below it, all rendered in one markup. */
export interface Section {
  readonly topic: string
  readonly heading: string
  readonly items: readonly string[]
}

/** Maximum lengths of untrusted texts, in characters as written: no single text may push the rest out of a message. */
const maxLengths = { name: 80, version: 80, reason: 500, note: 400 }
/** Hosts and warnings that are listed one by one; the others are counted. */
const maxTargets = 20
const maxWarnings = 5
const maxErrors = 5
const maxServing = 3

/** `qa · acme-api → 3f2a9c1 · running`; if it is too long the middle is cut, never the conclusion. */
export function headline(report: ReleaseReport, markup: Markup, max: number): string {
  const before = `${iconOf(report)} ${report.environment ? `${markup.plain(report.environment, 50)} · ` : ''}`
  const after = ` · ${conclusionText(report)}`
  return `${before}${markup.plain(report.subject, max - before.length - after.length)}${after}`
}

/** The sections, most important first. */
export function reportSections(report: ReleaseReport, markup: Markup): Section[] {
  return [
    conclusionSection(report, markup),
    ...report.services.map((service) => serviceSection(service, markup)),
    ...otherStepsSection(report, markup),
    ...warningsSection(report, markup),
  ]
}

/** Link to the run, job and actor. */
export function footer({ run }: ReleaseReport, markup: Markup): string {
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : ''
  const label = `${run.repository} run ${run.id}${attempt}`
  return `${markup.link(label.slice(0, 200), run.url)} · job ${markup.plain(run.job, maxLengths.name)} · by ${markup.plain(run.actor, maxLengths.name)}`
}

const icons: Record<Conclusion, string> = {
  running: '⏳',
  nothing: '⚪',
  noop: '✅',
  superseded: '⏭️',
  committed: '✅',
  partly: '⚠️',
  unchanged: '❌',
  'rolled-back': '↩️',
  'undo-started': '⚠️',
  unknown: '⚠️',
  mixed: '🚨',
}

function iconOf({ conclusion, isRollback }: ReleaseReport): string {
  return isRollback && conclusion === 'committed' ? '⏪' : icons[conclusion]
}

const conclusionSentences: Record<Conclusion, string> = {
  running: 'In progress.',
  nothing: 'This job changed nothing.',
  noop: 'Already live, committed and healthy: nothing was done.',
  superseded: 'A newer release is already live: this one was superseded.',
  committed: 'The release is live and committed.',
  partly: 'Only a part was released. The committed part stays.',
  unchanged: 'The job ended before it changed anything.',
  'rolled-back': 'What this job changed was undone.',
  'undo-started': 'The hosts are rolling back, but their outcome is not known. Inspect them.',
  unknown: 'The outcome is not known. Inspect the hosts.',
  mixed:
    'The old and the new version serve side by side, or a host could not be inspected. Inspect the hosts named below.',
}

function conclusionSection(report: ReleaseReport, markup: Markup): Section {
  const { failures, decision, status, conclusion } = report
  const reasons = failures.flatMap((step) => failureLines(step, markup))
  if (status === 'failure' && reasons.length === 0)
    reasons.push(`${capitalize(markup.plain(report.externalFailure))}; the run shows which one, and why.`)
  if (status === 'cancelled') reasons.push('The job was cancelled.')
  // Without a change there was nothing to decide.
  if (decision && !['unchanged', 'nothing', 'noop'].includes(conclusion)) {
    const word = markup.bold(decision.decision === 'commit' ? 'commit' : 'undo')
    reasons.push(`Decision: ${word}, because ${markup.plain(decision.why, maxLengths.reason)}.`)
  }
  return {
    topic: 'why',
    heading: `${markup.bold(capitalize(conclusionText(report)))}. ${servingText(report, markup)}`,
    items: reasons,
  }
}

/** The versions that serve now; with a sentence before them unless they are the whole result. */
function servingText({ conclusion, serving, isRollback }: ReleaseReport, markup: Markup): string {
  const sentence =
    isRollback && conclusion === 'running' ? 'Rolling back to an older release.' : conclusionSentences[conclusion]
  const named = serving.slice(0, maxServing).map((text) => `${markup.plain(text, maxLengths.reason)}.`)
  if (serving.length > maxServing) named.push(`The other ${serving.length - maxServing} services are below.`)
  if (named.length === 0) return sentence
  return conclusion === 'committed' || conclusion === 'rolled-back' ? named.join(' ') : [sentence, ...named].join(' ')
}

/** A commit stays a commit if the job failed afterwards; both are shown. */
function conclusionText({ conclusion, status, isRollback }: ReleaseReport): string {
  const reached = conclusion === 'committed' || conclusion === 'noop' || conclusion === 'partly'
  const word = isRollback && conclusion === 'committed' ? 'rollback committed' : conclusionWord(conclusion)
  if (!reached || status === 'success') return word
  return `${word}, job ${status === 'cancelled' ? 'cancelled' : 'failed'}`
}

/** The whole error: what is wrong, each unusable input, and how to fix it. */
function failureLines(step: StepReport, markup: Markup): string[] {
  const label = `✗ ${markup.bold(markup.plain(step.name, maxLengths.name))}${ofService(step, markup)}`
  if (step.state === 'stopped') return [`${label} was stopped before it finished.`]
  if (step.reason === undefined) return [`${label} failed with an unexpected error; see the job log.`]
  const code = step.code ? ` ${markup.code(step.code, maxLengths.name)}` : ''
  const errors = step.errors.slice(0, maxErrors).map((text) => markup.plain(text, maxLengths.note))
  const rest = step.errors.length - errors.length
  return [
    `${label} failed:${code} ${markup.plain(step.reason, maxLengths.reason)}`,
    ...errors,
    ...(rest > 0 ? [`… and ${rest} more in the job log`] : []),
    ...(step.remedy ? [`How to fix: ${markup.plain(step.remedy, maxLengths.note)}`] : []),
  ]
}

function ofService({ service }: StepReport, markup: Markup): string {
  return service ? ` of ${markup.plain(service, maxLengths.name)}` : ''
}

function serviceSection(service: ServiceReport, markup: Markup): Section {
  const version = service.version ? ` → ${markup.code(service.version, maxLengths.version)}` : ''
  const place = service.environment ? ` in ${markup.plain(service.environment, maxLengths.name)}` : ''
  const name = markup.bold(markup.plain(service.name, maxLengths.name))
  return {
    topic: markup.plain(service.name, maxLengths.name),
    heading: `${icons[service.conclusion]} ${name}${version}${place}: ${markup.bold(conclusionWord(service.conclusion))}`,
    items: [...service.steps.map((step) => stepLine(step, markup)), ...targetLines(service.targets, markup)],
  }
}

const stepMarks: Record<StepReport['state'], string> = { running: '…', ok: '✓', failed: '✗', stopped: '✗' }

function stepLine(step: StepReport, markup: Markup): string {
  const parts = [`${stepMarks[step.state]} ${markup.plain(step.name, maxLengths.name)}`]
  if (step.state === 'running') parts.push('in progress')
  if (step.state === 'stopped') parts.push('stopped before it finished')
  if (step.seconds !== undefined) parts.push(duration(step.seconds))
  if (step.gate) parts.push(markup.plain(step.gate, maxLengths.note))
  if (step.result && !['pending', 'unchanged'].includes(step.result))
    parts.push(conclusionWord(finalResult(step.result)))
  return parts.join(' · ')
}

function finalResult(result: NonNullable<StepReport['result']>): Conclusion {
  return result === 'pending' ? 'unknown' : result
}

function targetLines(targets: readonly TargetReport[], markup: Markup): string[] {
  const lines = targets.slice(0, maxTargets).map((target) => {
    const detail = target.detail ? ` – ${markup.plain(target.detail, maxLengths.note)}` : ''
    return `${markup.plain(target.name, maxLengths.name)}: ${markup.bold(conclusionWord(target.result))}${detail}`
  })
  const rest = targets.slice(maxTargets)
  return rest.length > 0 ? [...lines, `… and ${rest.length} more hosts: ${count(rest)}`] : lines
}

/** `7 committed, 3 rolled back` */
function count(targets: readonly TargetReport[]): string {
  const byWord = Map.groupBy(targets, ({ result }) => conclusionWord(result))
  return [...byWord].map(([word, some]) => `${some.length} ${word}`).join(', ')
}

function otherStepsSection({ otherSteps }: ReleaseReport, markup: Markup): Section[] {
  if (otherSteps.length === 0) return []
  const items = otherSteps.map((step) => stepLine(step, markup))
  return [{ topic: 'other steps', heading: markup.bold('Other steps'), items }]
}

function warningsSection({ warnings }: ReleaseReport, markup: Markup): Section[] {
  if (warnings.length === 0) return []
  const lines = warnings.slice(0, maxWarnings).map((text) => `⚠️ ${markup.plain(text, maxLengths.note)}`)
  const rest = warnings.length - lines.length
  const items = rest > 0 ? [...lines, `… and ${rest} more in the job log`] : lines
  return [{ topic: 'warnings', heading: markup.bold('Warnings'), items }]
}

/** `0.4 s`, `41 s`, `2 min 05 s` */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
