/** `npm run rehearse`: see the text of --help in options.ts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PlayResult, Refusal } from './engine/index.ts'
import { allServe, migrationsOf, type Version, v1, v2 } from './example.ts'
import { Lacking, prepareMachine, refuseMissingBundles } from './machine.ts'
import { type Environment, environments, help, type Options, readOptions, Usage } from './options.ts'
import { buildIn, openProduction, type ProductionStage } from './production.ts'
import type { ProductionRun } from './production-expectation.ts'
import { reportProductionProof, reportProductionRun, reportProductionStage } from './production-report.ts'
import { confirmTimeout, examplePaths, type Rehearsal, rehearse } from './rehearse.ts'
import { productionPaths, rehearseProduction } from './rehearse-production.ts'
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
  const plan = await planOf(options)
  refuseMissingBundles()
  const terminal = openTerminal(process.stdout)
  terminal.line(terminal.style('bold', 'Rehearsal of examples/vps-systemd'))
  prepareMachine(options.hosts, plan.production.length > 0, args, terminal.line)
  terminal.status('starting hosts')
  const interrupted = interruption()
  // An interrupted start leaves nothing: hosts and files end with this process.
  const stage = await Promise.race([openStage(options.hosts), interrupted])
  try {
    return await Promise.race([playAll(stage, plan, options, terminal), interrupted])
  } finally {
    terminal.close()
    await stage.close()
  }
}

/** What is played, one after the other, and all steps of both workflows. */
interface Plan {
  readonly paths: Readonly<Record<Environment, string[]>>
  readonly qa: readonly Rehearsal[]
  /** Empty: only QA is played. */
  readonly production: readonly ProductionRun[]
}

/** @throws Usage where there is no such step */
async function planOf(options: Options): Promise<Plan> {
  const paths = await pathsOf()
  const { fault, hosts } = options
  const wanted = options.environment ? [options.environment] : environments
  const played = wanted.filter((name) => !fault || paths[name].includes(fault.step)).slice(0, fault ? 1 : undefined)
  if (fault && played.length === 0) {
    const steps = wanted.flatMap((name) => paths[name].map((path) => `  ${path}`))
    throw new Usage(`There is no step ${fault.step}. The steps are:\n${[...new Set(steps)].join('\n')}`)
  }
  return {
    paths,
    qa: played.includes('qa') ? rehearsals(options) : [],
    production: played.includes('production') && hosts !== 'systemd' ? productionRuns(options) : [],
  }
}

async function pathsOf(): Promise<Plan['paths']> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  try {
    return { qa: await examplePaths(folder), production: await productionPaths(folder) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The releases that lead to what was asked for, each proven; one that is not as promised ends it. */
async function playAll(stage: Stage, plan: Plan, options: Options, terminal: Terminal): Promise<number> {
  reportStage(terminal, stage)
  const proven = new Map<Version, number>()
  let well = true
  for (const rehearsal of plan.qa) {
    const played = well && (await playOne(stage, plan.paths.qa, rehearsal, options, terminal))
    if (played) proven.set(rehearsal.version, Number(played.runId))
    else well = false
  }
  if (well && plan.production.length > 0) well = await playProduction(stage, plan, proven, options, terminal)
  reportSlack(terminal, stage)
  terminal.line()
  terminal.line(`${well ? 'Everything ended as promised' : 'It did not end as promised'}; it took ${terminal.clock()}.`)
  return well ? exits.promised : exits.otherwise
}

async function playProduction(
  stage: Stage,
  plan: Plan,
  proven: Map<Version, number>,
  options: Options,
  terminal: Terminal,
): Promise<boolean> {
  for (const version of [v1, v2]) {
    if (proven.has(version)) continue
    terminal.status(`QA builds ${version.name}`)
    proven.set(version, await buildIn(stage, version))
  }
  terminal.status('starting PostgreSQL and nginx')
  const production = await openProduction(stage, proven)
  try {
    reportProductionStage(terminal, production)
    for (const run of plan.production)
      if (!(await playRun(stage, production, plan.paths.production, run, options, terminal))) return false
    return true
  } finally {
    await production.close()
  }
}

async function playRun(
  stage: Stage,
  production: ProductionStage,
  paths: string[],
  run: ProductionRun,
  { verbose }: Options,
  terminal: Terminal,
): Promise<boolean> {
  reportProductionRun(terminal, run)
  const onEvent = openTimeline(terminal, { verbose, paths, names: hostNames(stage) })
  const rehearsed = await rehearseProduction(stage, production, paths, run, { onEvent, ...watching(terminal) })
  terminal.status('')
  reportProductionProof(terminal, rehearsed)
  return rehearsed.problems.length === 0
}

function rehearsals({ fault, first }: Options): Rehearsal[] {
  if (first) return [{ version: v1, old: undefined, fault }]
  return [
    { version: v1, old: undefined, fault: undefined },
    { version: v2, old: v1, fault },
  ]
}

function productionRuns({ fault, first }: Options): ProductionRun[] {
  const empty = { serving: {}, schema: [], back: false }
  if (first) return [{ ...empty, version: v1, fault }]
  const runs: ProductionRun[] = [
    { ...empty, version: v1, fault: undefined },
    { version: v2, serving: allServe(v1), schema: migrationsOf(v1), back: false, fault },
  ]
  return fault ? runs : [...runs, { version: v1, serving: allServe(v2), schema: migrationsOf(v2), back: true, fault }]
}

/** Returns what was played, where it ended as promised. */
async function playOne(
  stage: Stage,
  paths: string[],
  rehearsal: Rehearsal,
  { verbose }: Options,
  terminal: Terminal,
): Promise<PlayResult | undefined> {
  reportRehearsal(terminal, rehearsal)
  const onEvent = openTimeline(terminal, { verbose, paths, names: hostNames(stage) })
  const rehearsed = await rehearse(stage, paths, rehearsal, { onEvent, ...watching(terminal) })
  terminal.status('')
  reportProof(terminal, rehearsed)
  return rehearsed.problems.length === 0 ? rehearsed.played : undefined
}

function watching(terminal: Terminal) {
  let waiting = ''
  return {
    onProve({ later }: { later: boolean }) {
      terminal.status('asking the hosts what they serve')
      if (later)
        terminal.line(`The runner is gone. Hosts return by themselves ${confirmTimeout} s after they were armed.`)
    },
    onWait(places: readonly string[], seconds: number) {
      terminal.status(`${seconds.toFixed(0)} s: ${places.length} services on hosts are not back yet`)
      if (places.join() === waiting) return
      waiting = places.join()
      terminal.line(`${terminal.clock().padStart(8)}  not back yet: ${places.join(', ')}`)
    },
  }
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
