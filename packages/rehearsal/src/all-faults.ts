/**
 * Every kind of fault at every step of Belay's in the example, a line each: `node packages/rehearsal/src/all-faults.ts
 * [--environment qa|production] [--kind KIND]… [--step END-OF-PATH]… [--sample N --seed S]`. Of QA two at a time, as the
 * machines that run this have two cores; in production users need theirs. Exits 0 only if all ended as promised.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FaultName } from './engine/index.ts'
import { migrationsOf, services, type Version, v1, v2 } from './example.ts'
import { Lacking, prepareMachine, refuseMissingBundles } from './machine.ts'
import type { Fault } from './options.ts'
import { buildIn, openProduction, type ProductionStage } from './production.ts'
import { jobOf } from './production-expectation.ts'
import { examplePaths, rehearse } from './rehearse.ts'
import { productionPaths, rehearseProduction } from './rehearse-production.ts'
import { resultOf } from './report.ts'
import { openStage, type Stage } from './stage.ts'

interface Case {
  readonly fault: Fault
  /** What serves when the fault strikes; undefined: nothing was ever released. */
  readonly old: Version | undefined
}

const kinds: readonly FaultName[] = ['break', 'cancel', 'kill', 'loseRunner']
/** What downloads is no step of Belay's; nobody judges a commit, and QA has neither database nor slots. */
const notInQa = ['artifact', 'plan', 'proven', 'migrate-db', 'blue-green-switch']

/** The cases of QA: all over a release before, those that have changed hosts also where nothing was before. */
function qaCases(paths: readonly string[]): Case[] {
  const steps = leavesOf(paths).filter(
    (path) => path.startsWith('release/') && !notInQa.includes(path.split('/').at(-1) ?? ''),
  )
  const changing = steps.filter((path) => path.endsWith('/deploy-ssh') || path === 'release/smoke')
  return [...casesFor(changing, undefined), ...casesFor(steps, v1)]
}

/** The cases of production: all that run there, over a release before. */
function productionCases(paths: readonly string[]): Case[] {
  const [first] = services
  const steps = leavesOf(paths).filter((path) => {
    const service = services.find((each) => path.startsWith(`${jobOf(each)}/`))
    const name = path.split('/').at(-1) ?? ''
    // QA's artifact is taken, and only the first service has a database.
    return service && !['checkout', 'artifact'].includes(name) && (name !== 'migrate-db' || service === first)
  })
  return casesFor(steps, v1)
}

function leavesOf(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
}

function casesFor(steps: readonly string[], old: Version | undefined): Case[] {
  return steps.flatMap((step) => kinds.map((kind) => ({ fault: { kind, step }, old })))
}

/** `count` of the cases in their order, the same ones for the same seed. */
function sampleOf(cases: readonly Case[], count: number, seed: number): Case[] {
  const random = randomFrom(seed)
  const chosen = cases.map((each) => ({ each, key: random() })).toSorted((a, b) => a.key - b.key)
  const wanted = new Set(chosen.slice(0, count).map(({ each }) => each))
  return cases.filter((each) => wanted.has(each))
}

/** mulberry32: numbers from 0 to 1 that look random and follow from the seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Plays cases on hosts of its own, which it keeps from case to case as long as they can serve the next one. */
interface Bench {
  play(one: Case): Promise<Ended>
  /** Whatever all these faults have left behind: the next release succeeds. */
  end(): Promise<void>
  close(): Promise<void>
}

interface Ended {
  readonly conclusion: string
  readonly result: string
  readonly problems: readonly string[]
}

/** After a fault QA serves what it served before, which is what each case proves. */
function qaBench(paths: readonly string[]): Bench {
  let stage: Stage | undefined
  let serving: Version | undefined

  async function close(): Promise<void> {
    await stage?.close()
    stage = undefined
    serving = undefined
  }

  async function readyFor(old: Version | undefined): Promise<Stage> {
    if (serving !== undefined && serving !== old) await close()
    stage ??= await openStage('namespaces')
    if (old && serving !== old) await release(stage, old)
    return stage
  }

  async function release(on: Stage, version: Version): Promise<void> {
    const { problems } = await rehearse(on, paths, { version, old: serving, fault: undefined })
    refuse(version, problems)
    serving = version
  }

  return {
    async play({ fault, old }) {
      const on = await readyFor(old)
      const { played, problems } = await rehearse(on, paths, { version: old ? v2 : v1, old, fault })
      if (problems.length > 0) await close()
      return { conclusion: played.conclusion, result: resultOf(played), problems }
    },
    async end() {
      if (stage) await release(stage, v2)
    },
    close,
  }
}

