import type { Markup } from './markup.ts'
import { conclusionWord, type ReleaseReport } from './release-report.ts'
import type { Ending, ServiceStory, TargetStory } from './services.ts'
import type { Stage } from './stages.ts'

/** A thing told: what it is about, a line, and the lines that belong to it. All written in a dialect. */
export interface Section {
  readonly topic: string
  readonly heading: string
  readonly items: readonly string[]
}

/** Lengths of what others wrote, in characters as written: no single text may push the rest out of a message. */
const maxLengths = { name: 80, version: 80, reason: 500, note: 400 }
/** Hosts and warnings told one by one; the others are counted. */
const maxTargets = 20
const maxWarnings = 5
const maxErrors = 5
const maxServing = 3

/** `qa · acme-api → 3f2a9c1 · running`; where it is too long the middle is cut, never how it ended. */
export function headline(report: ReleaseReport, markup: Markup, max: number): string {
  const before = `${iconOf(report)} ${report.environment ? `${markup.plain(report.environment, 50)} · ` : ''}`
  const after = ` · ${conclusionText(report)}`
  return `${before}${markup.plain(report.subject, max - before.length - after.length)}${after}`
}

/** What happened, in the order of its weight. */
export function reportSections(report: ReleaseReport, markup: Markup): Section[] {
  return [
    conclusionSection(report, markup),
    ...report.services.map((service) => serviceSection(service, markup)),
    ...otherStepsSection(report, markup),
    ...warningsSection(report, markup),
  ]
}

/** Where to look further. */
export function footer({ run }: ReleaseReport, markup: Markup): string {
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : ''
  const label = `${run.repository} run ${run.id}${attempt}`
  return `${markup.link(label.slice(0, 200), run.url)} · job ${markup.plain(run.job, maxLengths.name)} · by ${markup.plain(run.actor, maxLengths.name)}`
}

const icons: Record<Ending, string> = {
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

const conclusionSentences: Record<Ending, string> = {
  running: 'At work.',
  nothing: 'This job changed nothing.',
  noop: 'Already live, committed and healthy: nothing was done.',
  superseded: 'A newer release is live already: this one was passed over.',
  committed: 'The release serves and stays.',
  partly: 'What is committed stays, but not everything was released.',
  unchanged: 'It ended before anything was changed.',
  'rolled-back': 'What this job changed was undone.',
  'undo-started': 'The hosts are rolling back; the end was not seen. Inspect them.',
  unknown: 'The end was not seen. Inspect the hosts.',
  mixed: 'Old and new serve side by side, or a host could not be inspected. Inspect those named below.',
}

function conclusionSection(report: ReleaseReport, markup: Markup): Section {
  const { failures, decision, status, conclusion } = report
  const reasons = failures.flatMap((step) => failureLines(step, markup))
  if (status === 'failure' && reasons.length === 0)
    reasons.push(`${capitalize(markup.plain(report.externalFailure))}; the run shows which one, and why.`)
  if (status === 'cancelled') reasons.push('The job was cancelled.')
  // Where nothing was changed there was nothing to decide.
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

/** Versions say more than any sentence; where they are not the whole of it, both stand there. */
function servingText({ conclusion, serving, isRollback }: ReleaseReport, markup: Markup): string {
  const sentence =
    isRollback && conclusion === 'running' ? 'Going back to an older release.' : conclusionSentences[conclusion]
  const named = serving.slice(0, maxServing).map((text) => `${markup.plain(text, maxLengths.reason)}.`)
  if (serving.length > maxServing) named.push(`The other ${serving.length - maxServing} services are below.`)
  if (named.length === 0) return sentence
  return conclusion === 'committed' || conclusion === 'rolled-back' ? named.join(' ') : [sentence, ...named].join(' ')
}

/** What was reached is reached, also where the job failed afterwards; that is said beside it. */
function conclusionText({ conclusion, status, isRollback }: ReleaseReport): string {
  const reached = conclusion === 'committed' || conclusion === 'noop' || conclusion === 'partly'
  const word = isRollback && conclusion === 'committed' ? 'went back' : conclusionWord(conclusion)
  if (!reached || status === 'success') return word
  return `${word}, job ${status === 'cancelled' ? 'cancelled' : 'failed'}`
}

/** The whole error: what is wrong, each input by its name, and how to fix it. */
function failureLines(step: Stage, markup: Markup): string[] {
  const who = `✗ ${markup.bold(markup.plain(step.name, maxLengths.name))}${ofService(step, markup)}`
  if (step.state === 'stopped') return [`${who} was stopped before its end.`]
  if (step.reason === undefined) return [`${who} failed for a reason that Belay did not foresee; the job log has it.`]
  const code = step.code ? ` ${markup.code(step.code, maxLengths.name)}` : ''
  const errors = step.errors.slice(0, maxErrors).map((text) => markup.plain(text, maxLengths.note))
  const rest = step.errors.length - errors.length
  return [
    `${who} failed:${code} ${markup.plain(step.reason, maxLengths.reason)}`,
    ...errors,
    ...(rest > 0 ? [`… and ${rest} more in the job log`] : []),
    ...(step.remedy ? [`How to fix: ${markup.plain(step.remedy, maxLengths.note)}`] : []),
  ]
}

function ofService({ service }: Stage, markup: Markup): string {
  return service ? ` of ${markup.plain(service, maxLengths.name)}` : ''
}

function serviceSection(service: ServiceStory, markup: Markup): Section {
  const version = service.version ? ` → ${markup.code(service.version, maxLengths.version)}` : ''
  const place = service.environment ? ` in ${markup.plain(service.environment, maxLengths.name)}` : ''
  const name = markup.bold(markup.plain(service.name, maxLengths.name))
  return {
    topic: markup.plain(service.name, maxLengths.name),
    heading: `${icons[service.ending]} ${name}${version}${place}: ${markup.bold(conclusionWord(service.ending))}`,
    items: [...service.stages.map((step) => stepLine(step, markup)), ...targetLines(service.targets, markup)],
  }
}

const stepMarks: Record<Stage['state'], string> = { running: '…', ok: '✓', failed: '✗', stopped: '✗' }

function stepLine(step: Stage, markup: Markup): string {
  const parts = [`${stepMarks[step.state]} ${markup.plain(step.name, maxLengths.name)}`]
  if (step.state === 'running') parts.push('at work')
  if (step.state === 'stopped') parts.push('stopped before its end')
  if (step.seconds !== undefined) parts.push(duration(step.seconds))
  if (step.gate) parts.push(markup.plain(step.gate, maxLengths.note))
  if (step.result && !['pending', 'unchanged'].includes(step.result))
    parts.push(conclusionWord(finalResult(step.result)))
  return parts.join(' · ')
}

function finalResult(result: NonNullable<Stage['result']>): Ending {
  return result === 'pending' ? 'unknown' : result
}

function targetLines(targets: readonly TargetStory[], markup: Markup): string[] {
  const lines = targets.slice(0, maxTargets).map((target) => {
    const detail = target.detail ? ` – ${markup.plain(target.detail, maxLengths.note)}` : ''
    return `${markup.plain(target.name, maxLengths.name)}: ${markup.bold(conclusionWord(target.result))}${detail}`
  })
  const rest = targets.slice(maxTargets)
  return rest.length > 0 ? [...lines, `… and ${rest.length} more hosts: ${count(rest)}`] : lines
}

/** `7 committed, 3 rolled back` */
function count(targets: readonly TargetStory[]): string {
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
