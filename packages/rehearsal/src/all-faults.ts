/**
 * Every kind of fault at every step of Belay's in the example, two rehearsals at a time, a line each:
 * `node packages/rehearsal/src/all-faults.ts [--sample N --seed S]`. Exits 0 only if all ended as promised.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FaultName } from './engine/index.ts'
import { type Version, v1, v2 } from './example.ts'
import { Lacking, prepareMachine } from './machine.ts'
import type { Fault } from './options.ts'
import { examplePaths, type Rehearsed, rehearse } from './rehearse.ts'
import { resultOf } from './report.ts'
import { openStage, type Stage } from './stage.ts'

interface Case {
  readonly fault: Fault
  /** What serves when the fault strikes; undefined: nothing was ever released. */
  readonly old: Version | undefined
}

const kinds: readonly FaultName[] = ['break', 'cancel', 'kill', 'loseRunner']
/** Two at a time, as the machines that run this have two cores. */
const stages = 2

/** The cases of a workflow: all over a release before, those that have changed hosts also where nothing was before. */
function casesOf(paths: readonly string[]): Case[] {
  const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
  // What downloads is no step of Belay's.
  const steps = leaves.filter((path) => path.startsWith('release/') && !path.endsWith('/artifact'))
  const changing = steps.filter((path) => path.endsWith('/deploy-ssh') || path === 'release/smoke')
  const casesFor = (some: readonly string[], old: Version | undefined) =>
    some.flatMap((step) => kinds.map((kind) => ({ fault: { kind, step }, old })))
  return [...casesFor(changing, undefined), ...casesFor(steps, v1)]
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

/** Hosts are kept from case to case: after a fault they serve what they served before, which is what each case proves. */
interface Kept {
  stage: Stage
  serving: Version | undefined
}

async function readyFor(kept: Kept | undefined, old: Version | undefined, paths: readonly string[]): Promise<Kept> {
  if (kept && (kept.serving === old || kept.serving === undefined)) return old ? released(kept, old, paths) : kept
  await kept?.stage.close()
  const fresh = { stage: await openStage('namespaces'), serving: undefined }
  return old ? released(fresh, old, paths) : fresh
}

async function released(kept: Kept, version: Version, paths: readonly string[]): Promise<Kept> {
  if (kept.serving === version) return kept
  const { problems } = await rehearse(kept.stage, paths, { version, old: kept.serving, fault: undefined })
  if (problems.length > 0) throw new Error(`${version.name} could not be released well:\n${problems.join('\n')}`)
  return { ...kept, serving: version }
}

/** Plays cases from a queue until it is empty. Returns how many were not as promised. */
async function work(queue: Case[], paths: readonly string[]): Promise<number> {
  let kept: Kept | undefined
  let failed = 0
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { fault, old } = next
      kept = await readyFor(kept, old, paths)
      const started = performance.now()
      const rehearsed = await rehearse(kept.stage, paths, { version: old ? v2 : v1, old, fault })
      tell(next, rehearsed, (performance.now() - started) / 1000)
      if (rehearsed.problems.length === 0) continue
      failed += 1
      await kept.stage.close()
      kept = undefined
    }
    // Whatever all these faults have left behind: the next release succeeds.
    if (kept) await released(kept, v2, paths)
  } finally {
    await kept?.stage.close()
  }
  return failed
}

function tell({ fault, old }: Case, { played, problems }: Rehearsed, seconds: number): void {
  const kind = fault.kind === 'loseRunner' ? 'lose-runner' : fault.kind
  const over = old ? `over ${old.name}` : 'first  '
  const mark = problems.length === 0 ? '✓' : '✗'
  const columns = [
    mark,
    kind.padEnd(11),
    fault.step.padEnd(27),
    over,
    played.conclusion.padEnd(9),
    resultOf(played).padEnd(11),
  ]
  console.log(`${columns.join(' ')} ${seconds.toFixed(1).padStart(5)} s`)
  for (const problem of problems) console.log(`    ${problem}`)
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
  })
  prepareMachine('namespaces', [], console.log)
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const paths = await examplePaths(folder).finally(() => rmSync(folder, { recursive: true }))
  const all = casesOf(paths)
  const cases = values.sample ? sampleOf(all, Number(values.sample), Number(values.seed)) : all
  console.log(`${cases.length} of ${all.length} faults${values.sample ? `, seed ${values.seed}` : ''}`)
  const started = performance.now()
  const queue = [...cases]
  const failed = await Promise.all(Array.from({ length: stages }, () => work(queue, paths)))
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
