import { type JournalLine, type RecordLine, recordLineOf } from '@belay/action-kit'
import type { RunEvent, StepResult, StepStage } from '@belay/workflow-runner'
import { faultWords } from '../fault.ts'
import type { Moment, Phase, StepReport } from './model.ts'
import { recordText } from './record-text.ts'

/** What a run did, as the runner saw it. */
export interface Recorded {
  readonly steps: readonly StepReport[]
  readonly moments: readonly Moment[]
}

/** What is known of a step that runs. A composite runs while its nested steps do. */
interface Running {
  readonly from: number
  readonly phases: Phase[]
  readonly notes: string[]
}

/** Remembers the steps of a run with their times, and what changed its course. */
export function openRecorder(now: () => number = Date.now): { onEvent(event: RunEvent): void; recorded(): Recorded } {
  const steps: StepReport[] = []
  const moments: Moment[] = []
  const running = new Map<string, Running>()
  const key = (path: string, stage: StepStage) => `${stage} ${path}`
  const begun = (path: string, stage: StepStage) => running.get(key(path, stage))
  const moment = (kind: Moment['kind'], text: string) => void moments.push({ at: now(), kind, text })

  function note(path: string, stage: StepStage, text: string): void {
    const notes = begun(path, stage)?.notes
    if (notes && !notes.includes(text)) notes.push(text)
  }

  function record(path: string, stage: StepStage, entry: RecordLine): void {
    if (entry.event === 'phase') begun(path, stage)?.phases.push({ at: now(), name: entry.phase, host: entry.host })
    if (entry.event === 'decided') moment('decision', `decision: ${entry.decision}, because ${entry.why}`)
    if (entry.event === 'armed') moment('armed', `${entry.hosts.join(', ')}: ${recordText(entry)}`)
    const text = recordText(entry)
    if (text) note(path, stage, text)
  }

  function end({ path, stage, outcome, log }: StepResult): void {
    const { from, phases, notes } = begun(path, stage) ?? { from: now(), phases: [], notes: [] }
    running.delete(key(path, stage))
    if (outcome === 'skipped') return
    // The composites around a step fail with it.
    const isFirst = !steps.some((one) => one.outcome === 'failure' && one.path.startsWith(`${path}/`))
    if (outcome === 'failure' && isFirst) moment('failure', `${path}${stage === 'post' ? ' (post)' : ''} failed`)
    steps.push({ path, stage, from, to: now(), outcome, phases, notes, log })
  }

  return {
    onEvent(event) {
      switch (event.type) {
        case 'job-end':
          return moment('job', `${event.job} ends: ${event.result.conclusion}`)
        case 'step-start':
          running.set(key(event.path, event.stage), { from: now(), phases: [], notes: [] })
          return
        case 'step-end':
          return end(event.result)
        case 'journal': {
          const entry = typeof event.line === 'object' ? recordLineOf(event.line as JournalLine) : undefined
          return entry && record(event.path, event.stage, entry)
        }
        case 'annotation':
          if (event.annotation.level === 'notice') return
          return note(event.path, event.stage, `${event.annotation.level}: ${event.annotation.message}`)
        case 'fault':
          return moment('fault', `${event.path}: ${faultWords[event.fault]}`)
      }
    },
    // Nested steps end before the composite around them: in the order in which they began, it stands above them.
    recorded: () => ({ steps: steps.toSorted((a, b) => a.from - b.from || depthOf(a) - depthOf(b)), moments }),
  }
}

function depthOf({ path }: StepReport): number {
  return path.split('/').length
}
