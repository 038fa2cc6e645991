/** A request without a successful answer. */
export interface FailedRequest {
  /** When it was due, in milliseconds from the start. */
  readonly atMs: number
  /** Of the connection: ECONNREFUSED, ECONNRESET, …; `TIMEOUT`; `NO_VERSION` for a 2xx that is not the service's. */
  readonly code?: string
  /** Of an answer that is not 2xx. */
  readonly status?: number
  /** Whether it used a connection again: the server may have been closing that one. */
  readonly reused: boolean
}

/** A time in which a version was seen. */
export interface VersionSpan {
  readonly version: string
  /** The time of its first answer, in milliseconds from the start: it served already then. */
  readonly from: number
  /** When the last request that it answered was due: it still served then. */
  readonly to: number
  readonly count: number
}

/** The answers with one version to the requests that were due in one second. */
export interface AnsweredSecond {
  /** Whole seconds from the start. */
  readonly second: number
  readonly version: string
  readonly count: number
}

/** The report of a client. Times are milliseconds. */
export interface LoadReport {
  /** When it began, since 1970. */
  readonly startedAt: number
  readonly sent: number
  readonly answered: number
  readonly failed: readonly FailedRequest[]
  /** In the order of their beginning. A version that others replaced for over a second begins anew when it returns. */
  readonly versions: readonly VersionSpan[]
  /** In the order of the seconds. */
  readonly seconds: readonly AnsweredSecond[]
  /** Of answered requests, from when each was due to the end of its body; undefined without an answer. */
  readonly p50Ms: number | undefined
  readonly p99Ms: number | undefined
  /** The longest time in which no answer came. */
  readonly longestSilenceMs: number
  /** The longest delay of a request after its due time: the client itself was blocked. */
  readonly latestMs: number
}

/** Counts what happens to requests. All times are milliseconds from the start; `dueMs` says which request is meant. */
export interface Tally {
  sent(dueMs: number, atMs: number): void
  answered(dueMs: number, atMs: number, version: string): void
  failed(one: FailedRequest): void
  /** No more requests, and no answer is awaited. */
  end(atMs: number): void
  report(): LoadReport
}

interface AnsweredRequest {
  readonly dueMs: number
  readonly atMs: number
  readonly version: string
}

export function newTally(startedAt: number): Tally {
  const answers: AnsweredRequest[] = []
  const failed: FailedRequest[] = []
  let sent = 0
  let latestMs = 0
  let lastAnswerMs = 0
  let longestSilenceMs = 0

  const noteAnswer = (atMs: number) => {
    longestSilenceMs = Math.max(longestSilenceMs, atMs - lastAnswerMs)
    lastAnswerMs = atMs
  }

  return {
    sent(dueMs, atMs) {
      sent += 1
      latestMs = Math.max(latestMs, atMs - dueMs)
    },
    answered(dueMs, atMs, version) {
      noteAnswer(atMs)
      answers.push({ dueMs, atMs, version })
    },
    failed: (one) => void failed.push(one),
    end: noteAnswer,
    report: () => {
      const times = answers.map(({ dueMs, atMs }) => atMs - dueMs).sort((a, b) => a - b)
      return {
        startedAt,
        sent,
        answered: answers.length,
        failed: failed.toSorted((a, b) => a.atMs - b.atMs),
        versions: versionSpansOf(answers),
        seconds: secondsOf(answers),
        p50Ms: percentile(times, 0.5),
        p99Ms: percentile(times, 0.99),
        longestSilenceMs,
        latestMs,
      }
    },
  }
}

/** A version that returns sooner was never gone: old and new answers cross while traffic moves. */
const absenceMs = 1000

/** Sorted by when requests were due, not by when answers came: a slow answer belongs to the time of its request. */
function versionSpansOf(answers: readonly AnsweredRequest[]): VersionSpan[] {
  const spans: Mutable<VersionSpan>[] = []
  const current = new Map<string, Mutable<VersionSpan>>()
  for (const { dueMs, atMs, version } of answers.toSorted((a, b) => a.dueMs - b.dueMs)) {
    const open = current.get(version)
    const others = [...current.values()].filter((other) => other !== open)
    const gone = open && dueMs - open.to > absenceMs && others.some(({ to }) => to > open.to)
    if (open && !gone) {
      open.from = Math.min(open.from, atMs)
      open.to = dueMs
      open.count += 1
      continue
    }
    const begun = { version, from: atMs, to: dueMs, count: 1 }
    spans.push(begun)
    current.set(version, begun)
  }
  return spans
}

function secondsOf(answers: readonly AnsweredRequest[]): AnsweredSecond[] {
  const bySecond = Map.groupBy(answers, ({ dueMs }) => Math.floor(dueMs / 1000))
  return [...bySecond]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([second, some]) => {
      const byVersion = [...Map.groupBy(some, ({ version }) => version)]
      return byVersion.map(([version, { length: count }]) => ({ second, version, count }))
    })
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The smallest time that at least this share of all does not exceed. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}
