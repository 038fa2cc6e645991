import type { JobResult } from '@belay/workflow-runner'
import type { Fault } from '../fault.ts'

/** How far the runner saw a step come. `ended`: its main ended well; `at work`: the runner was lost under it. */
export type Progress = 'not begun' | 'ended' | 'failed' | 'killed' | 'interrupted' | 'at work'

/** How the main of a step ended. A fault that only reports it as failed strikes after its work has ended well. */
export function progressOf(job: JobResult | undefined, path: string | undefined, fault: Fault | undefined): Progress {
  const main = job?.steps.find((step) => step.path === path && step.stage === 'main')
  if (!main) return 'not begun'
  if (fault?.kind === 'break' && fault.step === path && main.outcome === 'failure') return 'ended'
  switch (main.outcome) {
    case 'skipped':
      return 'not begun'
    case 'success':
      return 'ended'
    case 'cancelled':
      return 'interrupted'
    case 'lost':
      return 'at work'
    case 'failure':
      return main.end?.signal === 'SIGKILL' ? 'killed' : 'failed'
  }
}
