import type { GateReport, InstanceHistory, Sample } from '@belay/probe'

/** So many samples are shown; the verdict was made from all. */
const shownSamples = 5

/** The output `instances`: a list, one entry an instance. */
export function instancesJson({ histories: tracks }: GateReport): string {
  return JSON.stringify(
    tracks.map(({ target, address: place, samples }) => ({
      url: target,
      address: place,
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
  const { verdict, reason, attempts, histories: tracks, skipped: leftOut } = report
  return [
    `**health-gate: ${verdict}** after ${attempts} probe${attempts === 1 ? '' : 's'}. ${escaped(reason)}`,
    '',
    `| instance | probes | last ${shownSamples}, newest last | median | version |`,
    '|---|---|---|---|---|',
    ...tracks.map(row),
    ...leftOut.flatMap((text) => ['', escaped(text)]),
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

/** Of the probes that were answered: how long the others took says nothing of the service. */
function median(samples: readonly Sample[]): string {
  const answered = samples.filter(({ kind }) => kind !== 'error').map(({ ms }) => ms)
  const middle = answered.sort((a, b) => a - b)[Math.floor(answered.length / 2)]
  return middle === undefined ? '' : `${Math.round(middle)} ms`
}

/** Reasons and names are one line without control characters, their backticks Belay's own; the rest is Markdown's. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|')
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}
