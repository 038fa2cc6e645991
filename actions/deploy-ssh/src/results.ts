import { type Journal, type MainOutcome, messageOf, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import type { Move, RecordEvent, Result, Serving } from '@belay/release-model'
import type { DeployStep } from './undo.ts'

/** A release by both its names; both empty for none, and where it is not known. */
export interface ReleaseName {
  readonly id: string
  readonly version: string
}

/** What became of a host in this step: an entry of the output `hosts`. */
export interface HostResult {
  readonly host: string
  /** As the output `result`, for this host alone. */
  readonly state: Result
  /** The last phase that it came to: `preflight`, `upload`, `check`, … */
  readonly phase: string
  /** The first line of what went wrong there; empty where nothing did. */
  readonly error: string
  /**
   * What was committed there when the step began, and what is live there after it. Where a rollback took back what this
   * job had released: that, and what serves again. Both empty where a slot without traffic went back.
   */
  readonly before: ReleaseName
  readonly after: ReleaseName
  /** Milliseconds from the start of the step to the last thing that was seen of this host. */
  readonly ms: number
}

const noRelease: ReleaseName = { id: '', version: '' }

/** What is known of each host so far. Every change writes the output anew: the last one holds, also where main fails. */
export class HostResults {
  readonly #rows: Map<string, HostResult>
  readonly #step: DeployStep
  readonly #began = monotonicSeconds()
  #content = noRelease
  #hasFailed = false
  #isRolledBack = false

  constructor(step: DeployStep, hosts: readonly string[]) {
    this.#step = step
    this.#rows = new Map(
      hosts.map((host) => [
        host,
        { host, state: 'unchanged', phase: '', error: '', before: noRelease, after: noRelease, ms: 0 },
      ]),
    )
    this.#write()
  }

  /** What every host had committed before. */
  setBefore(
    observed: readonly { readonly host: string; readonly committed: string; readonly version: string }[],
  ): void {
    for (const { host, committed: id, version } of observed) {
      const release = id === '' ? noRelease : { id, version }
      this.#update(host, { before: release, after: release })
    }
    this.#write()
  }

  /** The release that the hosts are to serve. */
  setGoal(release: ReleaseName): void {
    this.#content = { id: release.id, version: release.version }
  }

  /** Follows the phases that the record is told of. */
  record(event: RecordEvent): void {
    // What follows a failure is the way back; a host may begin it before main has heard of it.
    if (event.event !== 'phase' || event.phase === 'undo' || this.#hasFailed) return
    for (const { host } of this.#of(event.host)) this.#update(host, { phase: event.phase })
  }

  /** What this job had released went back, on these hosts, and this step changes nothing beyond that. */
  setRolledBack(hosts: readonly string[], moves: Readonly<Record<string, Move>>): void {
    this.#isRolledBack = true
    for (const host of hosts) {
      const { from, to } = moves[host] ?? {}
      this.#update(host, { state: 'rolled-back', before: nameOf(to), after: nameOf(from) })
    }
    this.#write()
  }

  setEnded({ result }: MainOutcome, moved: boolean): void {
    if (this.#isRolledBack) return
    for (const { host, before } of this.#of())
      this.#update(host, { state: result, after: moved && isLive(result) ? this.#content : before })
    this.#write()
  }

  setFailed(error: unknown): void {
    this.#hasFailed = true
    const lines = messageOf(error).split('\n')
    const of = ({ host }: HostResult) => lines.find((line) => line.includes(`${host}: `) || line.includes(`${host} `))
    const named = this.#of().some((row) => of(row) !== undefined)
    for (const row of this.#of()) {
      const line = named ? (of(row) ?? '') : (lines[0] ?? '')
      this.#update(row.host, { error: line.replace(/^ *- /, '').replace(`${row.host}: `, '') })
    }
    this.#write()
  }

  /** How hosts that went back ended; `nameOf` names a host among the targets. */
  setOutcomes(outcomes: readonly TargetOutcome[], nameOf: (host: string) => string): void {
    for (const { host, before } of this.#of()) {
      const outcome = outcomes.find(({ target }) => target === nameOf(host))
      if (!outcome) continue
      const known = outcome.result === 'rolled-back' || outcome.result === 'unchanged'
      this.#update(host, {
        state: outcome.result,
        after: known ? before : outcome.result === 'committed' ? this.#content : noRelease,
        ...(!known && outcome.result !== 'committed' && { error: outcome.detail }),
      })
    }
    this.#write()
  }

  #of(host?: string): HostResult[] {
    return [...this.#rows.values()].filter((row) => host === undefined || row.host === host)
  }

  #update(host: string, change: Partial<HostResult>): void {
    const row = this.#rows.get(host)
    if (row) this.#rows.set(host, { ...row, ...change, ms: Math.round((monotonicSeconds() - this.#began) * 1000) })
  }

  #write(): void {
    this.#step.output('hosts', JSON.stringify([...this.#rows.values()]))
  }
}

function nameOf(serving: Serving | undefined): ReleaseName {
  return serving?.release ? { id: serving.release, version: serving.version } : noRelease
}

function isLive(result: Result): boolean {
  return result === 'pending' || result === 'committed'
}

const byJournal = new WeakMap<Journal, HostResults>()

/** The results of this process's step; none in its post, and for commands that release nothing. */
export function resultsOf({ journal }: Pick<DeployStep, 'journal'>): HostResults | undefined {
  return byJournal.get(journal)
}

/** Runs what releases something, and keeps the output `hosts` at what is known of each host, however it ends. */
export async function withResults(
  step: DeployStep,
  hosts: readonly string[],
  slots: boolean,
  release: (step: DeployStep) => Promise<MainOutcome>,
): Promise<MainOutcome> {
  const results = new HostResults(step, hosts)
  byJournal.set(step.journal, results)
  const record = (event: RecordEvent) => {
    results.record(event)
    step.record(event)
  }
  try {
    const outcome = await release({ ...step, record })
    // A slot that is filled has no traffic yet.
    results.setEnded(outcome, !slots)
    return outcome
  } catch (error) {
    results.setFailed(error)
    throw error
  }
}
