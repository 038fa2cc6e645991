import { randomUUID } from 'node:crypto'
import { createCommandFiles, type FileCommands, readCommandFiles } from './command-files.ts'
import { processEnvironment } from './contexts.ts'
import type { StepOutcome } from './events.ts'
import { createLineReader } from './log.ts'
import type { Visit } from './model.ts'
import { type ProcessEnd, type RunningProcess, startProcess } from './process.ts'
import { addAnnotation, annotate, logLine } from './step-execution.ts'

/** Runs a step's process with the environment and the command files of the runner, and applies what it wrote. */
export async function runProcess(
  visit: Visit,
  file: string,
  args: string[],
  cwd: string,
  inputs: Record<string, string>,
): Promise<StepOutcome> {
  const { job, planned, stage } = visit
  const { run } = job
  if (job.over) return 'failure'
  const files = createCommandFiles(job.dirs.temp, randomUUID())
  const env = processEnvironment({
    passEnv: run.passEnv,
    trackingId: job.trackingId,
    env: visit.scope().contexts.env as Record<string, string>,
    state: job.state.get(planned.path) ?? {},
    inputs,
    prependPath: job.prependPath,
    github: visit.github,
    runner: job.runner,
    files,
  })
  try {
    const child = startProcess(
      { file, args, cwd, env: { ...env, ...run.stepEnv(planned.path, stage) }, onLine: lineReader(visit) },
      run.timing,
    )
    visit.process = child
    visit.end = await follow(visit, child)
  } finally {
    // However it ended: what it wrote before counts (ActionRunner.cs). A lost machine reads nothing.
    if (!job.lost) applyCommands(visit, readCommandFiles(files))
  }
  return visit.end.code === 0 ? 'success' : 'failure'
}

/** Waits for a process, interrupts it when its step is aborted, and emits what it appends to the job's journal. */
async function follow(visit: Visit, child: RunningProcess): Promise<ProcessEnd> {
  const { job, planned, stage, abort } = visit
  const { path } = planned
  if (child.pid > 0) job.run.emit({ type: 'process', path, stage, pid: child.pid })
  const stop = job.journal.follow((line) => {
    job.run.emit({ type: 'journal', path, stage, line })
    job.run.faults.atLine(path, stage, line)
  })
  if (visit.killed) child.kill()
  if (abort.signal.aborted) child.interrupt()
  abort.signal.addEventListener('abort', () => child.interrupt())
  try {
    return await child.ended
  } finally {
    stop()
  }
}

function applyCommands(visit: Visit, commands: FileCommands): void {
  const { job, planned } = visit
  for (const [name, value] of Object.entries(commands.env)) {
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      annotate(visit, 'error', `Can't store ${name} output parameter using '$GITHUB_ENV' command.`)
    } else {
      job.env[name] = value
      job.fileEnv[name] = value
    }
  }
  job.state.set(planned.path, { ...job.state.get(planned.path), ...commands.state })
  job.prependPath = [...job.prependPath.filter((entry) => !commands.path.includes(entry)), ...commands.path]
  Object.assign(visit.outputs, commands.output)
  visit.summary = job.run.masker.mask(commands.summary)
  visit.failures.push(...commands.problems)
}

function lineReader(visit: Visit): (line: string) => void {
  const { job, planned } = visit
  return createLineReader(job.run.masker, {
    line: (text) => logLine(visit, text),
    annotate: (annotation) => addAnnotation(visit, annotation),
    output: (name, value) => void Object.assign(visit.outputs, { [name]: value }),
    state: (name, value) => void job.state.set(planned.path, { ...job.state.get(planned.path), [name]: value }),
    fail: (message) => void visit.failures.push(message),
  })
}
