import type { RecordLine } from '@belay/action-kit'
import type { StepReport } from './step-reports.ts'

/** One phase of a step, or a whole step that has none, in milliseconds since 1970. */
export interface PhaseTime {
  /** What it is a phase of: an action, with its service where the job has several; or the end of the job. */
  readonly part: string
  readonly phase: string
  readonly from: number
  /** When the next phase began. Undefined where the record has no end of it, as of a step that was stopped. */
  readonly to: number | undefined
  readonly failed: boolean
}

/** The phases after the last step, which matter however short they are. */
export const endOfJob = 'end of the job'

/** When each phase of these steps ran, and the end of the job, as far as the record says. Pure. */
export function phaseTimes(
  record: readonly RecordLine[],
  steps: readonly Pick<StepReport, 'step' | 'name' | 'service'>[],
): PhaseTime[] {
  const hasSeveral = new Set(steps.map(({ service }) => service)).size > 1
  const decided = record.find(({ event }) => event === 'decided')?.at ?? ''
  const ofSteps = steps.flatMap(({ step, name, service }) => {
    const part = hasSeveral && service ? `${name} ${service}` : name
    return timesOfStep(
      part,
      record.filter((line) => line.step === step),
      decided,
    )
  })
  return [...ofSteps, ...timeOfEnd(record)]
}

/** `decided`: when posts began; empty where none did. */
function timesOfStep(part: string, lines: readonly RecordLine[], decided: string): readonly PhaseTime[] {
  const [began] = lines
  if (began?.event !== 'step-began') return []
  const ended = lines.findIndex(({ event }) => event === 'step-ended')
  const stopped = lines.findIndex(({ at }) => decided !== '' && at >= decided)
  const count = ended >= 0 ? ended + 1 : stopped >= 0 ? stopped : lines.length
  const [main, post] = [lines.slice(0, count), lines.slice(count)]
  const phasesIn = (stage: readonly RecordLine[]) => stage.filter((line) => line.event === 'phase')
  const inMain = phasesIn(main)
  const end = main.at(-1)
  // A main that fails undoes its changes before it ends.
  const failing = end?.event === 'step-ended' && !end.ok && (inMain.findLast(({ phase }) => phase !== 'undo') ?? began)

  const timeOf = (line: RecordLine, end: RecordLine | undefined): PhaseTime => ({
    part,
    phase: line.event === 'phase' ? line.phase : began.action,
    from: Date.parse(line.at),
    to: end && Date.parse(end.at),
    failed: end === undefined || line === failing,
  })
  return [
    ...(inMain.length > 0 ? inMain : [began]).map((line) => timeOf(line, nextOf(line, main))),
    // A step writes its last line when it has confirmed or undone.
    ...phasesIn(post).map((line) => timeOf(line, nextOf(line, post) ?? post.at(-1))),
  ].reduce(join, [])
}

/**
 * The line with which a phase ended: the next phase of its host, or of all hosts. The last phase of a host ends at the
 * latest with the next phase of another one, as where services are released one after another, or with the main.
 */
function nextOf(began: RecordLine, stage: readonly RecordLine[]): RecordLine | undefined {
  const later = stage.slice(stage.indexOf(began) + 1).filter(({ event }) => event === 'phase' || event === 'step-ended')
  const host = hostOf(began)
  const own = later.find((line) => line.event === 'phase' && [host, ''].includes(hostOf(line)))
  return (host !== '' && own) || later[0]
}

function hostOf(line: RecordLine): string {
  return (line.event === 'phase' && line.host) || ''
}

/** What several hosts do at the same time is one phase. */
function join(times: readonly PhaseTime[], next: PhaseTime): readonly PhaseTime[] {
  const at = times.findIndex(({ phase, to }) => phase === next.phase && to !== undefined && to >= next.from)
  const same = times[at]
  if (!same) return [...times, next]
  const to = next.to && same.to && Math.max(next.to, same.to)
  return times.with(at, { ...same, to, failed: same.failed || next.failed })
}

/** From the decision to the last outcome of a target. */
function timeOfEnd(record: readonly RecordLine[]): PhaseTime[] {
  const decided = record.find(({ event }) => event === 'decided')
  if (decided?.event !== 'decided') return []
  const outcomes = record.flatMap((line) => (line.event === 'outcome' && line.at >= decided.at ? line : []))
  const last = outcomes.at(-1)
  if (!last) return []
  const phase = decided.decision === 'commit' ? 'confirm' : 'undo'
  const failed = outcomes.some(({ result }) => ['mixed', 'unknown', 'undo-started'].includes(result))
  return [{ part: endOfJob, phase, from: Date.parse(decided.at), to: Date.parse(last.at), failed }]
}
