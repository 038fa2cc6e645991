import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import type { Fault } from '../../src/fault.ts'

/** What goes wrong in a run: a fault, or steps that fail by themselves. */
export interface Wrong {
  readonly fault?: Fault | undefined
  readonly fails?: readonly string[]
}

/** The jobs of a run as the runner sees them, where one thing goes wrong. `needs`: jobs without which others do not start. */
export function observed(
  steps: readonly string[],
  { fault, fails = [] }: Wrong,
  needs: Readonly<Record<string, string>> = {},
): Record<string, JobResult> {
  const jobs: Record<string, JobResult> = {}
  let isCancelled = false
  for (const [job, own] of Map.groupBy(steps, (step) => step.slice(0, step.indexOf('/')))) {
    const needed = jobs[needs[job] ?? '']
    const starts: boolean = !isCancelled && (!needed || needed.conclusion === 'success')
    jobs[job] = starts ? runJob(own, fault, fails) : ended(isCancelled ? 'cancelled' : 'skipped', [])
    isCancelled ||= jobs[job].conclusion === 'cancelled'
  }
  return jobs
}

function runJob(steps: readonly string[], fault: Fault | undefined, fails: readonly string[]): JobResult {
  let conclusion: StepOutcome = 'success'
  const results: StepResult[] = []
  for (const path of steps) {
    // Nothing runs on a runner that is lost.
    if (conclusion === 'lost') break
    const outcome: StepOutcome = conclusion === 'success' ? outcomeOf(path, fault, fails) : 'skipped'
    const isKilled = fault?.kind === 'kill' && fault.step === path
    results.push({
      path,
      stage: 'main',
      outcome,
      conclusion: outcome,
      end: { code: null, signal: isKilled ? 'SIGKILL' : null },
    } as StepResult)
    if (outcome !== 'skipped') conclusion = outcome
  }
  return ended(conclusion, results)
}

function outcomeOf(path: string, fault: Fault | undefined, fails: readonly string[]): StepOutcome {
  if (fault?.step === path)
    return ({ break: 'failure', kill: 'failure', cancel: 'cancelled', loseRunner: 'lost' } as const)[fault.kind]
  return fails.includes(path) ? 'failure' : 'success'
}

function ended(conclusion: StepOutcome, steps: StepResult[]): JobResult {
  return { conclusion, steps, outputs: {}, env: {}, recorded: {} } as unknown as JobResult
}
