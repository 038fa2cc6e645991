import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { BUILT_INS, type BuiltInName } from './builtin-actions/index.ts'
import type { StepOutcome } from './events.ts'
import { evaluateAll, interpolate } from './expressions.ts'
import type { StepExecution } from './model.ts'
import type { LoadedAction } from './resolve.ts'
import { annotate, fail } from './step-execution.ts'
import { runProcess } from './step-process.ts'

/** Runs the bundle of a JavaScript action: that of main or that of post. */
export function runNode(
  execution: StepExecution,
  action: LoadedAction,
  inputs: Record<string, string>,
): Promise<StepOutcome> {
  const { runs } = action.manifest
  if (runs.using !== 'node24') throw new Error(`${action.folder} is not a JavaScript action`)
  const bundle = execution.stage === 'main' ? runs.main : runs.post
  if (!bundle) throw new Error(`${action.folder} has no post any more`)
  return runProcess(execution, process.execPath, [join(action.folder, bundle)], execution.job.dirs.workspace, inputs)
}

/** `bash -e`, `bash --noprofile --norc -e -o pipefail` where the step says bash, `sh -e` (ScriptHandlerHelpers.cs). */
export async function runScript(execution: StepExecution, run: string): Promise<StepOutcome> {
  const { job, planned, frame } = execution
  const scope = execution.scope()
  const shell = planned.step.shell ?? frame.defaults.shell
  const folder = interpolate(planned.step['working-directory'] ?? frame.defaults['working-directory'] ?? '', scope)
  const file = join(job.dirs.temp, `${randomUUID()}.sh`)
  writeFileSync(file, interpolate(run, scope))
  const options = shell === 'bash' ? ['--noprofile', '--norc', '-e', '-o', 'pipefail'] : ['-e']
  const outcome = await runProcess(execution, shell ?? 'bash', [...options, file], join(job.dirs.workspace, folder), {})
  const { code = null, signal = null } = execution.end ?? {}
  if (outcome === 'failure')
    fail(execution, `Process completed with exit code ${code ?? 128 + (signal ? constants.signals[signal] : 0)}.`)
  return outcome
}

/** Replaces an action of another repository by a built-in one, and says so. */
export async function runBuiltIn(execution: StepExecution, name: BuiltInName): Promise<StepOutcome> {
  const { job, planned } = execution
  const { run } = job
  const builtIn = BUILT_INS[name]
  const inputs = evaluateAll(planned.step.with ?? {}, execution.scope())
  const known: readonly string[] | 'any' = builtIn.inputs
  const beyond = known === 'any' ? [] : Object.keys(inputs).filter((input) => !known.includes(input))
  if (known !== 'any' && beyond.length > 0)
    throw new Error(`the built-in ${name} does not support ${beyond.join(', ')}; it supports ${known.join(', ')}`)
  run.emit({ type: 'note', path: planned.path, message: `replaces ${planned.step.uses}: ${builtIn.does}` })
  const warn = (message: string) => annotate(execution, 'warning', message)
  const { artifacts, repositories, workDir } = run
  const { workspace } = job.dirs
  execution.outputs = await builtIn.run({
    inputs,
    workspace,
    repositories,
    artifacts,
    runId: run.facts.runId,
    workDir,
    warn,
  })
  return 'success'
}
