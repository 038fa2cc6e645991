import { type JournalLine, type RecordLine, recordLineOf } from '@belay/action-kit'
import type { RunEvent, StepResult, StepStage } from '@belay/workflow-runner'
import { faultWords } from './fault.ts'
import { recordText } from './report/record-text.ts'
import type { Terminal } from './terminal.ts'

export interface TimelineOptions {
  readonly verbose: boolean
  /** All steps of the workflow. */
  readonly paths: readonly string[]
  /** Replaces addresses by names. */
  readonly rename: (text: string) => string
  /** The warnings that were printed already, in this run or before it. */
  readonly shownWarnings: Set<string>
}

/** It names the service, the environment and the host: the warning before it is the same for all. */
const remedyForRoot = /: let root install .*$/s

type Settled = Extract<RecordLine, { event: 'outcome' }>

/** What is known of the running step. It is printed when the step ends. */
interface Running {
  details: string[]
  settled: Settled[]
  warnings: string[]
  errors: string[]
}

/**
 * Prints a run as it happens: a line for each step at its end, and a status line for the running step. Without `verbose`,
 * steps that were skipped and post steps that had nothing to do are left out.
 */
export function openTimeline(
  terminal: Terminal,
  { verbose, paths, rename: short, shownWarnings }: TimelineOptions,
): (event: RunEvent) => void {
  const { style } = terminal
  const composites = new Set(paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`))))
  const total = paths.length - composites.size
  let done = 0
  let stage: StepStage = 'main'
  let running = nothing()

  /** Headings of what has begun, by path. One is printed with the first line below it. */
  const headings = new Map<string, string>()

  const print = (text: string) => terminal.line(`${terminal.clock().padStart(8)}  ${text}`)
  const indent = (path: string) => '  '.repeat(path.split('/').length - 1)
  const status = (path: string, doing = '') =>
    terminal.status(`${Math.min(done + 1, total)}/${total}  ${path.split('/').join(' › ')}${doing && `: ${doing}`}`)

  /** Prints a line of a step, after the headings above it. */
  function line(path: string, text: string): void {
    for (const [above, heading] of headings) {
      if (above !== '' && !path.startsWith(`${above}/`)) continue
      print(heading)
      headings.delete(above)
    }
    print(`${indent(path)}${text}`)
  }

  function begin(path: string, at: StepStage): void {
    if (at === 'post' && stage === 'main')
      headings.set('', `  ${style('dim', 'end of the job: post steps, last step first')}`)
    stage = at
    running = nothing()
    if (composites.has(path)) headings.set(path, `${indent(path)}${path.split('/').at(-1)}`)
    status(path)
  }

  function end(result: StepResult): void {
    const { path, outcome } = result
    headings.delete(path)
    if (result.stage === 'main' && !composites.has(path)) done += 1
    if (composites.has(path) && outcome !== 'skipped') return
    if (verbose || !isNothing(result, running)) printStep(path, outcome)
    running = nothing()
  }

  function printStep(path: string, outcome: StepResult['outcome']): void {
    const { details, settled, warnings, errors } = running
    const name = `${path.split('/').at(-1)}`.padEnd(20 - indent(path).length)
    const more = [...details, ...summed(settled).map(short)].join(', ')
    line(path, `${name} ${mark(outcome)}  ${style('dim', more)}`.trimEnd())
    for (const warning of new Set(warnings.map(short))) {
      const key = warning.replace(remedyForRoot, '')
      if (shownWarnings.has(key)) continue
      shownWarnings.add(key)
      below(path, 'yellow', `! ${warning}`)
    }
    for (const error of errors) below(path, 'red', error)
  }

  function below(path: string, color: 'red' | 'yellow' | 'dim', text: string): void {
    for (const part of text.split('\n')) line(path, `    ${style(color, part)}`)
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
      case 'gate':
        running.details.push(recordText(entry))
        break
      case 'decided':
        line(path, `${style('bold', `decision: ${entry.decision}`)}, because ${short(entry.why)}`)
        break
      case 'outcome':
        running.settled.push(entry)
        break
      case 'note':
        if (entry.level === 'warning') running.warnings.push(entry.text)
        break
    }
  }

  return (event) => {
    switch (event.type) {
      case 'job-start':
        stage = 'main'
        headings.clear()
        print(event.job)
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
        // Which actions are replaced is said before the first run. The commit of one is of no use here.
        if (verbose) running.details.push(event.message.replace(/@[0-9a-f]{40}/, ''))
        break
      case 'fault':
        line(event.path, style('yellow', `⚡ ${event.path}: ${faultWords[event.fault]}`))
        break
      case 'log':
        if (verbose) below(event.path, 'dim', `| ${short(event.line)}`)
        break
    }
  }
}

/** A step that was skipped, or a post step that ended well and reported nothing. */
function isNothing({ stage, outcome }: StepResult, { details, settled, warnings, errors }: Running): boolean {
  if (outcome === 'skipped') return true
  const reported = details.length + settled.length + warnings.length + errors.length
  return stage === 'post' && outcome === 'success' && reported === 0
}

function nothing(): Running {
  return { details: [], settled: [], warnings: [], errors: [] }
}

/** `rolled-back: acme-api on host-1, acme-api on host-2`, `stays: schema of acme-api` */
function summed(settled: readonly Settled[]): string[] {
  const byResult = Map.groupBy(settled, ({ result, stays }) => (stays ? 'stays' : result))
  return [...byResult].map(([result, some]) => `${result}: ${some.map(({ target }) => target).join(', ')}`)
}
