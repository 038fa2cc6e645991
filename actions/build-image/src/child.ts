import { type ChildProcess, spawn } from 'node:child_process'
import { Failure, Interrupted, lineLog } from '@belay/action-kit'

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly signal: AbortSignal
  /** Milliseconds that are left of the step's deadline. */
  readonly leftMs: number
  /** Whether the job log shows its output. */
  readonly shown: boolean
}

export interface DockerResult {
  readonly ok: boolean
  /** Its output, both streams, the last 64 KiB. */
  readonly output: string
}

const keptCharacters = 65_536

/**
 * Runs `docker` until it ends, in a process group of its own, so that its plugin ends with it.
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
  // However this process ends, no child may remain that continues to push.
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
      throw new Failure('docker-missing', 'The program docker is not on PATH.', 'install Docker on this runner.')
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    process.off('exit', sweep)
  }
}

function tooLate(): Failure {
  return new Failure(
    'deadline',
    'The build took longer than the input deadline allows.',
    'raise deadline, or use a cache.',
  )
}

/** Sends SIGTERM, and SIGKILL 3 s later: after a cancel the runner leaves seven seconds. */
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
    // it has ended already
  }
}
