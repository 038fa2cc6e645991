import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { createCommandFiles, listPairs } from '@belay/workflow-runner/command-files'
import { type Annotation, annotationsIn } from './annotations.ts'

/** By the name that `action.yml` has; every value is text. */
export type Inputs = Readonly<Record<string, string>>

/** The scripts of an action that is not one of `actions/`. */
export interface Scripts {
  readonly main: string
  readonly post: string
}

/** What one process of a step did. */
export interface Stage {
  /** Its exit status; 128 + the number of the signal that ended it. */
  readonly exit: number
  /** Standard output and standard error, as they came. */
  readonly log: string
  readonly annotations: readonly Annotation[]
  /** What it wrote to `GITHUB_OUTPUT`; of a name that was set twice, the last value. */
  readonly outputs: Readonly<Record<string, string>>
  /** The same, with every value of a name in order. */
  readonly outputHistory: Readonly<Record<string, readonly string[]>>
  /** What it wrote to `GITHUB_ENV`, and no earlier stage. */
  readonly environment: Readonly<Record<string, string>>
  /** What it wrote to `GITHUB_STATE`. */
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  /** From its start to its end, in milliseconds. */
  readonly ms: number
}

export interface StageOptions {
  /** Variables of this stage alone. */
  readonly env?: Readonly<Record<string, string>>
  /** Called once the process runs, for instance to kill it. What it throws, the stage throws. */
  readonly during?: ((child: ChildProcess) => unknown) | undefined
  /** After this time the process gets `SIGKILL`. */
  readonly timeoutMs?: number
}

/** A stage that runs. */
export interface StartedStage {
  readonly pid: number
  readonly ended: Promise<Stage>
}

/** Starts a script with this whole environment; its command files lie in `folder`. */
export function startStage(
  script: string,
  { folder, cwd, env, during, timeoutMs }: StageOptions & { folder: string; cwd: string | undefined },
): StartedStage {
  const files = createCommandFiles(folder, 'stage')
  const paths = Object.entries(files).map(([name, path]) => [`GITHUB_${name.toUpperCase()}`, path])
  const began = performance.now()
  const child = spawn(process.execPath, [script], {
    cwd,
    env: { ...env, ...Object.fromEntries(paths) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs ?? 100_000,
    killSignal: 'SIGKILL',
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })

  const closed = new Promise<Stage>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => {
      const read = (name: 'output' | 'env' | 'state') => pairsIn(name, files[name], signal !== null)
      try {
        const outputs = read('output')
        resolve({
          exit: status ?? 128 + constants.signals[signal as NodeJS.Signals],
          log,
          annotations: annotationsIn(log),
          outputs: Object.fromEntries(outputs),
          outputHistory: historyOf(outputs),
          environment: Object.fromEntries(read('env')),
          state: Object.fromEntries(read('state')),
          summary: readFileSync(files.step_summary, 'utf8'),
          ms: performance.now() - began,
        })
      } catch (error) {
        reject(error)
      }
    })
  })
  const ended = Promise.all([closed, during?.(child)]).then(([stage]) => stage)
  return { pid: child.pid ?? 0, ended }
}

function pairsIn(name: string, path: string, killed: boolean): [string, string][] {
  const { list, problem } = listPairs(readFileSync(path, 'utf8'))
  if (problem && !killed) throw new Error(`The runner could not read the file command '${name}': ${problem}`)
  return list
}

function historyOf(pairs: readonly [string, string][]): Record<string, string[]> {
  const names = [...new Set(pairs.map(([name]) => name))]
  return Object.fromEntries(
    names.map((wanted) => [wanted, pairs.flatMap(([name, value]) => (name === wanted ? value : []))]),
  )
}
