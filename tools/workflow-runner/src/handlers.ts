import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { STAND_INS, type StandInName } from './builtin-actions/index.ts'
import type { StepOutcome } from './events.ts'
import { evaluateAll, interpolate } from './expressions.ts'
import type { Visit } from './model.ts'
import type { LoadedAction } from './resolve.ts'
import { annotate, fail } from './step-execution.ts'
import { runProcess } from './step-process.ts'

/** Runs the bundle of a JavaScript action: that of main or that of post. */
export function runNode(visit: Visit, action: LoadedAction, inputs: Record<string, string>): Promise<StepOutcome> {
  const { runs } = action.manifest
  if (runs.using !== 'node24') throw new Error(`${action.folder} is not a JavaScript action`)
  const bundle = visit.stage === 'main' ? runs.main : runs.post
  if (!bundle) throw new Error(`${action.folder} has no post any more`)
  return runProcess(visit, process.execPath, [join(action.folder, bundle)], visit.job.dirs.workspace, inputs)
}

/** `bash -e`, `bash --noprofile --norc -e -o pipefail` where the step says bash, `sh -e` (ScriptHandlerHelpers.cs). */
export async function runScript(visit: Visit, run: string): Promise<StepOutcome> {
  const { job, planned, frame } = visit
  const scope = visit.scope()
  const shell = planned.step.shell ?? frame.defaults.shell
  const folder = interpolate(planned.step['working-directory'] ?? frame.defaults['working-directory'] ?? '', scope)
  const file = join(job.dirs.temp, `${randomUUID()}.sh`)
  writeFileSync(file, interpolate(run, scope))
  const options = shell === 'bash' ? ['--noprofile', '--norc', '-e', '-o', 'pipefail'] : ['-e']
  const outcome = await runProcess(visit, shell ?? 'bash', [...options, file], join(job.dirs.workspace, folder), {})
  const { code = null, signal = null } = visit.end ?? {}
  if (outcome === 'failure')
    fail(visit, `Process completed with exit code ${code ?? 128 + (signal ? constants.signals[signal] : 0)}.`)
  return outcome
}

/** Replaces an action of another repository by a built-in one, and says so. */
export async function runStandIn(visit: Visit, name: StandInName): Promise<StepOutcome> {
  const { job, planned } = visit
  const { run } = job
  const standIn = STAND_INS[name]
  const inputs = evaluateAll(planned.step.with ?? {}, visit.scope())
  const beyond = Object.keys(inputs).filter((input) => !standIn.inputs.includes(input))
  if (beyond.length > 0) {
    throw new Error(
      `the built-in ${name} does not support ${beyond.join(', ')}; it supports ${standIn.inputs.join(', ')}`,
    )
  }
  run.emit({ type: 'note', path: planned.path, message: `replaces ${planned.step.uses}: ${standIn.does}` })
  const warn = (message: string) => annotate(visit, 'warning', message)
  const { artifacts, repositories, workDir } = run
  const { workspace } = job.dirs
  visit.outputs = await standIn.run({
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
