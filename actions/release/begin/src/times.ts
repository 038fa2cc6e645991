import type { InputReader } from '@belay/action-kit'

/** A part of the time that passes between the change of a host and the end of the job. */
interface TimedPart {
  readonly what: string
  readonly seconds: number
}

/** The times of a release, in seconds, and what they depend on. */
export interface Times {
  readonly hasSlots: boolean
  /** A Job of the cluster waits, and no host: from the switch to the end. */
  readonly inCluster: boolean
  /** Compose waits for its containers before the check: as long as that may take. */
  readonly compose: boolean
  /** Whether the gate runs. */
  readonly gate: boolean
  readonly checkTimeout: number
  readonly gateDeadline: number
  readonly drainTimeout: number
  /** How many steps of weights there are. */
  readonly weights: number
  readonly hold: number
}

/**
 * How long Belay's own steps may take while a host waits for the end of the job. Without slots a host waits from the
 * swap on. With slots it waits twice: from the fill to the switch, and from the switch to the end. A cluster waits from the
 * switch on. Pure.
 */
export function waitsOf(times: Times): readonly (readonly TimedPart[])[] {
  const check = checkOf(times)
  const gate = times.gate ? [{ what: 'gate-deadline', seconds: times.gateDeadline }] : []
  if (times.inCluster) return [gate]
  if (!times.hasSlots) return [[check, ...gate]]
  const held = { what: `${times.weights} weights × hold ${times.hold} s`, seconds: times.weights * times.hold }
  const drain = { what: 'drain-timeout', seconds: times.drainTimeout }
  return [[check], [...(times.weights > 0 ? [held] : []), drain, ...gate]]
}

function checkOf({ compose, checkTimeout }: Times): TimedPart {
  if (!compose) return { what: 'check-timeout', seconds: checkTimeout }
  const what = `2 × check-timeout ${checkTimeout} s (the containers, then the check)`
  return { what, seconds: 2 * checkTimeout }
}

/** Refuses a confirm-timeout that may expire during Belay's own steps: hosts or cluster would roll back in the middle. */
export function readTimes(
  read: InputReader,
  release: Pick<Times, 'hasSlots' | 'inCluster' | 'gate'> & { waits: boolean },
): void {
  const weights = read.lines('weights').flatMap((line) => line.split(/[\s,]+/)).length
  const confirm = read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 })
  const waits = waitsOf({
    ...release,
    compose: read.text('restart').startsWith('compose:'),
    checkTimeout: read.seconds('check-timeout', { default: '60s', min: 1, max: 1800 }),
    gateDeadline: read.seconds('gate-deadline', { default: '2m', min: 1, max: 21_600 }),
    drainTimeout: read.seconds('drain-timeout', { default: '10s', min: 0, max: 3600 }),
    // nginx moves all traffic at once; there `weights` belongs to another service.
    weights: read.text('driver') === 'haproxy' ? weights : 0,
    hold: read.seconds('hold', { default: '30s', min: 1, max: 3600 }),
  })
  const longest = waits.map((spans) => ({ spans, seconds: sum(spans) })).sort((a, b) => b.seconds - a.seconds)[0]
  if (!release.waits || !longest || longest.seconds < confirm) return
  read.issue(
    'confirm-timeout',
    `is ${confirm} s, and Belay's own steps may take ${arithmetic(longest.spans)}`,
    `Give more than ${longest.seconds} s plus what your own later steps take, or shorten those steps. After this time the ${release.inCluster ? 'cluster moves the traffic' : 'hosts roll'} back.`,
  )
}

function sum(spans: readonly TimedPart[]): number {
  return spans.reduce((total, { seconds }) => total + seconds, 0)
}

/** `check-timeout 60 s + gate-deadline 120 s = 180 s` */
function arithmetic(spans: readonly TimedPart[]): string {
  const parts = spans.map(({ what, seconds }) => (what.includes('×') ? what : `${what} ${seconds} s`))
  return spans.length === 1 && !parts[0]?.includes('×') ? parts.join('') : `${parts.join(' + ')} = ${sum(spans)} s`
}
