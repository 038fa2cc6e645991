import { spawn } from 'node:child_process'

export interface CommandOptions {
  env?: NodeJS.ProcessEnv
  /** Standard input; default: empty. */
  input?: string
  /** The exit statuses that are well; default 0. */
  ends?: readonly number[]
  /** Default: a minute. */
  timeoutMs?: number
}

/** Runs a command and returns its milliseconds. @throws Error where it ends otherwise than well. */
export function timeCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  const { env = process.env, input, ends = [0], timeoutMs = 60_000 } = options
  const began = performance.now()
  const child = spawn(file, args, {
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
    timeout: timeoutMs,
  })
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  // Who ends before reading all of it says so by its status.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => {
      if (status !== null && ends.includes(status)) resolve(performance.now() - began)
      else reject(new Error(`${file} ended with ${status ?? signal}: ${errors.trim()}`))
    })
  })
}
