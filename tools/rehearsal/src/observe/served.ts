import { setTimeout as sleep } from 'node:timers/promises'
import type { Lane, Serves, Span } from '../report/model.ts'
import { tagOf, type Version } from '../version.ts'

/** One place of a service whose answers are watched during a run. */
export interface Target {
  readonly service: string
  /** `host-1`, `host-1, slot 5001`; empty where the service is in one place only. */
  readonly place: string
  /** A slot, which may be stopped while the other one has the traffic. */
  readonly isSlot?: boolean
  /** The commit that it reports, or what it says without one; undefined: nothing answers. */
  ask(): Promise<string | undefined>
}

/** What a target answered at a moment. */
export interface Sample {
  readonly at: number
  readonly answer: string | undefined
}

/** The versions that a run is about. */
export interface Versions {
  readonly version: Version
  /** What served before, by service. */
  readonly before: Readonly<Record<string, Version | undefined>>
}

/** Milliseconds between two questions to one target, at least. */
const askEveryMs = 250
/** A question that takes long costs the machine something, or is slow because the machine has no more to give. */
const restPerAsk = 4

/** Asks every target until it is stopped: from outside, and each on its own, so that one that hangs delays no other. */
export function watchTargets(targets: readonly Target[], versions: Versions): { stop(): Promise<Lane[]> } {
  const ended = new AbortController()
  const watched = targets.map(async (target): Promise<Lane> => {
    const samples: Sample[] = []
    while (!ended.signal.aborted) {
      const at = Date.now()
      samples.push({ at, answer: await target.ask().catch((error) => `no answer (${error})`) })
      const tookMs = Date.now() - at
      const rest = Math.max(askEveryMs - tookMs, restPerAsk * tookMs)
      await sleep(rest, undefined, { signal: ended.signal }).catch(() => {})
    }
    const { service, place, isSlot } = target
    const name = place ? `${service} on ${place}` : service
    return { target: name, spans: spansOf(samples, Date.now(), classifier(service, versions, isSlot)) }
  })
  return {
    stop() {
      ended.abort()
      return Promise.all(watched)
    },
  }
}

/** Joins equal answers that follow each other. An answer holds until the next question. Pure. */
export function spansOf(
  samples: readonly Sample[],
  end: number,
  classify: (answer: string | undefined) => Pick<Span, 'serves' | 'answer'>,
): Span[] {
  const spans: Span[] = []
  for (const [index, { at, answer }] of samples.entries()) {
    const to = samples[index + 1]?.at ?? end
    const last = spans.at(-1)
    const one = { from: at, to, ...classify(answer) }
    if (last && last.serves === one.serves && last.answer === one.answer) spans[spans.length - 1] = { ...last, to }
    else spans.push(one)
  }
  return spans
}

/** Tells the version before a run from that of the run, for a service. Pure. */
export function classifier(service: string, { version, before }: Versions, isSlot = false) {
  const old = before[service]
  const silent: Serves = isSlot || !old ? 'empty' : 'nothing'
  return (answer: string | undefined): { serves: Serves; answer: string } => {
    if (answer === undefined) return { serves: silent, answer: 'nothing answers' }
    if (old && answer === old.sha) return { serves: 'old', answer: tagOf(old) }
    if (answer === version.sha) return { serves: 'new', answer: tagOf(version) }
    // An answer without a commit is the proxy's, or an error: the service itself is not there.
    return /^[0-9a-f]{40}$/.test(answer) ? { serves: 'other', answer } : { serves: silent, answer }
  }
}
