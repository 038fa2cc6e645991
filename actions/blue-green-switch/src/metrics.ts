import { Failure } from '@belay/action-kit'
import { runCommand } from '@belay/host'
import { onAllHosts } from '@belay/host/fleet'
import { type GateReport, metricRemedies, metricTarget, type ProbeCause, runGate, type Sample } from '@belay/probe'
import type { SwitchContext } from './context.ts'
import { metricIntervalSeconds } from './inputs.ts'
import { script } from './script.ts'

/** Metrics of a switch, watched by the runner while its hosts hold a weight. */
export interface WeightWatch {
  /** Takes what a host reports of its change. */
  heard(phase: string): void
  /** Runs the change with a signal that metrics abort too. @throws Failure `gate-failed`, `gate-inconclusive` */
  during<T>(change: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/**
 * Watches metrics at each weight from the first host that reaches it on, for `hold`. Where they hold at its end, all hosts
 * hear that they may advance. Otherwise the change is aborted, which is undone as any other one that failed.
 */
export function watchWeights(context: SwitchContext): WeightWatch {
  const { inputs, signal } = context
  const stop = new AbortController()
  const signals = AbortSignal.any([signal, stop.signal])
  const watched = new Set<number>()
  let failure: unknown

  async function watch(percent: number): Promise<void> {
    try {
      await assertMetrics(context, percent, signals)
      await advance(context, percent, signals)
    } catch (error) {
      if (!signals.aborted) failure = error
      stop.abort()
    }
  }

  return {
    heard(phase) {
      const percent = Number(/^weight-(\d+)$/.exec(phase)?.[1])
      if (!inputs.metrics || !inputs.weights.includes(percent) || watched.has(percent)) return
      watched.add(percent)
      void watch(percent)
    },
    async during(change) {
      try {
        return await change(signals)
      } catch (error) {
        throw failure ?? error
      } finally {
        stop.abort()
      }
    },
  }
}

/** @throws Failure unless every metric holds at the end of the weight */
async function assertMetrics({ step, inputs, content }: SwitchContext, percent: number, signal: AbortSignal) {
  const { metrics: asked, hold, successes } = inputs
  if (!asked) return
  const server = { ...asked.server, version: content.sha }
  const targets = asked.metrics.map((metric) => metricTarget(metric, server))
  const observer = {
    sample(name: string, sample: Sample, before: Sample | undefined) {
      if (sample.message !== before?.message) step.info(`${percent} %  ${sample.kind}  ${name}: ${sample.message}`)
    },
  }
  const rules = {
    successes,
    intervalMs: metricIntervalSeconds * 1000,
    timeoutMs: 5000,
    deadlineMs: hold * 1000,
    isWatch: true as const,
  }
  const report = await runGate(targets, rules, signal, observer)
  if (report.verdict !== 'pass') throw metricFailure(report, percent)
  step.info(`Metrics are good at ${percent} %: ${report.reason}.`)
}

function metricFailure({ verdict, reason, cause }: GateReport, percent: number): Failure {
  const [code, what] =
    verdict === 'fail'
      ? ['gate-failed', 'metrics of the new slot failed']
      : ['gate-inconclusive', 'metrics do not show that the new slot is healthy']
  return new Failure(code, `At ${percent} % of the traffic, ${what}. ${reason}`, remedyFor(cause))
}

function remedyFor(cause: ProbeCause): string {
  const remedies: Partial<Record<ProbeCause, string>> = metricRemedies('raise hold')
  return remedies[cause] ?? 'check metrics-url, and that this runner can reach it; raise hold if it needs more time.'
}

/** Says to every host that it may leave a weight, once it has held it. */
async function advance({ fleet }: SwitchContext, weight: number, signal: AbortSignal): Promise<void> {
  await onAllHosts(
    fleet,
    ({ connection, lease: { base, id } }) =>
      runCommand(connection, script, 'advance', { base, id, weight }, { timeoutMs: 20_000, signal }),
    signal,
  )
}
