import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { createCommandFiles, type FileCommands, readCommandFiles } from './command-files.ts'
import { processEnvironment } from './contexts.ts'
import type { StepOutcome } from './events.ts'
import { createLineReader } from './log.ts'
import type { StepExecution } from './model.ts'
import { type ProcessEnd, type RunningProcess, startProcess } from './process.ts'
import { addAnnotation, annotate, logLine } from './step-execution.ts'

/** Runs a step's process with the environment and the command files of the runner, and applies what it wrote. */
export async function runProcess(
  execution: StepExecution,
  file: string,
  args: string[],
  cwd: string,
  inputs: Record<string, string>,
): Promise<StepOutcome> {
  const { job, planned, stage } = execution
  const { run } = job
  if (job.over) return 'failure'
  const files = createCommandFiles(job.dirs.temp, randomUUID())
  const env = processEnvironment({
    passEnv: run.passEnv,
    trackingId: job.trackingId,
    env: execution.scope().contexts.env as Record<string, string>,
    state: job.state.get(planned.path) ?? {},
    inputs,
    prependPath: job.prependPath,
    github: execution.github,
    runner: job.runner,
    files,
  })
  const [program = file, ...programArgs] = [...launcherOf(execution, cwd), file, ...args]
  try {
    const child = startProcess(
      {
        file: program,
        args: programArgs,
        cwd,
        env: { ...env, ...run.stepEnv(planned.path, stage) },
        onLine: lineReader(execution),
      },
      run.timing,
    )
    execution.process = child
    execution.end = await follow(execution, child)
  } finally {
    // However it ended: what it wrote before counts (ActionRunner.cs). A lost machine reads nothing.
    if (!job.lost) applyCommands(execution, readCommandFiles(files))
  }
  return execution.end.code === 0 ? 'success' : 'failure'
}

/** What stands before the command of a step. */
function launcherOf({ job, planned, stage }: StepExecution, cwd: string): readonly string[] {
  const { path, action } = planned
  const folder = dirname(job.dirs.workspace)
  return job.run.launch({ path, job: job.path, stage, isAction: action !== undefined, folder, cwd })
}

/** Waits for a process, interrupts it when its step is aborted, and emits what it appends to the job's journal. */
async function follow(execution: StepExecution, child: RunningProcess): Promise<ProcessEnd> {
  const { job, planned, stage, abort } = execution
  const { path } = planned
  if (child.pid > 0) job.run.emit({ type: 'process', path, stage, pid: child.pid })
  const stop = job.journal.follow((line) => {
    job.run.emit({ type: 'journal', path, stage, line })
    job.run.faults.atLine(path, stage, line)
  })
  if (execution.killed) child.kill()
  if (abort.signal.aborted) child.interrupt()
  abort.signal.addEventListener('abort', () => child.interrupt())
  try {
    return await child.ended
  } finally {
    stop()
  }
}

function applyCommands(execution: StepExecution, commands: FileCommands): void {
  const { job, planned } = execution
  for (const [name, value] of Object.entries(commands.env)) {
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      annotate(execution, 'error', `Can't store ${name} output parameter using '$GITHUB_ENV' command.`)
    } else {
      job.env[name] = value
      job.fileEnv[name] = value
    }
  }
  job.state.set(planned.path, { ...job.state.get(planned.path), ...commands.state })
  job.prependPath = [...job.prependPath.filter((entry) => !commands.path.includes(entry)), ...commands.path]
  Object.assign(execution.outputs, commands.output)
  execution.summary = job.run.masker.mask(commands.summary)
  execution.failures.push(...commands.problems)
}

function lineReader(execution: StepExecution): (line: string) => void {
  const { job, planned } = execution
  return createLineReader(job.run.masker, {
    line: (text) => logLine(execution, text),
    annotate: (annotation) => addAnnotation(execution, annotation),
    output: (name, value) => void Object.assign(execution.outputs, { [name]: value }),
    state: (name, value) => void job.state.set(planned.path, { ...job.state.get(planned.path), [name]: value }),
    fail: (message) => void execution.failures.push(message),
  })
}
