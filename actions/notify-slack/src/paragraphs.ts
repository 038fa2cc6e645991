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

/** `qa · acme-api → 3f2a9c1 · running`; where it is too long the middle is cut, never how it ended. */
export function headline(story: Story, dialect: Dialect, max: number): string {
  const before = `${icons[story.ending]} ${story.environment ? `${dialect.plain(story.environment, 50)} · ` : ''}`
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

const sentences: Record<Ending, string> = {
  running: 'At work.',
  nothing: 'This job changed nothing.',
  noop: 'Already live, committed and healthy: nothing was done.',
  superseded: 'A newer release is live already: this one was passed over.',
  committed: 'The new release serves and stays.',
  partly: 'What is committed stays, but not everything was released.',
  unchanged: 'It ended before anything was changed.',
  'rolled-back': 'Taken back: what was there before is there again.',
  'undo-started': 'The hosts were told to go back, but nobody saw them arrive. Look at them.',
  unknown: 'Nobody could see how this ended. Look at the hosts.',
  mixed: 'Old and new stand side by side, or a host could not be looked at. Look at those named below.',
}

function verdict(story: Story, dialect: Dialect): Paragraph {
  const { failures, decision, status, ending } = story
  const reasons = failures.map((stage) => tellFailure(stage, dialect))
  if (status === 'failure' && reasons.length === 0)
    reasons.push('The step that failed is not one of Belay: the run shows it.')
  if (status === 'cancelled') reasons.push('The job was cancelled.')
  if (decision) {
    const word = dialect.bold(decision.decision === 'commit' ? 'commit' : 'undo')
    reasons.push(`Decision: ${word}, because ${dialect.plain(decision.why, longest.reason)}.`)
  }
  return {
    about: 'why',
    head: `${dialect.bold(capital(endingWord(story)))}. ${sentences[ending]}`,
    items: reasons,
  }
}

/** What was reached is reached, also where the job failed afterwards; that is said beside it. */
function endingWord({ ending, status }: Story): string {
  const reached = ending === 'committed' || ending === 'noop' || ending === 'partly'
  if (!reached || status === 'success') return wordOf(ending)
  return `${wordOf(ending)}, job ${status === 'cancelled' ? 'cancelled' : 'failed'}`
}

function tellFailure(stage: Stage, dialect: Dialect): string {
  const who = `✗ ${dialect.bold(dialect.plain(stage.name, longest.name))}${ofService(stage, dialect)}`
  if (stage.state === 'stopped') return `${who} was stopped before its end.`
  if (stage.reason === undefined) return `${who} failed for a reason that Belay did not foresee; the job log has it.`
  const code = stage.code ? ` ${dialect.code(stage.code, longest.name)}` : ''
  return `${who} failed:${code} ${dialect.plain(stage.reason, longest.reason)}`
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
    const previous = target.previous ? ` to ${dialect.code(target.previous, longest.version)}` : ''
    const detail = target.detail ? ` – ${dialect.plain(target.detail, longest.note)}` : ''
    return `${dialect.plain(target.name, longest.name)}: ${dialect.bold(wordOf(target.result))}${previous}${detail}`
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
