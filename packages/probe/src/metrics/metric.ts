import { type JsonPath, parseJsonPath } from '../json-path.ts'
import { printable } from '../printable.ts'

const operators = {
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
  '>': (value: number, limit: number) => value > limit,
  '>=': (value: number, limit: number) => value >= limit,
} as const

/** How a number is found: by a query of Prometheus, or at a place of a JSON answer. */
export type MetricQuery = { readonly promql: string } | { readonly path: JsonPath; readonly text: string }

/** A number, and what it must be. */
export interface Metric {
  readonly name: string
  readonly query: MetricQuery
  /** `< 0.01`, as the user wrote it. */
  readonly condition: string
  holds(value: number): boolean
}

const line = /^([^:]{1,60}?):\s+(\S.*?)\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i

/**
 * Reads `NAME: QUERY < NUMBER`. The last comparison is the condition: a query may hold others. A query that starts with
 * `$` is a place in a JSON answer. Returns the metric, or what is wrong and how to fix it.
 */
export function parseMetric(text: string): { metric: Metric } | { problem: string; remedy: string } {
  const [, name = '', query = '', operator = '<', number = ''] = line.exec(text) ?? []
  const shown = `"${printable(text, 80)}"`
  if (name === '')
    return {
      problem: `${shown} has not the form NAME: QUERY < NUMBER`,
      remedy:
        'Write it as in "errors: sum(rate(http_requests_total{code=~\'5..\'}[{window}])) < 0.1", with <, <=, > or >=.',
    }
  const path = query.startsWith('$') ? parseJsonPath(query) : undefined
  if (query.startsWith('$') && !path)
    return { problem: `${shown} does not lead to one value`, remedy: 'Give a path such as $.errors.rate or $.a[0].b.' }
  const limit = Number(number)
  const compare = operators[operator as keyof typeof operators]
  return {
    metric: {
      name,
      query: path ? { path, text: query } : { promql: query },
      condition: `${operator} ${number}`,
      holds: (value) => compare(value, limit),
    },
  }
}

/** What stands for the version and the window in a query or a URL. */
export const versionMark = '{version}'
export const windowMark = '{window}'

export interface MetricValues {
  readonly version: string | undefined
  readonly windowSeconds: number
}

/** A query of Prometheus with its values. A version is put into a string of PromQL, so that it is escaped as one. */
export function withValues(promql: string, { version = '', windowSeconds }: MetricValues): string {
  const escaped = version.replace(/[\\"'`]/g, '\\$&')
  return promql.replaceAll(windowMark, `${windowSeconds}s`).replaceAll(versionMark, escaped)
}

/** The address of a JSON answer with its values. */
export function urlWithValues(url: string, { version = '', windowSeconds }: MetricValues): string {
  return url.replaceAll(windowMark, `${windowSeconds}s`).replaceAll(versionMark, encodeURIComponent(version))
}
