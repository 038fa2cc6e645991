import { type Clock, realClock } from './clock.ts'
import type { Reading, Sample, Track } from './sample.ts'
import { type Judgement, judgeAtDeadline, judgeEarly } from './verdict.ts'

/** One measurement. Ends at once when the signal is aborted, with what it can say by then; never rejects. */
export type Probe = (signal: AbortSignal) => Promise<Reading>

/** One place that answers for itself. */
export interface Instance {
  readonly name: string
  readonly place: string
  readonly probe: Probe
}

/** What a user named: a thing that has one instance or several, which must be found first. */
export interface Target {
  readonly name: string
  /** Asked until it finds; like a probe it heeds the signal and never rejects. */
  find(signal: AbortSignal): Promise<Found | { readonly missing: Reading }>
}

export interface Found {
  readonly instances: readonly Instance[]
  /** What belongs to the target and cannot be probed from this machine, each with the reason. */
  readonly leftOut: readonly string[]
}

export interface Rules {
  /** Passes in a row that every instance must show. */
  readonly successes: number
  /** From the start of one probe of an instance to the start of its next. */
  readonly intervalMs: number
  /** Of one probe. */
  readonly timeoutMs: number
  /** Of the whole. */
  readonly deadlineMs: number
}

export interface Watcher {
  sample?(name: string, sample: Sample, before: Sample | undefined): void
  leftOut?(text: string): void
}

export interface Report extends Judgement {
  /** How many probes ended, those that looked for instances included. */
  readonly attempts: number
  readonly tracks: readonly Track[]
  readonly leftOut: readonly string[]
}

interface OpenTrack extends Track {
  readonly samples: Sample[]
}

/**
 * Probes every instance of every target until the verdict is certain or the deadline is there, and returns at that
 * moment. One probe at a time an instance; a probe that the end cuts off is no sample. An instance that has passed is
 * probed on until all have: it may fall back meanwhile.
 * @throws the signal's reason when it is aborted.
 */
export async function runGate(
  targets: readonly Target[],
  rules: Rules,
  signal: AbortSignal,
  watcher: Watcher = {},
  clock: Clock = realClock,
): Promise<Report> {
  const began = clock.now()
  const end = new AbortController()
  const ended = AbortSignal.any([signal, end.signal])
  // A target stands for its instances until they are found.
  const tracks = new Map<Target, OpenTrack[]>(targets.map((target) => [target, [openTrack(target)]]))
  const all = () => [...tracks.values()].flat()
  const leftOut: string[] = []
  let attempts = 0
  let judgement: Judgement | undefined

  try {
    await Promise.all([waitForDeadline(), ...targets.map(watch)])
  } finally {
    end.abort()
  }
  signal.throwIfAborted()
  return { ...(judgement ?? judgeAtDeadline(all(), rules.successes)), attempts, tracks: all(), leftOut }

  async function waitForDeadline(): Promise<void> {
    await clock.sleep(rules.deadlineMs, ended)
    end.abort()
  }

  async function watch(target: Target): Promise<void> {
    const found = await find(target)
    const open = found.map((instance) => ({ track: openTrack(target, instance), probe: instance.probe }))
    if (open.length === 0) return
    tracks.set(
      target,
      open.map(({ track }) => track),
    )
    await Promise.all(open.map(({ track, probe }) => repeat(track, probe)))
  }

  async function find(target: Target): Promise<readonly Instance[]> {
    let instances: readonly Instance[] = []
    const [track = openTrack(target)] = tracks.get(target) ?? []
    await repeat(track, async (attempt) => {
      const found = await target.find(attempt)
      if ('missing' in found) return found.missing
      instances = found.instances
      for (const text of found.leftOut) {
        leftOut.push(text)
        watcher.leftOut?.(text)
      }
      return undefined
    })
    return instances
  }

  /** Takes samples until the gate ends, or until there is none to take. */
  async function repeat(track: OpenTrack, measure: (attempt: AbortSignal) => Promise<Reading | undefined>) {
    while (!ended.aborted) {
      const started = clock.now()
      const reading = await within(rules.timeoutMs, measure)
      if (ended.aborted || reading === undefined) return
      const sample = { ...reading, startedMs: started - began, ms: clock.now() - started }
      const before = track.samples.at(-1)
      track.samples.push(sample)
      attempts += 1
      watcher.sample?.(track.name, sample, before)
      judgement = judgeEarly(all(), rules.successes)
      if (judgement) return end.abort()
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

function openTrack({ name: target }: Target, { name, place } = { name: target, place: '' }): OpenTrack {
  return { name, target, place, samples: [] }
}
