import { NoResponseError, sendRequest } from '@belay/http'
import type { GateTarget } from '../gate.ts'
import { printable } from '../printable.ts'
import type { ProbeResult } from '../sample.ts'
import { type Metric, type MetricValues, urlWithValues, withValues } from './metric.ts'
import { jsonReading, prometheusReading, type Reading } from './reading.ts'

/** Where metrics are. */
export interface MetricServer extends MetricValues {
  /** A Prometheus server's address, or that of a JSON answer. It may hold the marks of the version and the window. */
  readonly url: string
  /** The Unix socket that is asked, instead of the host of the address. */
  readonly socketPath?: string
  /** Sent as `Authorization: Bearer`; empty: not sent. */
  readonly token: string
  /** How many samples there must be before any metric counts. */
  readonly samples: Metric | undefined
}

const largestAnswer = 1024 * 1024

/** A metric as a target of the gate, with one instance. */
export function metricTarget(metric: Metric, server: MetricServer): GateTarget {
  const { name, condition } = metric
  const probe = (signal: AbortSignal) => measure(metric, server, signal)
  return {
    name,
    find: async () => ({ instances: [{ name, address: '', condition, probe }], skipped: [] }),
  }
}

async function measure(metric: Metric, server: MetricServer, signal: AbortSignal): Promise<ProbeResult> {
  const { samples } = server
  const [reading, counted] = await Promise.all([read(metric, server, signal), samples && read(samples, server, signal)])
  const count = counted && 'value' in counted ? { count: counted.value } : {}
  if (samples && counted && 'missing' in counted)
    return { ...counted.missing, message: `counts nothing: the number of samples ${counted.missing.message}` }
  if (samples && counted && 'value' in counted && !samples.holds(counted.value)) {
    const message = `has too few samples: ${shown(counted.value)}, and not ${samples.condition}`
    return { kind: 'error', cause: 'too-few-samples', message, ...count }
  }
  if ('missing' in reading) return { ...reading.missing, ...count }
  return { ...compared(metric, reading.value), value: reading.value, ...count }
}

function compared({ condition, holds }: Metric, value: number): ProbeResult {
  if (holds(value)) return { kind: 'pass', cause: 'as-expected', message: `is ${shown(value)} (${condition})` }
  return { kind: 'fail', cause: 'limit', message: `is ${shown(value)}, and not ${condition}` }
}

/** Three digits are enough, and the same text stands for the same behaviour. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(3)))
}

async function read(metric: Metric, server: MetricServer, signal: AbortSignal): Promise<Reading> {
  const { query } = metric
  const promql = 'promql' in query ? withValues(query.promql, server) : undefined
  const url = new URL(urlWithValues(server.url, server))
  if (promql !== undefined) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/query`
    url.searchParams.set('query', promql)
  }
  const authorization = server.token === '' ? {} : { authorization: `Bearer ${server.token}` }
  const headers = { accept: 'application/json', 'user-agent': 'belay-probe', ...authorization }
  try {
    const answer = await sendRequest(
      { method: 'GET', url, socketPath: server.socketPath, headers, timeoutMs: 600_000, signal },
      largestAnswer,
    )
    return 'promql' in query ? prometheusReading(answer) : jsonReading(answer, query)
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error
    const why = signal.aborted ? 'no answer within the timeout' : printable(error.message, 120)
    return {
      missing: { kind: 'error', cause: signal.aborted ? 'timeout' : 'unreachable', message: `cannot be read: ${why}` },
    }
  }
}
