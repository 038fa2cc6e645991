/**
 * A failure that a user can act on. `code` becomes the output `failure-code`; `message` says what is wrong, where and
 * why; `remedy` says what to do about it, and is appended to the message after "How to fix:".
 */
export class Failure extends Error {
  readonly code: string
  readonly remedy: string | undefined

  constructor(code: string, message: string, remedy?: string, options?: ErrorOptions) {
    super(remedy ? `${message}\n  How to fix: ${remedy}` : message, options)
    this.name = 'Failure'
    this.code = code
    this.remedy = remedy
  }
}

/** Thrown where the runner asked the process to stop (SIGINT, SIGTERM) before its work was done. */
export class Interrupted extends Failure {
  constructor() {
    super('interrupted', 'The job was cancelled while this step was running.')
    this.name = 'Interrupted'
  }
}

/** Of a text of several lines, such as the message of a failure, whose remedy stands on a line of its own. */
export function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}

/** The text of anything thrown, one line or more, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The `failure-code` of anything thrown: `internal` is a bug in Belay. */
export function codeOf(error: unknown): string {
  const failure = asFailure(error)
  return failure instanceof Failure ? failure.code : 'internal'
}

/** Turns the error of a full disk into a Failure, whichever write met it: it is not a bug. */
export function asFailure(error: unknown): unknown {
  const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? error.code : undefined
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new Failure(
    'runner-disk-full',
    `No space is left on the runner: ${messageOf(error)}.`,
    `free disk space below RUNNER_TEMP (${process.env.RUNNER_TEMP ?? 'not set'}): remove files that earlier steps of the job left.`,
    { cause: error },
  )
}
