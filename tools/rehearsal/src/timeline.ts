import { type JournalLine, type RecordLine, recordLineOf } from '@belay/action-kit'
import type { RunEvent, StepResult, StepStage } from '@belay/workflow-runner'
import { faultWords } from './fault.ts'
import type { Terminal } from './terminal.ts'

export interface TimelineOptions {
  readonly verbose: boolean
  /** All steps of the workflow. */
  readonly paths: readonly string[]
  /** The names of hosts here, by their names in the record. */
  readonly names: ReadonlyMap<string, string>
}

type Settled = Extract<RecordLine, { event: 'outcome' }>

/** What is known of the running step. It is printed when the step ends. */
interface Running {
  details: string[]
  settled: Settled[]
  /** The same warning of several hosts is printed once. */
  warnings: Set<string>
  errors: string[]
}

/** Prints a run as it happens: a line for each step at its end, and a status line for the running step. */
export function openTimeline(
  terminal: Terminal,
  { verbose, paths, names }: TimelineOptions,
): (event: RunEvent) => void {
  const { style } = terminal
  const composites = new Set(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`))))
  const total = paths.length - composites.size
  let done = 0
  let stage: StepStage = 'main'
  let running = nothing()

  const line = (text: string) => terminal.line(`${terminal.clock().padStart(8)}  ${text}`)
  const short = (text: string) => [...names].reduce((all, [host, name]) => all.replaceAll(host, name), text)
  const indent = (path: string) => '  '.repeat(path.split('/').length - 1)
  const status = (path: string, doing = '') =>
    terminal.status(`${Math.min(done + 1, total)}/${total}  ${path.split('/').join(' › ')}${doing && `: ${doing}`}`)

  function begin(path: string, at: StepStage): void {
    if (at === 'post' && stage === 'main') line(`  ${style('dim', 'end of the job: post steps, last step first')}`)
    stage = at
    running = nothing()
    if (composites.has(path)) line(`${indent(path)}${path.split('/').at(-1)}`)
    status(path)
  }

  function end(result: StepResult): void {
    const { path, outcome } = result
    if (result.stage === 'main' && !composites.has(path)) done += 1
    if (composites.has(path) && outcome !== 'skipped') return
    const name = `${indent(path)}${path.split('/').at(-1)}`.padEnd(20)
    const { details, settled, warnings, errors } = running
    line(`${name} ${mark(outcome)}  ${style('dim', [...details, ...summed(settled).map(short)].join(', '))}`.trimEnd())
    for (const warning of warnings)
      for (const part of `! ${short(warning)}`.split('\n')) line(`${indent(path)}    ${style('yellow', part)}`)
    for (const error of errors) for (const part of error.split('\n')) line(`${indent(path)}    ${style('red', part)}`)
    running = nothing()
  }

  function mark(outcome: StepResult['outcome']): string {
    if (outcome === 'success') return style('green', '✓')
    return outcome === 'skipped' ? style('dim', '–  skipped') : style('red', `✗  ${outcome}`)
  }

  function record(path: string, entry: RecordLine): void {
    switch (entry.event) {
      case 'phase': {
        const where = entry.host ? ` on ${short(entry.host)}` : ''
        status(path, `${entry.phase}${where}`)
        if (entry.phase !== 'armed' && !running.details.includes(entry.phase)) running.details.push(entry.phase)
        break
      }
      case 'armed':
        running.details.push(`armed, rolls back in ${entry.seconds} s`)
        break
      case 'gate':
        running.details.push(`${entry.verdict} after ${entry.attempts} probes`)
        break
      case 'decided':
        line(`${indent(path)}${style('bold', `decision: ${entry.decision}`)}, because ${short(entry.why)}`)
        break
      case 'outcome':
        running.settled.push(entry)
        break
      case 'note':
        if (entry.level === 'warning') running.warnings.add(entry.text)
        break
    }
  }

  return (event) => {
    switch (event.type) {
      case 'job-start':
        stage = 'main'
        line(event.job)
        break
      case 'step-start':
        begin(event.path, event.stage)
        break
      case 'step-end':
        end(event.result)
        break
      case 'journal': {
        const entry = typeof event.line === 'object' ? recordLineOf(event.line as JournalLine) : undefined
        if (entry) record(event.path, entry)
        break
      }
      case 'annotation':
        if (event.annotation.level === 'error') running.errors.push(short(event.annotation.message))
        break
      case 'note':
        // The commit of an action that does not run is of no use here.
        running.details.push(event.message.replace(/@[0-9a-f]{40}/, ''))
        break
      case 'fault':
        line(`${indent(event.path)}${style('yellow', `⚡ ${event.path}: ${faultWords[event.fault]}`)}`)
        break
      case 'log':
        if (verbose) line(`${indent(event.path)}    ${style('dim', `| ${event.line}`)}`)
        break
    }
  }
}

function nothing(): Running {
  return { details: [], settled: [], warnings: new Set(), errors: [] }
}

/** `rolled-back: acme-api on host-1, acme-api on host-2`, `stays: schema of acme-api` */
function summed(settled: readonly Settled[]): string[] {
  const byResult = Map.groupBy(settled, ({ result, stays }) => (stays ? 'stays' : result))
  return [...byResult].map(([result, some]) => `${result}: ${some.map(({ target }) => target).join(', ')}`)
}
