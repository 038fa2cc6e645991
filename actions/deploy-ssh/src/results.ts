import {
  type JobEvent,
  type Journal,
  type MainOutcome,
  messageOf,
  monotonicSeconds,
  type TargetOutcome,
} from '@belay/action-kit'
import type { Move, Result, Serving } from '@belay/release-model'
import type { DeployStep } from './undo.ts'

/** A release by both its names; both empty for none, and where it is not known. */
export interface ReleaseName {
  readonly id: string
  readonly version: string
}

/** The result of a host in this step: an entry of the output `hosts`. */
export interface HostResult {
  readonly host: string
  /** As the output `result`, for this host only. */
  readonly state: Result
  /** The last phase that it came to: `preflight`, `upload`, `check`, … */
  readonly phase: string
  /** The first line of the error there; empty without one. */
  readonly error: string
  /**
   * What was committed there when the step began, and what is live there after it. Where a rollback undid a release of
   * this job: that release, and the one that serves again. Both empty where an idle slot was undone.
   */
  readonly before: ReleaseName
  readonly after: ReleaseName
  /** Milliseconds from the start of the step to the last event of this host. */
  readonly ms: number
}

const noRelease: ReleaseName = { id: '', version: '' }

/** What is known of each host so far. Every change rewrites the output, so that it is right also where main fails. */
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

  /** Follows the phases among the events of the step. */
  record(event: JobEvent): void {
    // Phases after a failure belong to the undo, which a host may begin before main knows of the failure.
    if (event.event !== 'phase' || event.phase === 'undo' || this.#hasFailed) return
    for (const { host } of this.#of(event.host)) this.#update(host, { phase: event.phase })
  }

  /** The release of an earlier step of this job was undone on these hosts, and this step changes nothing more. */
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

  /** The outcomes of hosts after an undo; `nameOf` names a host among the targets. */
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

/** Runs a command that releases, and keeps the output `hosts` up to date, whatever the outcome. */
export async function withResults(
  step: DeployStep,
  hosts: readonly string[],
  fillsSlots: boolean,
  release: (step: DeployStep) => Promise<MainOutcome>,
): Promise<MainOutcome> {
  const results = new HostResults(step, hosts)
  byJournal.set(step.journal, results)
  const record = (event: JobEvent) => {
    results.record(event)
    step.record(event)
  }
  try {
    const outcome = await release({ ...step, record })
    // A filled slot has no traffic yet.
    results.setEnded(outcome, !fillsSlots)
    return outcome
  } catch (error) {
    results.setFailed(error)
    throw error
  }
}
