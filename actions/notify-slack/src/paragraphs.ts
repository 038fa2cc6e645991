import type { Dialect } from './dialect.ts'
import { type Ending, type ServiceStory, type Stage, type Story, type TargetStory, wordOf } from './story.ts'

/** A thing told: what it is about, a line, and the lines that belong to it. All written in a dialect. */
export interface Paragraph {
  readonly about: string
  readonly head: string
  readonly items: readonly string[]
}

/** Lengths of what others wrote, in characters as written: no single text may push the rest out of a message. */
const longest = { name: 80, version: 80, reason: 500, note: 400 }
/** Hosts and warnings told one by one; the others are counted. */
const mostTargets = 20
const mostWarnings = 5
const mostErrors = 5
const mostServes = 3

/** `qa · acme-api → 3f2a9c1 · running`; where it is too long the middle is cut, never how it ended. */
export function headline(story: Story, dialect: Dialect, max: number): string {
  const before = `${iconOf(story)} ${story.environment ? `${dialect.plain(story.environment, 50)} · ` : ''}`
  const after = ` · ${endingWord(story)}`
  return `${before}${dialect.plain(story.subject, max - before.length - after.length)}${after}`
}

/** What happened, in the order of its weight. */
export function paragraphs(story: Story, dialect: Dialect): Paragraph[] {
  return [
    verdict(story, dialect),
    ...story.services.map((service) => tellService(service, dialect)),
    ...tellOthers(story, dialect),
    ...tellWarnings(story, dialect),
  ]
}

