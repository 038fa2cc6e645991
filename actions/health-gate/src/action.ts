import { type Action, Failure, Interrupted, isSuperseded, type Step } from '@belay/action-kit'
import { accessVariables } from '@belay/kubernetes/inputs'
import {
  type GateReport,
  httpTarget,
  metricTarget,
  printable,
  proxiedUrl,
  runGate,
  type Sample,
  versionsOf,
} from '@belay/probe'
import { type Inputs, readInputs } from './inputs.ts'
import { remedyFor } from './remedies.ts'
import { instancesJson, metricsJson, summaryOf } from './report.ts'

/** Decides pass, fail or inconclusive from probes of every instance. Only reads. */
export const healthGate: Action<Inputs> = {
  name: 'health-gate',
  inputs: readInputs,
  variables: {
    interval: 'gate-interval',
    timeout: 'gate-timeout',
    deadline: 'gate-deadline',
    // The two gates of a release ask different things: `release` says what.
    ...{ urls: undefined, metrics: undefined, 'metrics-url': undefined },
    ...accessVariables,
  },
  async main(inputs, step) {
    if (isSuperseded(step.journal.read())) {
      step.info('The release was superseded by a newer one. The gate checks nothing.')
      return { result: 'superseded' }
    }
    announce(inputs, step)
    const report = await reachMetrics(inputs, step)
    publish(report, step)
    if (report.verdict !== 'pass') throw gateFailure(report, inputs.expected.version)
    return { result: 'unchanged' }
  },
}

function announce({ urls, expected, metrics, rules }: Inputs, step: Step): void {
  const version = expected.version === undefined ? 'any version' : `version ${printable(expected.version, 100)}`
  const counts = [counted(urls.length, 'URL'), counted(metrics?.metrics.length ?? 0, 'metric')]
  step.info(
    `Waiting for ${counts.filter(Boolean).join(' and ')}: ${version}, ${rules.successes} successes in a row, ` +
      `every ${rules.intervalMs / 1000} s, for ${rules.deadlineMs / 1000} s at most.`,
  )
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`
}

/** What talks to a cluster is loaded only where metrics are in one. */
const cluster = () => import(/* webpackMode: "eager" */ './cluster.ts')

async function reachMetrics(inputs: Inputs, step: Step): Promise<GateReport> {
  const { metrics, access, rules } = inputs
  if (!metrics?.service || !access) return runProbes(inputs, step)
  const { service, server } = metrics
  const way = { service, access, deadlineMs: rules.deadlineMs, signal: step.signal }
  return (await cluster()).throughApiServer(way, (socketPath) => {
    const reached = { ...server, url: proxiedUrl(service), socketPath }
    return runProbes({ ...inputs, metrics: { ...metrics, server: reached } }, step)
  })
}

async function runProbes({ urls, expected, metrics, rules }: Inputs, step: Step): Promise<GateReport> {
  const ofMetrics =
    metrics?.metrics.map((metric) => metricTarget(metric, { ...metrics.server, version: expected.version })) ?? []
  const targets = [...urls.map((url) => httpTarget(url, expected)), ...ofMetrics]
  const observer = {
    // A line only when something changes: repeats every two seconds would hide it.
    sample(name: string, sample: Sample, before: Sample | undefined) {
      if (sample.message !== before?.message)
        step.info(`${seconds(sample)} s  ${sample.kind}  ${name}: ${sample.message}`)
    },
    skipped: (text: string) => step.info(text),
  }
  return runGate(targets, rules, step.signal, observer).catch((error: unknown) => {
    throw step.signal.aborted ? new Interrupted() : error
  })
}

function publish(report: GateReport, step: Step): void {
  const { verdict, reason, attempts } = report
  const version = versionsOf(report.histories).join(', ')
  step.output('verdict', verdict)
  step.output('reason', reason)
  step.output('attempts', String(attempts))
  step.output('observed-version', version)
  step.output('instances', instancesJson(report))
  step.output('metrics', metricsJson(report))
  step.record({ event: 'gate', verdict, reason, attempts, ...(version !== '' && { version }) })
  step.info(`${verdict}: ${reason}`)
  step.summary(summaryOf(report))
}

function gateFailure({ verdict, reason, cause, histories }: GateReport, expected: string | undefined): Failure {
  const remedy = remedyFor(cause, versionsOf(histories), expected)
  return verdict === 'fail'
    ? new Failure('gate-failed', `The gate failed. ${reason}`, remedy)
    : new Failure('gate-inconclusive', `The gate is inconclusive, so it does not pass. ${reason}`, remedy)
}

function seconds({ startedMs, ms }: Sample): string {
  return ((startedMs + ms) / 1000).toFixed(1)
}
