import { type ChildProcess, spawn } from 'node:child_process'
import { Failure, Interrupted, lineLog } from '@belay/action-kit'

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly signal: AbortSignal
  /** Milliseconds that are left of the step's deadline. */
  readonly leftMs: number
  /** Whether the job log shows what it says. */
  readonly shown: boolean
}

export interface DockerResult {
  readonly ok: boolean
  /** What it said, both streams, the last 64 KiB. */
  readonly output: string
}

const keptCharacters = 65_536

/**
 * Runs `docker` to its end, in a process group of its own: the plugin that it starts ends with it.
 * @throws Failure `docker-missing`, `deadline`, and Interrupted
 */
export async function runDocker(args: readonly string[], options: ChildOptions): Promise<DockerResult> {
  const { env, cwd, signal, leftMs, shown } = options
  if (signal.aborted) throw new Interrupted()
  if (leftMs <= 0) throw tooLate()
  const child = spawn('docker', args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    const lines = lineLog()
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      output = (output + text).slice(-keptCharacters)
      if (shown) lines.write(text)
    })
    stream.once('end', lines.end)
  }
  let late = false
  const end = () => endGroup(child)
  const timer = setTimeout(() => {
    late = true
    end()
  }, leftMs)
  signal.addEventListener('abort', end)
  // However this process ends, it leaves none behind that goes on pushing.
  const sweep = () => killGroup(child, 'SIGKILL')
  process.once('exit', sweep)
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    if (signal.aborted) throw new Interrupted()
    if (late) throw tooLate()
    return { ok: status === 0, output }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Failure('docker-missing', 'There is no program docker on PATH.', 'install Docker on this runner.')
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    process.off('exit', sweep)
  }
}

function tooLate(): Failure {
  return new Failure('deadline', 'The build took longer than deadline allows.', 'raise deadline, or use a cache.')
}

/** Asks it to end, and 3 s later does not ask any more: after a cancel the runner leaves seven seconds. */
function endGroup(child: ChildProcess): void {
  killGroup(child, 'SIGTERM')
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 3000)
  child.once('close', () => clearTimeout(timer))
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // it is gone already
  }
}
