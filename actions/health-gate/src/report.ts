import { type GateReport, type InstanceHistory, printable, type Sample, shown } from '@belay/probe'

/** How many samples are shown; the verdict is based on all. */
const shownSamples = 5

/** The output `instances`: a list, one entry an instance. */
export function instancesJson({ histories }: GateReport): string {
  return JSON.stringify(
    histories.filter(isInstance).map(({ target, address, samples }) => ({
      url: target,
      address,
      attempts: samples.length,
      version: samples.findLast(({ version }) => version !== undefined)?.version ?? '',
      last: samples.slice(-shownSamples).map(({ kind, cause, message, startedMs, ms }) => ({
        kind,
        cause,
        message,
        startedMs: Math.round(startedMs),
        ms: Math.round(ms),
      })),
    })),
  )
}

/** The output `metrics`: a list, one entry a metric. */
export function metricsJson({ histories }: GateReport): string {
  const metrics = histories.filter((history) => !isInstance(history))
  return JSON.stringify(
    metrics.map(({ name, condition, samples }) => ({
      name,
      condition,
      attempts: samples.length,
      value: samples.findLast(({ value }) => value !== undefined)?.value ?? null,
      samples: samples.findLast(({ count }) => count !== undefined)?.count ?? null,
      last: samples.at(-1)?.kind ?? null,
    })),
  )
}

function isInstance({ condition }: InstanceHistory): boolean {
  return condition === undefined
}

/** The section of the job summary. */
export function summaryOf(report: GateReport): string {
  const { verdict, reason, attempts, histories, skipped } = report
  const instances = histories.filter(isInstance)
  const metrics = histories.filter((history) => !isInstance(history))
  return [
    `**health-gate: ${verdict}** after ${attempts} probe${attempts === 1 ? '' : 's'}. ${escaped(reason)}`,
    ...table(`| instance | probes | last ${shownSamples}, newest last | median | version |`, instances.map(row)),
    ...table(`| metric | must be | probes | last ${shownSamples}, newest last | samples |`, metrics.map(metricRow)),
    ...skipped.flatMap((text) => ['', escaped(text)]),
  ].join('\n')
}

function table(head: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ['', head, '|---|---|---|---|---|', ...rows]
}

/** A number stands for itself; without one the kind of the sample says why. */
function metricRow({ name, condition = '', samples }: InstanceHistory): string {
  const last = samples.slice(-shownSamples).map(({ kind, cause, value }) => {
    if (value === undefined) return cause
    return kind === 'pass' ? shown(value) : `**${shown(value)}**`
  })
  const count = samples.findLast((sample) => sample.count !== undefined)?.count
  const cells = [
    escaped(printable(name, 60)),
    code(condition),
    samples.length,
    last.join(', ') || 'none',
    count === undefined ? '' : shown(count),
  ]
  return `| ${cells.join(' | ')} |`
}

function row({ name, samples }: InstanceHistory): string {
  const last = samples.slice(-shownSamples).map(({ kind, ms }) => `${kind} ${Math.round(ms)} ms`)
  const version = samples.findLast((sample) => sample.version !== undefined)?.version
  const cells = [
    escaped(name),
    samples.length,
    last.join(', ') || 'none',
    median(samples),
    version ? code(version) : '',
  ]
  return `| ${cells.join(' | ')} |`
}

/** The median of the answered probes: the time of the others says nothing about the service. */
function median(samples: readonly Sample[]): string {
  const answered = samples.filter(({ kind }) => kind !== 'error').map(({ ms }) => ms)
  const middle = answered.sort((a, b) => a - b)[Math.floor(answered.length / 2)]
  return middle === undefined ? '' : `${Math.round(middle)} ms`
}

/** Reasons and names are one line without control characters and foreign backticks; this escapes the rest for Markdown. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|')
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}
