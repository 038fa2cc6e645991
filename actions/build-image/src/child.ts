import { Failure, Interrupted, lineLog, runBounded } from '@belay/action-kit'

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
 * Runs `docker` until it ends, and its plugin with it.
 * @throws Failure `docker-missing`, `deadline`, and Interrupted
 */
export async function runDocker(args: readonly string[], options: ChildOptions): Promise<DockerResult> {
  const { env, cwd, signal, leftMs, shown } = options
  if (signal.aborted) throw new Interrupted()
  if (leftMs <= 0) throw tooLate()
  const lines = { output: lineLog(), errors: lineLog() }
  try {
    const { status, output, exceeded } = await runBounded('docker', args, {
      env,
      cwd,
      signal,
      timeoutMs: leftMs,
      keptCharacters,
      merged: true,
      onText: (text, stream) => shown && lines[stream].write(text),
    })
    if (exceeded) throw tooLate()
    return { ok: status === 0, output }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Failure('docker-missing', 'The program docker is not on PATH.', 'install Docker on this runner.')
    throw error
  } finally {
    lines.output.end()
    lines.errors.end()
  }
}

function tooLate(): Failure {
  return new Failure(
    'deadline',
    'The build took longer than the input deadline allows.',
    'raise deadline, or use a cache.',
  )
}
