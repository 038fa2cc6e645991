import type { WorkloadState } from './outcome.ts'
import { workloadName } from './rollout.ts'

/** Seconds from one line to the next. */
const quietSeconds = 2

/** Says how far the workloads are: one line when a count changed, and none too often. */
export class Progress {
  readonly #say: (line: string) => void
  #said = new Map<string, string>()
  #saidAt = Number.NEGATIVE_INFINITY

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** `last`: nothing follows, so that the line does not wait. */
  report(workloads: readonly WorkloadState[], now: number, last = false): void {
    if (!last && now - this.#saidAt < quietSeconds) return
    const changed = workloads
      .map((one): [string, string] => [workloadName(one), progressText(one)])
      .filter(([name, text]) => this.#said.get(name) !== text)
    if (changed.length === 0) return
    for (const [name, text] of changed) this.#said.set(name, text)
    this.#saidAt = now
    this.#say(changed.map(([name, text]) => `${name}: ${text}`).join('; '))
  }
}

/** `2 of 3 new pods are ready, 1 old pod is left`. Pure. */
export function progressText({ kind, wanted, ready, updated, old, complete }: WorkloadState): string {
  if (kind === 'Job') {
    if (complete) return 'complete'
    return updated > 0 ? `running, ${ready} of ${wanted} complete` : 'not started'
  }
  const left = old === 0 ? '' : `, ${old} old ${old === 1 ? 'pod is' : 'pods are'} left`
  return `${ready} of ${wanted} new ${wanted === 1 ? 'pod is' : 'pods are'} ready${left}${complete ? ', complete' : ''}`
}
