import type { JobOptions } from './fixture.ts'
import type { Pause } from './pause.ts'

/** Holds the main of a step right after it has recorded this phase, and does `inject` there. `step`: `release/api`. */
export function atPhase(step: string, phase: string, inject: Pause['inject']): JobOptions {
  return { pause: { step, stage: 'main', match: { event: 'phase', phase }, inject } }
}

/** The runner disappears once the targets of the step are armed. */
export function loseRunnerOnceArmed(step = 'release/api'): JobOptions {
  return atPhase(step, 'armed', (controller) => controller.loseRunner())
}
