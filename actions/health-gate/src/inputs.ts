import type { InputReader } from '@belay/action-kit'
import { type AccessInputs, readAccessInputs } from '@belay/kubernetes/inputs'
import {
  type GateRules,
  type MetricInputs,
  parseStatusSet,
  parseVersionSource,
  printable,
  type ResponseExpectation,
  readMetrics,
  readProbeUrls,
  type VersionSource,
  versionMark,
} from '@belay/probe'

export interface Inputs {
  readonly urls: readonly URL[]
  readonly expected: ResponseExpectation
  readonly metrics: MetricInputs | undefined
  /** Where metrics are in a cluster. */
  readonly access: AccessInputs | undefined
  readonly rules: GateRules
}

/** `read` collects the issues; a value returned beside one is never used. */
export function readInputs(read: InputReader): Inputs {
  const urls = readProbeUrls(read)
  const statuses = readStatuses(read)
  const version = readVersion(read)
  const metrics = readMetrics(read)
  // Without such metrics the way to a cluster may be a variable of another service.
  const access = readAccessInputs(metrics?.service ? read : { ...read, issue: read.unneeded })
  if (metrics?.namesVersion && version === undefined)
    read.issue('metrics', `names ${versionMark}, and expect-version is empty`, 'Give expect-version.')
  if (read.lines('urls').length === 0 && !metrics)
    read.issue(
      'urls',
      'is empty, and so is metrics',
      'Give a URL a line, such as https://api.example.com/health, or metrics.',
    )
  return {
    urls,
    expected: { statuses, version, versionFrom: readVersionSource(read) },
    metrics,
    access: metrics?.service && access,
    rules: readRules(read),
  }
}

function readStatuses(read: InputReader): ResponseExpectation['statuses'] {
  const { set, invalid } = parseStatusSet(read.text('expect-status', { default: '200-299' }))
  const remedy = 'Give statuses from 100 to 599 and ranges of them, such as 200-299, 304.'
  if (invalid.length > 0) read.issue('expect-status', `has "${printable(invalid.join(' '), 80)}" in it`, remedy)
  else if (set.length === 0) read.issue('expect-status', 'holds no status', remedy)
  return set
}

function readVersion(read: InputReader): string | undefined {
  return read.text('expect-version') || undefined
}

function readVersionSource(read: InputReader): VersionSource {
  const text = read.text('version-from', { default: 'sha' })
  const source = parseVersionSource(text)
  if (!source)
    read.issue(
      'version-from',
      `"${printable(text, 80)}" does not lead to one value`,
      'Give a path in the JSON of the answer, such as sha, build.commit or $.a.b[0], or header:X-Version.',
    )
  return source ?? { text, path: [] }
}

function readRules(read: InputReader): GateRules {
  const successes = read.integer('successes', { default: 3, min: 1, max: 1000 })
  const interval = read.seconds('interval', { default: '2s', min: 1, max: 3600 })
  const timeout = read.seconds('timeout', { default: '5s', min: 1, max: 600 })
  const deadline = read.seconds('deadline', { default: '2m', min: 1, max: 6 * 3600 })
  const least = (successes - 1) * interval
  if (least >= deadline)
    read.issue(
      'deadline',
      `is ${deadline} s, but ${successes} successes ${interval} s apart take ${least} s`,
      `Give more than ${least} s, or ask for fewer successes.`,
    )
  if (timeout > deadline)
    read.issue('timeout', `is ${timeout} s, longer than the deadline of ${deadline} s`, 'Give less than the deadline.')
  return { successes, intervalMs: interval * 1000, timeoutMs: timeout * 1000, deadlineMs: deadline * 1000 }
}
