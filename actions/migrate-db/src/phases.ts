import { monotonicSeconds, type Step } from '@belay/action-kit'

export type Phase = 'wait' | 'lock' | 'inspect' | 'tool' | 'lint' | 'backup' | 'apply' | 'verify' | 'unlock'

/** Runs phases one after the other, and measures each. */
export interface PhaseTimer {
  run<T>(phase: Phase, task: () => Promise<T>): Promise<T>
  /** `wait 0.1 s, lock 0.0 s, …` of the phases that began. */
  text(): string
}

export function phaseTimer<Undo>(step: Step<Undo>): PhaseTimer {
  const seconds: [Phase, number][] = []
  return {
    async run(phase, task) {
      step.record({ event: 'phase', phase })
      const began = monotonicSeconds()
      try {
        return await task()
      } finally {
        seconds.push([phase, monotonicSeconds() - began])
      }
    },
    text: () => seconds.map(([phase, took]) => `${phase} ${took.toFixed(1)} s`).join(', '),
  }
}