/** In production a fault leaves its service as it was, while the other one, in a job of its own, goes on. */
function productionBench(paths: readonly string[]): Bench {
  let stage: Stage | undefined
  let production: ProductionStage | undefined
  let serving: Record<string, Version> = {}
  let schema: readonly string[] = []

  async function close(): Promise<void> {
    await production?.close()
    await stage?.close()
    stage = undefined
    production = undefined
    serving = {}
    schema = []
  }

  async function open(): Promise<void> {
    await close()
    stage = await openStage('namespaces')
    const proven = new Map<Version, number>()
    for (const version of [v1, v2]) proven.set(version, await buildIn(stage, version))
    production = await openProduction(stage, proven)
    await release(v1)
  }

  async function release(version: Version): Promise<void> {
    refuse(version, (await run(version, undefined)).problems)
  }

  async function run(version: Version, fault: Fault | undefined) {
    if (!stage || !production) throw new Error('production is not open')
    const asked = { version, back: false, serving, schema, fault }
    const rehearsed = await rehearseProduction(stage, production, paths, asked)
    const legs = rehearsed.legs.flatMap(({ service, version: now }) => (now ? [[service.name, now]] : []))
    serving = Object.fromEntries(legs)
    schema = migrationsOf(v2).slice(0, rehearsed.proof.schema.length)
    return rehearsed
  }

  /** What a case strikes must be there to be done. */
  function suits({ fault: { step } }: Case): boolean {
    const struck = services.find((service) => step.startsWith(`${jobOf(service)}/`))
    const pending = !step.endsWith('/migrate-db') || schema.length < migrationsOf(v2).length
    return production !== undefined && pending && (!struck || serving[struck.name] === v1)
  }

  return {
    async play(one) {
      if (!suits(one)) await open()
      const { played, problems } = await run(v2, one.fault)
      const job = one.fault.step.slice(0, one.fault.step.indexOf('/'))
      if (problems.length > 0) await close()
      return {
        conclusion: played.conclusion,
        result: Object.values(played.jobs[job]?.outputs ?? {})[0] ?? 'none',
        problems,
      }
    },
    async end() {
      if (production) await release(v2)
    },
    close,
  }
}

function refuse(version: Version, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${version.name} could not be released well:\n${problems.join('\n')}`)
}

/** Plays cases from a queue until it is empty. Returns how many were not as promised. */
async function work(queue: Case[], bench: Bench): Promise<number> {
  let failed = 0
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const started = performance.now()
      const ended = await bench.play(next)
      tell(next, ended, (performance.now() - started) / 1000)
      if (ended.problems.length > 0) failed += 1
    }
    await bench.end()
  } finally {
    await bench.close()
  }
  return failed
}

function tell({ fault, old }: Case, { conclusion, result, problems }: Ended, seconds: number): void {
  const kind = fault.kind === 'loseRunner' ? 'lose-runner' : fault.kind
  const over = old ? `over ${old.name}` : 'first  '
  const mark = problems.length === 0 ? '✓' : '✗'
  const columns = [mark, kind.padEnd(11), fault.step.padEnd(27), over, conclusion.padEnd(9), result.padEnd(11)]
  console.log(`${columns.join(' ')} ${seconds.toFixed(1).padStart(5)} s`)
  for (const problem of problems) console.log(`    ${problem}`)
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      environment: { type: 'string', default: 'qa' },
      kind: { type: 'string', multiple: true, default: [...kinds] },
      step: { type: 'string', multiple: true, default: [''] },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  })
  const production = values.environment === 'production'
  if (!production && values.environment !== 'qa') throw new Lacking(`There is no environment ${values.environment}.`)
  refuseMissingBundles()
  prepareMachine('namespaces', production, [], console.log)
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const paths = await (production ? productionPaths : examplePaths)(folder).finally(() =>
    rmSync(folder, { recursive: true }),
  )
  const every = production ? productionCases(paths) : qaCases(paths)
  const all = every.filter(
    ({ fault }) => values.kind.includes(fault.kind) && values.step.some((name) => fault.step.endsWith(name)),
  )
  if (all.length === 0) throw new Lacking(`There are no such faults. The kinds are ${kinds.join(', ')}.`)
  const cases = values.sample ? sampleOf(all, Number(values.sample), Number(values.seed)) : all
  console.log(`${cases.length} of ${all.length} faults${values.sample ? `, seed ${values.seed}` : ''}`)
  const started = performance.now()
  const queue = [...cases]
  const benches = Array.from({ length: production ? 1 : 2 }, () => (production ? productionBench : qaBench)(paths))
  const failed = await Promise.all(benches.map((bench) => work(queue, bench)))
  const bad = failed.reduce((sum, one) => sum + one, 0)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${cases.length - bad} passed, ${bad} failed; ${seconds} s`)
  return bad === 0 ? 0 : 1
}

// By an exit of its own: then everything that was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Lacking)) throw error
  console.error(error.message)
  process.exitCode = 2
}