/** Where to look further. */
export function origin({ run }: Story, dialect: Dialect): string {
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : ''
  const label = `${run.repository} run ${run.id}${attempt}`
  return `${dialect.link(label.slice(0, 200), run.url)} · job ${dialect.plain(run.job, longest.name)} · by ${dialect.plain(run.actor, longest.name)}`
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

function iconOf({ ending, back }: Story): string {
  return back && ending === 'committed' ? '⏪' : icons[ending]
}

const sentences: Record<Ending, string> = {
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

function verdict(story: Story, dialect: Dialect): Paragraph {
  const { failures, decision, status, ending } = story
  const reasons = failures.flatMap((stage) => tellFailure(stage, dialect))
  if (status === 'failure' && reasons.length === 0)
    reasons.push(`${capital(dialect.plain(story.foreign))}; the run shows which one, and why.`)
  if (status === 'cancelled') reasons.push('The job was cancelled.')
  // Where nothing was changed there was nothing to decide.
  if (decision && !['unchanged', 'nothing', 'noop'].includes(ending)) {
    const word = dialect.bold(decision.decision === 'commit' ? 'commit' : 'undo')
    reasons.push(`Decision: ${word}, because ${dialect.plain(decision.why, longest.reason)}.`)
  }
  return {
    about: 'why',
    head: `${dialect.bold(capital(endingWord(story)))}. ${whatServes(story, dialect)}`,
    items: reasons,
  }
}

/** Versions say more than any sentence; where they are not the whole of it, both stand there. */
function whatServes({ ending, serves, back }: Story, dialect: Dialect): string {
  const sentence = back && ending === 'running' ? 'Going back to an older release.' : sentences[ending]
  const named = serves.slice(0, mostServes).map((text) => `${dialect.plain(text, longest.reason)}.`)
  if (serves.length > mostServes) named.push(`The other ${serves.length - mostServes} services are below.`)
  if (named.length === 0) return sentence
  return ending === 'committed' || ending === 'rolled-back' ? named.join(' ') : [sentence, ...named].join(' ')
}

/** What was reached is reached, also where the job failed afterwards; that is said beside it. */
function endingWord({ ending, status, back }: Story): string {
  const reached = ending === 'committed' || ending === 'noop' || ending === 'partly'
  const word = back && ending === 'committed' ? 'went back' : wordOf(ending)
  if (!reached || status === 'success') return word
  return `${word}, job ${status === 'cancelled' ? 'cancelled' : 'failed'}`
}

/** The whole error: what is wrong, each input by its name, and how to fix it. */
function tellFailure(stage: Stage, dialect: Dialect): string[] {
  const who = `✗ ${dialect.bold(dialect.plain(stage.name, longest.name))}${ofService(stage, dialect)}`
  if (stage.state === 'stopped') return [`${who} was stopped before its end.`]
  if (stage.reason === undefined) return [`${who} failed for a reason that Belay did not foresee; the job log has it.`]
  const code = stage.code ? ` ${dialect.code(stage.code, longest.name)}` : ''
  const errors = stage.errors.slice(0, mostErrors).map((text) => dialect.plain(text, longest.note))
  const rest = stage.errors.length - errors.length
  return [
    `${who} failed:${code} ${dialect.plain(stage.reason, longest.reason)}`,
    ...errors,
    ...(rest > 0 ? [`… and ${rest} more in the job log`] : []),
    ...(stage.remedy ? [`How to fix: ${dialect.plain(stage.remedy, longest.note)}`] : []),
  ]
}

function ofService({ service }: Stage, dialect: Dialect): string {
  return service ? ` of ${dialect.plain(service, longest.name)}` : ''
}

function tellService(service: ServiceStory, dialect: Dialect): Paragraph {
  const version = service.version ? ` → ${dialect.code(service.version, longest.version)}` : ''
  const place = service.environment ? ` in ${dialect.plain(service.environment, longest.name)}` : ''
  const name = dialect.bold(dialect.plain(service.name, longest.name))
  return {
    about: dialect.plain(service.name, longest.name),
    head: `${icons[service.ending]} ${name}${version}${place}: ${dialect.bold(wordOf(service.ending))}`,
    items: [...service.stages.map((stage) => tellStage(stage, dialect)), ...tellTargets(service.targets, dialect)],
  }
}

const marks: Record<Stage['state'], string> = { running: '…', ok: '✓', failed: '✗', stopped: '✗' }

function tellStage(stage: Stage, dialect: Dialect): string {
  const parts = [`${marks[stage.state]} ${dialect.plain(stage.name, longest.name)}`]
  if (stage.state === 'running') parts.push('at work')
  if (stage.state === 'stopped') parts.push('stopped before its end')
  if (stage.seconds !== undefined) parts.push(duration(stage.seconds))
  if (stage.gate) parts.push(dialect.plain(stage.gate, longest.note))
  if (stage.result && !['pending', 'unchanged'].includes(stage.result)) parts.push(wordOf(seenResult(stage.result)))
  return parts.join(' · ')
}

function seenResult(result: NonNullable<Stage['result']>): Ending {
  return result === 'pending' ? 'unknown' : result
}

function tellTargets(targets: readonly TargetStory[], dialect: Dialect): string[] {
  const told = targets.slice(0, mostTargets).map((target) => {
    const detail = target.detail ? ` – ${dialect.plain(target.detail, longest.note)}` : ''
    return `${dialect.plain(target.name, longest.name)}: ${dialect.bold(wordOf(target.result))}${detail}`
  })
  const rest = targets.slice(mostTargets)
  return rest.length > 0 ? [...told, `… and ${rest.length} more hosts: ${count(rest)}`] : told
}

/** `7 committed, 3 rolled back` */
function count(targets: readonly TargetStory[]): string {
  const byWord = Map.groupBy(targets, ({ result }) => wordOf(result))
  return [...byWord].map(([word, some]) => `${some.length} ${word}`).join(', ')
}

function tellOthers({ others }: Story, dialect: Dialect): Paragraph[] {
  if (others.length === 0) return []
  const items = others.map((stage) => tellStage(stage, dialect))
  return [{ about: 'other steps', head: dialect.bold('Other steps'), items }]
}

function tellWarnings({ warnings }: Story, dialect: Dialect): Paragraph[] {
  if (warnings.length === 0) return []
  const told = warnings.slice(0, mostWarnings).map((text) => `⚠️ ${dialect.plain(text, longest.note)}`)
  const rest = warnings.length - told.length
  const items = rest > 0 ? [...told, `… and ${rest} more in the job log`] : told
  return [{ about: 'warnings', head: dialect.bold('Warnings'), items }]
}

/** `0.4 s`, `41 s`, `2 min 05 s` */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
