import type { GateReport, InstanceHistory, Sample } from '@belay/probe'

/** How many samples are shown; the verdict is based on all. */
const shownSamples = 5

/** The output `instances`: a list, one entry an instance. */
export function instancesJson({ histories }: GateReport): string {
  return JSON.stringify(
    histories.map(({ target, address, samples }) => ({
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

/** The section of the job summary. */
export function summaryOf(report: GateReport): string {
  const { verdict, reason, attempts, histories, skipped } = report
  return [
    `**health-gate: ${verdict}** after ${attempts} probe${attempts === 1 ? '' : 's'}. ${escaped(reason)}`,
    '',
    `| instance | probes | last ${shownSamples}, newest last | median | version |`,
    '|---|---|---|---|---|',
    ...histories.map(row),
    ...skipped.flatMap((text) => ['', escaped(text)]),
  ].join('\n')
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
