import { type JsonPath, valueAt } from '../json-path.ts'
import { printable } from '../printable.ts'
import type { ProbeResult } from '../sample.ts'

/** A number that was read, or why there is none. */
export type Reading = { readonly value: number } | { readonly missing: ProbeResult }

/** The answer of a server to a query. */
export interface MetricAnswer {
  readonly status: number
  readonly body: Buffer
}

function missing(
  cause: ProbeResult['cause'],
  message: string,
  more: { readonly fatal?: true } = {},
): { missing: ProbeResult } {
  return { missing: { kind: 'error', cause, message, ...more } }
}

/** What waiting cannot fix ends the gate: a query that is wrong stays wrong. */
const fatal = { fatal: true } as const

interface PrometheusAnswer {
  readonly status?: string
  readonly errorType?: string
  readonly error?: string
  readonly data?: { readonly resultType?: string; readonly result?: unknown }
}

/**
 * The number in the answer of Prometheus' `/api/v1/query`. No series, and no number in it (as a share of no requests),
 * is no data. Pure.
 */
export function prometheusReading({ status, body }: MetricAnswer): Reading {
  const answer = parseJson(body) as PrometheusAnswer | undefined
  // Prometheus answers 400 and 422 with an error in JSON; a proxy before it answers with a page.
  if (answer?.status === 'error') {
    const message = `cannot be queried: ${printable(answer.error ?? '', 300)}`
    return missing('query', message, answer.errorType === 'bad_data' ? fatal : {})
  }
  if (status !== 200) return refused('queried', status, body)
  if (answer?.status !== 'success')
    return missing('metrics-refused', 'cannot be queried: the answer is not that of Prometheus')
  const { resultType, result } = answer.data ?? {}
  if (resultType === 'scalar') return numberIn((result as [number, string])[1])
  if (resultType !== 'vector' || !Array.isArray(result))
    return missing('query', `is a ${printable(String(resultType), 40)}, and not one number`, fatal)
  const [first, ...others] = result as { value?: [number, string] }[]
  if (others.length > 0)
    return missing('query', `is ${result.length} series, and not one: put sum(…) or max(…) around the query`, fatal)
  return first === undefined ? missing('no-data', 'has no data') : numberIn(first.value?.[1])
}

/** The number at a place of any JSON answer. Pure. */
export function jsonReading({ status, body }: MetricAnswer, { path, text }: { path: JsonPath; text: string }): Reading {
  if (status < 200 || status > 299) return refused('read', status, body)
  const document = parseJson(body)
  if (document === undefined) return missing('metrics-refused', 'cannot be read: the answer is not JSON')
  const value = valueAt(document, path)
  if (value === undefined || value === null) return missing('no-data', `has no data at \`${printable(text, 80)}\``)
  return numberIn(value)
}

/** The API server of a cluster says in a Status what kept it from asking a Service. */
function refused(what: string, status: number, body: Buffer): { missing: ProbeResult } {
  const { kind, message } = (parseJson(body) ?? {}) as { kind?: unknown; message?: unknown }
  const why = kind === 'Status' && typeof message === 'string' ? `: ${printable(message, 200)}` : ''
  return missing('metrics-refused', `cannot be ${what}: the server answered ${status}${why}`)
}

function numberIn(value: unknown): Reading {
  const isText = typeof value === 'string' && value.trim() !== ''
  const number = typeof value === 'number' || isText ? Number(value) : Number.NaN
  if (Number.isFinite(number)) return { value: number }
  // 0/0 and 1/0: a share of nothing.
  return missing('no-data', `has no data: its value is ${printable(String(value), 40)}`)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
