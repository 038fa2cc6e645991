import type { ProbeCause } from '../sample.ts'

/** Remedies for what only metrics do. `longer`: how this step gets more time, `raise deadline`. */
export function metricRemedies(longer: string) {
  return {
    limit: 'look at that metric of the new release; correct the service, or the limit if it is too strict.',
    'no-data': `check that the service reports this metric with the labels of the query, and that it is scraped; ${longer} if it needs more time.`,
    'too-few-samples': `${longer} or metrics-window, so that there is enough traffic, or ask for fewer samples.`,
    'metrics-refused': 'check metrics-url and metrics-token.',
    query: 'correct the query; try it in the web page of Prometheus.',
  } as const satisfies Partial<Record<ProbeCause, string>>
}
