/**
 * Injects every kind of fault at every step that begins in an example's release, and prints a line for each: `node tools/rehearsal/src/all-faults.ts
 * [--example NAME] [--environment NAME] [--kind KIND]… [--step END-OF-PATH]… [--sample N --seed S]`; the environment is
 * the example's first unless named. Exit status: 0 only if every run ended as promised.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sample } from '../../../scripts/sample.ts'
import { examples } from './examples.ts'
import { faultKinds, flagOf } from './fault.ts'
import { Lacking, refuseMissingBundles } from './machine.ts'
import { environmentOf, exampleNamed } from './options.ts'
import { Usage } from './usage.ts'
import type { Case, Ended, Worker } from './worker.ts'

const kinds = [...faultKinds, 'external-failure']

const kindOf = ({ fault }: Case) => fault?.kind ?? 'external-failure'

/** Runs cases from a queue until it is empty. Returns how many did not end as promised. */
async function work(queue: Case[], worker: Worker): Promise<number> {
  let failed = 0
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const started = performance.now()
      const ended = await worker.runCase(next)
      print(next, ended, (performance.now() - started) / 1000)
      if (ended.problems.length > 0) failed += 1
    }
    await worker.end()
  } finally {
    await worker.close()
  }
  return failed
}

function print(
  { fault, externalFailure = '', old }: Case,
  { conclusion, result, problems }: Ended,
  seconds: number,
): void {
  const [kind, where] = fault ? [flagOf(fault), fault.step] : ['external-failure', externalFailure]
  const over = old ? `over ${old.name}` : 'first  '
  const mark = problems.length === 0 ? '✓' : '✗'
  const columns = [mark, kind.padEnd(11), where.padEnd(27), over, conclusion.padEnd(9), result.padEnd(11)]
  console.log(`${columns.join(' ')} ${seconds.toFixed(1).padStart(5)} s`)
  for (const problem of problems) console.log(`    ${problem}`)
}

function firstOf([first]: readonly Worker[]): Worker {
  if (!first) throw new Error('the example has no worker')
  return first
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      example: { type: 'string', default: examples[0].name },
      environment: { type: 'string' },
      kind: { type: 'string', multiple: true, default: kinds },
      step: { type: 'string', multiple: true, default: [''] },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  })
  const example = exampleNamed(values.example)
  const environment = environmentOf(example, values.environment) ?? example.environments[0] ?? ''
  refuseMissingBundles(example.bundles)
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const paths = await example.paths(environment, folder).finally(() => rmSync(folder, { recursive: true }))
  const asked = { environments: [environment], paths: { [environment]: paths }, hosts: 'namespaces' } as const
  await example.prepare({ ...asked, first: false }, { args: [], install: true, say: console.log })
  const workers = await example.workers(environment, paths)
  const begun = await firstOf(workers).begunSteps()
  const all = example.cases(environment, begun).filter((each) => {
    const where = each.fault?.step ?? each.externalFailure ?? ''
    return values.kind.includes(kindOf(each)) && values.step.some((name) => where.endsWith(name))
  })
  if (all.length === 0) {
    const steps = begun.map((step) => `  ${step}`).join('\n')
    throw new Lacking(`No fault matches --kind and --step. The kinds are ${kinds.join(', ')}. The steps are:\n${steps}`)
  }
  const cases = values.sample ? sample(all, Number(values.sample), Number(values.seed), kindOf) : all
  console.log(`${cases.length} of ${all.length} faults${values.sample ? `, seed ${values.seed}` : ''}`)
  const started = performance.now()
  const queue = [...cases]
  const failed = await Promise.all(workers.map((worker) => work(queue, worker)))
  const bad = failed.reduce((sum, one) => sum + one, 0)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${cases.length - bad} passed, ${bad} failed; ${seconds} s`)
  return bad === 0 ? 0 : 1
}

// An explicit exit: everything that was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Lacking || error instanceof Usage)) throw error
  console.error(error.message)
  process.exitCode = 2
}
