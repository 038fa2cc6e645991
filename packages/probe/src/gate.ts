import { type Clock, systemClock } from './clock.ts'
import type { InstanceHistory, ProbeResult, Sample } from './sample.ts'
import { type Evaluation, evaluateAtDeadline, evaluateEarly, evaluateWatch } from './verdict.ts'

/** One measurement. Ends at once when the signal is aborted, with the result so far; never rejects. */
export type Probe = (signal: AbortSignal) => Promise<ProbeResult>

/** One address or endpoint of a target that is probed on its own. */
export interface Instance {
  readonly name: string
  readonly address: string
  /** Of a metric: what it must be. */
  readonly condition?: string
  readonly probe: Probe
}

/** What a user named, such as a URL. It has one or more instances, which must be found first. */
export interface GateTarget {
  readonly name: string
  /** Called until it finds instances; like a probe it ends with the signal and never rejects. */
  find(signal: AbortSignal): Promise<FoundInstances | { readonly missing: ProbeResult }>
}

export interface FoundInstances {
  readonly instances: readonly Instance[]
  /** Instances that cannot be probed from this machine, each with the reason. */
  readonly skipped: readonly string[]
}

export interface GateRules {
  /** Passes in a row that every instance must show. */
  readonly successes: number
  /** From the start of one probe of an instance to the start of the next. */
  readonly intervalMs: number
  /** Of one probe. */
  readonly timeoutMs: number
  /** Of the whole. */
  readonly deadlineMs: number
  /** A watch lasts until the deadline: it does not pass before, and fails after `successes` failures in a row. */
  readonly isWatch?: true
}

export interface GateObserver {
  sample?(name: string, sample: Sample, before: Sample | undefined): void
  skipped?(text: string): void
}

export interface GateReport extends Evaluation {
  /** How many probes ended, including those that searched for instances. */
  readonly attempts: number
  readonly histories: readonly InstanceHistory[]
  readonly skipped: readonly string[]
}

interface OpenHistory extends InstanceHistory {
  readonly samples: Sample[]
}

/**
 * Probes every instance of every target until the verdict is certain or the deadline is reached, and returns at that
 * moment. An instance has one probe at a time; a probe that the end cuts off is not a sample. An instance that has
 * passed is still probed until all have passed: it may fail again.
 * @throws the signal's reason when it is aborted.
 */
export async function runGate(
  targets: readonly GateTarget[],
  rules: GateRules,
  signal: AbortSignal,
  observer: GateObserver = {},
  clock: Clock = systemClock,
): Promise<GateReport> {
  const began = clock.now()
  const end = new AbortController()
  const ended = AbortSignal.any([signal, end.signal])
  // A target stands for its instances until they are found.
  const histories = new Map<GateTarget, OpenHistory[]>(targets.map((target) => [target, [openHistory(target)]]))
  const all = () => [...histories.values()].flat()
  const skipped: string[] = []
  let attempts = 0
  let evaluated: Evaluation | undefined

  try {
    await Promise.all([waitForDeadline(), ...targets.map(watch)])
  } finally {
    end.abort()
  }
  signal.throwIfAborted()
  return { ...(evaluated ?? evaluateAtDeadline(all(), rules.successes)), attempts, histories: all(), skipped }

  async function waitForDeadline(): Promise<void> {
    await clock.sleep(rules.deadlineMs, ended)
    end.abort()
  }

  async function watch(target: GateTarget): Promise<void> {
    const found = await find(target)
    const open = found.map((instance) => ({ history: openHistory(target, instance), probe: instance.probe }))
    if (open.length === 0) return
    histories.set(
      target,
      open.map(({ history }) => history),
    )
    await Promise.all(open.map(({ history, probe }) => repeat(history, probe)))
  }

  async function find(target: GateTarget): Promise<readonly Instance[]> {
    let instances: readonly Instance[] = []
    const [history = openHistory(target)] = histories.get(target) ?? []
    await repeat(history, async (attempt) => {
      const found = await target.find(attempt)
      if ('missing' in found) return found.missing
      instances = found.instances
      for (const text of found.skipped) {
        skipped.push(text)
        observer.skipped?.(text)
      }
      return undefined
    })
    return instances
  }

  /** Takes samples until the gate ends, or until `measure` returns none. */
  async function repeat(history: OpenHistory, measure: (attempt: AbortSignal) => Promise<ProbeResult | undefined>) {
    while (!ended.aborted) {
      const started = clock.now()
      const result = await within(rules.timeoutMs, measure)
      if (ended.aborted || result === undefined) return
      const sample = { ...result, startedMs: started - began, ms: clock.now() - started }
      const before = history.samples.at(-1)
      history.samples.push(sample)
      attempts += 1
      observer.sample?.(history.name, sample, before)
      evaluated = (rules.isWatch ? evaluateWatch : evaluateEarly)(all(), rules.successes)
      if (evaluated) return end.abort()
      await clock.sleep(Math.max(0, started + rules.intervalMs - clock.now()), ended)
    }
  }

  async function within<T>(ms: number, measure: (attempt: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController()
    const done = new AbortController()
    void clock.sleep(ms, AbortSignal.any([ended, done.signal])).then(() => late.abort())
    try {
      return await measure(AbortSignal.any([ended, late.signal]))
    } finally {
      done.abort()
    }
  }
}

function openHistory({ name: target }: GateTarget, instance?: Instance): OpenHistory {
  const { name = target, address = '', condition } = instance ?? {}
  return { name, target, address, ...(condition !== undefined && { condition }), samples: [] }
}
