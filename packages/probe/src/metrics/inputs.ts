import type { InputReader } from '@belay/action-kit'
import { shownUrl } from '@belay/http'
import { printable } from '../printable.ts'
import { parseProbeUrl } from '../url.ts'
import { type Metric, parseMetric, versionMark } from './metric.ts'
import type { MetricServer } from './metric-target.ts'
import { isServiceAddress, parseServiceAddress, type ServiceAddress } from './service-address.ts'

/** What a step asks of metrics. The version is that of the release, which the step knows. */
export interface MetricInputs {
  readonly metrics: readonly Metric[]
  readonly server: Omit<MetricServer, 'version'>
  /** The Service of a cluster that the address means. */
  readonly service: ServiceAddress | undefined
  /** A query or the address names the version. */
  readonly namesVersion: boolean
}

/** The name of the line that counts, and without which no other one counts. */
const samplesName = 'samples'

/** `read` collects the issues; undefined where no metrics are asked for. */
export function readMetrics(read: InputReader): MetricInputs | undefined {
  const lines = read.lines('metrics')
  const url = read.text('metrics-url')
  const windowSeconds = read.seconds('metrics-window', { default: '2m', min: 1, max: 24 * 3600 })
  const token = read.secret('metrics-token')
  if (lines.length === 0) {
    if (url !== '') read.issue('metrics', 'is missing', 'Say what the metrics must be, as NAME: QUERY < NUMBER.')
    return undefined
  }
  const all = parseLines(read, lines)
  const samples = all.find(({ name }) => name === samplesName)
  const metrics = all.filter((metric) => metric !== samples)
  if (samples && metrics.length === 0)
    read.issue('metrics', 'only counts samples', 'Say what the metrics must be, as NAME: QUERY < NUMBER.')
  const service = isServiceAddress(url) ? readService(read, url, token) : undefined
  if (!isServiceAddress(url)) checkUrl(read, url)
  const namesVersion = [url, ...lines].some((text) => text.includes(versionMark))
  return { metrics, server: { url, token, windowSeconds, samples }, service, namesVersion }
}

function parseLines(read: InputReader, lines: readonly string[]): Metric[] {
  const metrics: Metric[] = []
  for (const line of lines) {
    const parsed = parseMetric(line)
    if ('problem' in parsed) read.issue('metrics', parsed.problem, parsed.remedy)
    else if (metrics.some(({ name }) => name === parsed.metric.name))
      read.issue('metrics', `has "${printable(parsed.metric.name, 60)}" twice`, 'Give each metric a name of its own.')
    else metrics.push(parsed.metric)
  }
  return metrics
}

function readService(read: InputReader, url: string, token: string): ServiceAddress | undefined {
  const service = parseServiceAddress(url)
  if (!service)
    read.issue(
      'metrics-url',
      `"${printable(url, 120)}" has not the form service://NAMESPACE/NAME:PORT/path`,
      'Give the port of the Service, by number or name, as in service://monitoring/prometheus:9090.',
    )
  if (token !== '')
    read.issue(
      'metrics-token',
      'is given, and the API server of the cluster passes no login on to a Service',
      'Leave it out, or give an address that the runner reaches itself.',
    )
  return service
}

function checkUrl(read: InputReader, url: string): void {
  if (url === '') {
    read.issue('metrics-url', 'is missing', 'Give the address of Prometheus, or of a JSON answer.')
    return
  }
  // The marks of the version and the window are no part of a valid URL.
  const parsed = parseProbeUrl(url.replace(/[{}]/g, ''))
  if ('problem' in parsed)
    read.issue('metrics-url', `"${printable(shownUrl(url), 120)}" ${parsed.problem}`, parsed.remedy)
}
