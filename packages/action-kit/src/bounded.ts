import { type ChildProcess, spawn } from 'node:child_process'
import { Interrupted } from './failure.ts'

export interface BoundedOptions {
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  /** What it reads on standard input; nothing by default. */
  readonly input?: string
  /** How much of each stream is kept: its last characters. With 0 its streams are closed from the first. */
  readonly keptCharacters: number
  /** Its output is of use only whole: a program that prints more than `keptCharacters` is ended. */
  readonly whole?: boolean
  /** Both streams are kept as one, in the order in which they come. */
  readonly merged?: boolean
  /** Called with what it prints, as it comes. */
  readonly onText?: (text: string, stream: 'output' | 'errors') => void
  /** Aborted, it ends the program. */
  readonly signal?: AbortSignal
  /** Milliseconds after which the program is ended; without it only the signal ends it. */
  readonly timeoutMs?: number
  /** What it is ended by. SIGTERM by default. */
  readonly killSignal?: NodeJS.Signals
}

export interface BoundedEnd {
  /** Null where a signal ended it, as after `timeoutMs`. */
  readonly status: number | null
  readonly output: string
  readonly errors: string
  /** The limit that it exceeded, for which it was ended. */
  readonly exceeded?: 'time' | 'output'
}

/** How long a program has to end after it was asked to, in milliseconds: after a cancel the runner leaves seven seconds. */
const graceMs = 3000

/**
 * Runs a program to its end, with all that it starts. Its time and the output that is kept are limited. It is the leader
 * of a process group, so that whatever ends it ends its children, too: first by `killSignal`, 3 s later by SIGKILL; and
 * by SIGKILL where this process ends first. For programs that may wait on a network or a disk; `runProgram` is for short
 * ones.
 * @throws Interrupted where the signal was aborted, once the program has ended; and the error of a program that could
 *   not be started (`ENOENT`)
 */
export async function runBounded(
  program: string,
  args: readonly string[],
  options: BoundedOptions,
): Promise<BoundedEnd> {
  const { env, cwd, input, keptCharacters, signal, timeoutMs, killSignal = 'SIGTERM' } = options
  if (signal?.aborted) throw new Interrupted()
  const stream = keptCharacters > 0 ? 'pipe' : 'ignore'
  const child = spawn(program, args, {
    env,
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', stream, stream],
    ...(cwd !== undefined && { cwd }),
  })
  let exceeded: BoundedEnd['exceeded']
  const exceed = (limit: 'time' | 'output') => {
    exceeded ??= limit
    endFamily(child, killSignal)
  }
  const printed = collect(child, options, () => exceed('output'))
  // A program may end before it has read all of it.
  child.stdin?.on('error', () => {}).end(input)
  const abort = () => endFamily(child, killSignal)
  signal?.addEventListener('abort', abort)
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => exceed('time'), timeoutMs)
  const stopSweeping = sweepAtExit(child)
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    if (signal?.aborted) throw new Interrupted()
    return { status, ...printed(), ...(exceeded && { exceeded }) }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    stopSweeping()
  }
}

/** Reads both streams; the function returns what is kept of them. */
function collect(
  { stdout, stderr }: ChildProcess,
  { keptCharacters, whole, merged, onText }: BoundedOptions,
  onTooMuch: () => void,
): () => Pick<BoundedEnd, 'output' | 'errors'> {
  const kept = { output: '', errors: '' }
  const read = (stream: NodeJS.ReadableStream | null, name: 'output' | 'errors') => {
    const into = merged ? 'output' : name
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const all = `${kept[into]}${text}`
      // Cut only now and then: cutting copies all that is kept.
      kept[into] = all.length > 2 * keptCharacters ? all.slice(-keptCharacters) : all
      if (whole && all.length > keptCharacters) onTooMuch()
      onText?.(text, name)
    })
  }
  read(stdout, 'output')
  read(stderr, 'errors')
  const tail = (text: string) => (keptCharacters > 0 ? text.slice(-keptCharacters) : '')
  return () => ({ output: tail(kept.output), errors: tail(kept.errors) })
}

/** Ends a program and its children. Once it is gone, its children are killed, and what they print is not waited for. */
function endFamily(child: ChildProcess, killSignal: NodeJS.Signals): void {
  killFamily(child, killSignal)
  const timer = setTimeout(() => killFamily(child, 'SIGKILL'), graceMs)
  const finish = () => {
    clearTimeout(timer)
    killFamily(child, 'SIGKILL')
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
  if (child.exitCode !== null || child.signalCode !== null) finish()
  else child.once('exit', finish)
}

function killFamily({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended already.
  }
}

const running = new Set<ChildProcess>()

/** However this process ends, none of its programs may go on: an upload, a push. */
function sweepAtExit(child: ChildProcess): () => void {
  if (running.size === 0) process.on('exit', killAll)
  running.add(child)
  return () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  }
}

function killAll(): void {
  for (const child of running) killFamily(child, 'SIGKILL')
}
