import type { FaultName, RunController, RunEvent, StepStage } from './events.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'

/** The step that gets each fault, by path. For a composite it is the nested step that runs at that moment. */
export interface Faults {
  /** The step is reported failed after its work ended well. */
  break?: string
  cancel?: string
  /** kill -9 of the step's process. */
  kill?: string
  loseRunner?: string
  /**
   * When cancel, kill and loseRunner are injected: at the first line that the step appends to the job's journal and that
   * `journal` accepts (default in main: `"event":"armed"`), else at the end of the stage. Where `journal` is given, a step
   * that is an action gets them at such a line or not at all; any other step, which has no journal, at its end.
   */
  at?: { stage: StepStage; journal?: (line: unknown) => boolean }
}

export interface FaultPlan {
  /** To be called for each line of the journal, while the step that wrote it runs. */
  atLine(path: string, stage: StepStage, line: unknown): void
  /**
   * To be called when a stage's work is over, before its result counts. `isAction`: the step may write to the journal.
   * Returns whether the stage is to be reported failed.
   */
  atEnd(path: string, stage: StepStage, isAction: boolean): boolean
  injected(): FaultName[]
}

export function createFaultPlan(faults: Faults, controller: RunController, emit: (event: RunEvent) => void): FaultPlan {
  const stage = faults.at?.stage ?? 'main'
  const accepts = faults.at?.journal ?? (stage === 'main' ? isArmed : () => false)
  const open = new Map(NAMES.flatMap((name) => (faults[name] === undefined ? [] : [[name, faults[name]] as const])))
  const inject = (name: FaultName, path: string, moment: 'journal' | 'end') => {
    open.delete(name)
    emit({ type: 'fault', fault: name, path, stage, moment })
    if (name !== 'break') controller[name]()
  }
  return {
    atLine(path, at, line) {
      if (at !== stage || !accepts(line)) return
      for (const [name, target] of [...open]) {
        if (name !== 'break' && (path === target || path.startsWith(`${target}/`))) inject(name, path, 'journal')
      }
    },
    atEnd(path, at, isAction) {
      if (at !== stage) return false
      const missed = isAction && faults.at?.journal !== undefined
      const due = [...open]
        .filter(([name, target]) => path === target && (name === 'break' || !missed))
        .map(([name]) => name)
      for (const name of due) inject(name, path, 'end')
      return due.includes('break')
    },
    injected: () => NAMES.filter((name) => faults[name] !== undefined && !open.has(name)),
  }
}

/** Refuses faults at steps that are not there. `open`: steps of `./` actions are known only when they run. */
export function checkFaults(faults: Faults, known: { paths: string[]; open: boolean }): void {
  if (known.open) return
  const problems = NAMES.filter((name) => faults[name] !== undefined && !known.paths.includes(faults[name])).map(
    (name) => `${name}: there is no step ${faults[name]}. The steps are: ${known.paths.join(', ')}`,
  )
  if (problems.length > 0) throw new UnsupportedWorkflow(problems)
}

const NAMES: FaultName[] = ['break', 'cancel', 'kill', 'loseRunner']

function isArmed(line: unknown): boolean {
  return typeof line === 'object' && line !== null && (line as { event?: unknown }).event === 'armed'
}
