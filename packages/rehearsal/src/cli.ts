/** `npm run rehearse`: see the text of --help in options.ts. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from './engine/index.ts'
import { belayRoot, v1, v2 } from './example.ts'
import { Lacking, prepareMachine } from './machine.ts'
import { help, type Options, readOptions, Usage } from './options.ts'
import { confirmTimeout, examplePaths, type Rehearsal, rehearse } from './rehearse.ts'
import { hostNames, reportProof, reportRehearsal, reportSlack, reportStage } from './report.ts'
import { openStage, type Stage } from './stage.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { openTimeline } from './timeline.ts'

const exits = { promised: 0, otherwise: 1, notBegun: 2 } as const

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options.help) {
    console.log(help)
    return exits.promised
  }
  const paths = await stepsOf(options)
  refuseMissingBundles()
  const terminal = openTerminal(process.stdout)
  terminal.line(terminal.style('bold', 'Rehearsal of examples/vps-systemd/.github/workflows/qa.yml'))
  prepareMachine(options.hosts, args, terminal.line)
  terminal.status('starting hosts')
  const interrupted = interruption()
  // An interrupted start leaves nothing: hosts and files end with this process.
  const stage = await Promise.race([openStage(options.hosts), interrupted])
  try {
    return await Promise.race([playAll(stage, paths, options, terminal), interrupted])
  } finally {
    terminal.close()
    await stage.close()
  }
}

/** All steps that a fault can strike. @throws Usage for one that is not among them */
async function stepsOf({ fault }: Options): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const paths = await examplePaths(folder).finally(() => rmSync(folder, { recursive: true }))
  if (fault && !paths.includes(fault.step))
    throw new Usage(`There is no step ${fault.step}. The steps are:\n${paths.map((path) => `  ${path}`).join('\n')}`)
  return paths
}

function refuseMissingBundles(): void {
  const bundles = ['deploy-ssh', 'health-gate', 'notify-slack', 'release/begin', 'release/end']
  const missing = bundles.filter((name) => !existsSync(join(belayRoot, 'actions', name, 'dist/index.js')))
  if (missing.length > 0) throw new Lacking(`No bundle of ${missing.join(', ')}. Build them: npm run build`)
}

/** The releases that lead to what was asked for, each proven; one that is not as promised ends it. */
async function playAll(stage: Stage, paths: string[], options: Options, terminal: Terminal): Promise<number> {
  reportStage(terminal, stage)
  let well = true
  for (const rehearsal of rehearsals(options)) well &&= await playOne(stage, paths, rehearsal, options, terminal)
  reportSlack(terminal, stage)
  terminal.line()
  terminal.line(`${well ? 'Everything ended as promised' : 'It did not end as promised'}; it took ${terminal.clock()}.`)
  return well ? exits.promised : exits.otherwise
}

function rehearsals({ fault, first }: Options): Rehearsal[] {
  if (first) return [{ version: v1, old: undefined, fault }]
  return [
    { version: v1, old: undefined, fault: undefined },
    { version: v2, old: v1, fault },
  ]
}

async function playOne(
  stage: Stage,
  paths: string[],
  rehearsal: Rehearsal,
  { verbose }: Options,
  terminal: Terminal,
): Promise<boolean> {
  reportRehearsal(terminal, rehearsal)
  const told = openTimeline(terminal, { verbose, paths, names: hostNames(stage) })
  let waiting = ''
  const rehearsed = await rehearse(stage, paths, rehearsal, {
    onEvent: told,
    onProve({ later }) {
      terminal.status('asking the hosts what they serve')
      if (later)
        terminal.line(`The runner is gone. Hosts return by themselves ${confirmTimeout} s after they were armed.`)
    },
    onWait(places, seconds) {
      terminal.status(`${seconds.toFixed(0)} s: ${places.length} services on hosts are not back yet`)
      if (places.join() === waiting) return
      waiting = places.join()
      terminal.line(`${terminal.clock().padStart(8)}  not back yet: ${places.join(', ')}`)
    },
  })
  terminal.status('')
  reportProof(terminal, rehearsed)
  return rehearsed.problems.length === 0
}

/** Asked to end while hosts are up; `status` is what a shell makes of the signal. */
class Interrupted extends Error {
  readonly status: number

  constructor(signal: NodeJS.Signals) {
    super(`${signal}: everything that was started is taken down.`)
    this.status = 128 + constants.signals[signal]
  }
}

/** Rejects when a signal asks this process to end: what it started has to end first. */
function interruption(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => reject(new Interrupted(signal)))
  // Between two races nobody listens.
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
  if (!(error instanceof Usage || error instanceof Lacking || error instanceof Refusal)) throw error
  console.error(error.message)
  if (error instanceof Usage) console.error('\nnpm run rehearse -- --help says what can be asked for.')
  process.exitCode = exits.notBegun
}
