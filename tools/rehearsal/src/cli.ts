/** `npm run rehearse`: options.ts has the text of --help. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnsupportedWorkflow } from '@belay/workflow-runner'
import type { Asked, Opened, Rehearsal } from './example.ts'
import { commandOf, Lacking, refuseMissingBundles } from './machine.ts'
import { renamer } from './names.ts'
import { help, type Options, readOptions } from './options.ts'
import { pageOf } from './page/page.ts'
import type { RunReport } from './report/model.ts'
import { type Observing, observeRun } from './report/observe-run.ts'
import { openRepository } from './repository/repository.ts'
import { slackLines } from './slack-text.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { openTimeline } from './timeline.ts'
import { Usage } from './usage.ts'

const exits = { promised: 0, otherwise: 1, notBegun: 2 } as const

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options.help) {
    console.log(help)
    return exits.promised
  }
  const { own } = options
  const example = own ? await openRepository(own) : options.example
  const asked = await askedOf(own ? { ...options, example, environment: undefined } : options)
  refuseMissingBundles(example.bundles)
  const terminal = openTerminal(process.stdout)
  const subject = own ? own.repository : `examples/${example.name}`
  terminal.line(terminal.style('bold', `Rehearsal of ${subject}`))
  await example.prepare(asked, { args, install: options.install, say: terminal.line })
  terminal.status('starting the servers')
  const interrupted = interruption()
  // An interrupted start leaves nothing behind: what was started ends with this process.
  const opened = await Promise.race([example.open(asked), interrupted])
  try {
    return await Promise.race([
      runAll(opened, asked, { ...options, subject, command: commandOf(args) }, terminal),
      interrupted,
    ])
  } finally {
    terminal.close()
    await opened.close()
  }
}

/** @throws Usage if the workflow has no such step */
async function askedOf({ example, environment, fault, externalFailure, hosts, first }: Options): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const wanted = environment ? [environment] : example.environments
  try {
    const paths: Record<string, string[]> = {}
    for (const name of example.environments) paths[name] = await example.paths(name, folder)
    const has = (name: string) => !fault || paths[name]?.includes(fault.step)
    const environments = wanted.filter(has).slice(0, fault || externalFailure ? 1 : undefined)
    if (fault && environments.length === 0) {
      const steps = wanted.flatMap((name) => (paths[name] ?? []).map((path) => `  ${path}`))
      throw new Usage(`The workflow has no step ${fault.step}. Its steps are:\n${[...new Set(steps)].join('\n')}`)
    }
    return { environments, paths, hosts, fault, externalFailure, first }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs one release after the other, until one does not end as promised. */
async function runAll(opened: Opened, asked: Asked, options: Started, terminal: Terminal): Promise<number> {
  for (const line of opened.lines) terminal.line(line)
  const { verbose, report, subject, command } = options
  const rename = renamer(opened.names)
  const shownWarnings = new Set<string>()
  const startedAt = Date.now()
  const runs: RunReport[] = []
  for (const rehearsal of opened.rehearsals) {
    const paths = asked.paths[rehearsal.environment] ?? []
    const onEvent = openTimeline(terminal, { verbose, paths, rename, shownWarnings })
    const renaming = { ...terminal, line: (text = '') => terminal.line(rename(text)) }
    const observing = { terminal: renaming, onEvent, slack: opened.slack, rename, watches: report !== undefined }
    runs.push(await runOne(rehearsal, observing))
    // After each run: what is known is not lost if the next one is interrupted.
    const all = { subject, command, startedAt, endedAt: Date.now(), lines: opened.lines.map(rename), runs }
    if (report) writeFileSync(report, pageOf({ ...all, asked: opened.rehearsals.length }))
    if (!isAsPromised(runs.at(-1))) break
  }
  terminal.line()
  printSlack(slackLines(opened.slack).map(rename), terminal)
  terminal.line()
  printEnd(runs, opened.rehearsals.length, terminal)
  if (report) terminal.line(`Report: ${report}`)
  return runs.every(isAsPromised) ? exits.promised : exits.otherwise
}

/** What the report names besides. */
interface Started extends Options {
  readonly subject: string
  readonly command: string
}

function isAsPromised(run: RunReport | undefined): boolean {
  return run?.problems.length === 0
}

async function runOne(rehearsal: Rehearsal, observing: Observing): Promise<RunReport> {
  const { terminal } = observing
  const { line, style } = terminal
  await rehearsal.begin?.(terminal)
  line()
  line(style('bold', rehearsal.title))
  for (const note of rehearsal.notes) line(note)
  const run = await observeRun(rehearsal, observing)
  terminal.status('')
  for (const text of run.lines) line(text)
  line(isAsPromised(run) ? style('green', '✓ as promised') : style('red', '✗ not as promised'))
  for (const problem of run.problems) line(style('red', `  - ${problem}`))
  return run
}

function printSlack([head = '', ...message]: readonly string[], { line, style }: Terminal): void {
  line(head)
  for (const text of message) line(`  ${style('dim', '│')} ${text}`)
}

/** What happened in each run, in a sentence, and whether it was promised. */
function printEnd(runs: readonly RunReport[], asked: number, { line, style, clock }: Terminal): void {
  const good = runs.filter(isAsPromised).length
  for (const run of runs)
    line(
      isAsPromised(run)
        ? `${style('green', '✓')} ${run.sentence}.`
        : style('red', `✗ not as promised: ${run.sentence}.`),
    )
  const all = good === asked
  line(
    all
      ? `Everything ended as promised; it took ${clock()}.`
      : `Not everything ended as promised: ${good} of ${asked} runs; it took ${clock()}.`,
  )
}

/** A signal ended the rehearsal; `status` is the exit status that a shell gives to the signal. */
class Interrupted extends Error {
  readonly status: number

  constructor(signal: NodeJS.Signals) {
    super(`${signal}: the rehearsal stops everything that it started.`)
    this.status = 128 + constants.signals[signal]
  }
}

/** Rejects when a signal asks this process to end, so that what it started ends first. */
function interruption(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => reject(new Interrupted(signal)))
  // Between two races nothing handles the rejection.
  promise.catch(() => {})
  return promise
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Interrupted) {
    console.error(error.message)
    process.exit(error.status)
  }
  if (!(error instanceof Usage || error instanceof Lacking || error instanceof UnsupportedWorkflow)) throw error
  console.error(error.message)
  if (error instanceof Usage && !error.message.includes('How to fix'))
    console.error('\nHow to fix: npm run rehearse -- --help lists the options.')
  process.exitCode = exits.notBegun
}
