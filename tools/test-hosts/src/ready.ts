import type { ChildProcessWithoutNullStreams } from 'node:child_process'

/** A program ended, or did not start, before it was ready. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
  /** Its exit status; null where a signal ended it. */
  readonly status: number | null
  /** Its standard error. */
  readonly errors: string

  constructor(status: number | null, errors: string) {
    super(`(status ${status}): ${errors.trim()}`)
    this.status = status
    this.errors = errors
  }
}

/**
 * Waits for the line that a program prints when it is ready, and returns what `line` found in it. `line` needs the flag
 * `m`. Throws NotReady where the program ended before, and spawn's error where it could not be started.
 */
export function untilReady(child: ChildProcessWithoutNullStreams, line: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = ''
    let errors = ''
    // It may end before it reads what it was given.
    child.stdin.on('error', () => {})
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.stdout.on('data', (chunk) => {
      output += chunk
      const found = line.exec(output)
      if (found) resolve(found)
    })
    child.on('error', reject)
    child.on('close', (status) => reject(new NotReady(status, errors)))
  })
}
