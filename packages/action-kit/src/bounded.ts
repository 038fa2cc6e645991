import { spawn } from 'node:child_process'

export interface BoundedOptions {
  readonly env: NodeJS.ProcessEnv
  /** How much of each stream is kept: its last characters, one at least. */
  readonly keptCharacters: number
  /** Aborted, it ends the program. */
  readonly signal?: AbortSignal
  /** Milliseconds after which the program is ended; without it only the signal ends it. */
  readonly timeoutMs?: number
  /** What ends it. SIGTERM by default. */
  readonly killSignal?: NodeJS.Signals
}

export interface BoundedEnd {
  /** Null where a signal ended it, as after `timeoutMs`. */
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/**
 * Runs a program to its end, without standard input. Its time and the output that is kept are limited. For programs
 * that may wait on a network or a disk; `runProgram` is for short ones.
 * @throws AbortError as soon as the signal is aborted, and the error of a program that could not be started (`ENOENT`)
 */
export function runBounded(program: string, args: readonly string[], options: BoundedOptions): Promise<BoundedEnd> {
  const { env, keptCharacters, signal, timeoutMs, killSignal } = options
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    ...(killSignal && { killSignal }),
  })
  const output = tailOf(child.stdout, keptCharacters)
  const errors = tailOf(child.stderr, keptCharacters)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output: output(), errors: errors() }))
  })
}

/** The last characters of a stream. */
function tailOf(stream: NodeJS.ReadableStream, characters: number): () => string {
  let tail = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    tail = `${tail}${text}`.slice(-characters)
  })
  return () => tail
}
