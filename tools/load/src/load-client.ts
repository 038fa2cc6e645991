import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { parseVersionSource } from '@belay/probe/answer'
import type { LoadReport } from './tally.ts'

export interface LoadClientOptions {
  /** Requested with GET; `http:` or `https:`. */
  readonly url: string
  /** A file with CA certificates (PEM) for an `https:` URL, besides the usual ones. */
  readonly ca?: string
  /** Requests a second. */
  readonly rate: number
  /** `keep-alive`: connections are reused, as by browsers. `fresh`: one for each request. */
  readonly connections: 'keep-alive' | 'fresh'
  /** Where an answer has its version: a JSON path of the body such as `sha`, or `header:NAME`. */
  readonly versionOf: string
  /** What stands before the command of its process, such as `nsenter --target 1 --net --`. Default: nothing. */
  readonly enter?: readonly string[]
  /** Milliseconds until a request without a complete answer counts as failed; default 10 000. */
  readonly timeoutMs?: number
}

export interface LoadClient {
  /**
   * Stops sending, waits for the remaining answers and ends the process. May be called twice.
   * @throws Error if the process has ended before
   */
  stop(): Promise<LoadReport>
}

/** The messages of the process: first that it sends, at last its report. */
export type Message = 'started' | LoadReport

/** How long after its time limit a client may take to report: its machine may be busy. */
const graceMs = 10_000
const defaultTimeoutMs = 10_000

/**
 * Starts a client in a process of its own, so that neither process delays the other. Resolves when it sends. It ends with
 * `stop()` or with this process, however that ends.
 * @throws Error if the options are wrong
 */
export async function startLoadClient(options: LoadClientOptions): Promise<LoadClient> {
  assertOptions(options)
  const { timeoutMs = defaultTimeoutMs, enter = [] } = options
  const [execPath = process.execPath, ...execArgv] = enter.length > 0 ? [...enter, process.execPath] : []
  const child = fork(join(import.meta.dirname, 'client-process.ts'), [JSON.stringify({ ...options, timeoutMs })], {
    execPath,
    // Detached from the terminal: Ctrl-C ends the test, which then ends its client.
    detached: true,
    execArgv,
    env: { ...process.env, ...(options.ca && { NODE_EXTRA_CA_CERTS: options.ca }) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const messages = listen(child)
  await messages.first
  let report: Promise<LoadReport> | undefined
  return {
    stop() {
      report ??= stop(child, messages.report, timeoutMs)
      return report
    },
  }
}

function assertOptions({ url, rate, versionOf }: LoadClientOptions): void {
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol))
    throw new Error(`url must be an http: or https: URL, not "${url}"`)
  if (!(rate > 0 && rate <= 10_000)) throw new Error(`rate must be more than 0 and at most 10000 a second, not ${rate}`)
  if (!parseVersionSource(versionOf))
    throw new Error(`versionOf must be a JSON path or header:NAME, not "${versionOf}"`)
}

function listen(child: ChildProcess): { first: Promise<void>; report: Promise<LoadReport> } {
  const first = Promise.withResolvers<void>()
  const report = Promise.withResolvers<LoadReport>()
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  child.on('message', (message: Message) => (message === 'started' ? first.resolve() : report.resolve(message)))
  const fail = (why: string) => {
    const error = new Error(`The client ended before stop(): ${why}`)
    first.reject(error)
    report.reject(error)
  }
  child.on('error', (error) => fail(error.message))
  child.on('close', (status, signal) => fail(errors.trim() || String(status ?? signal)))
  // Without a call of stop() the rejection has no handler.
  report.promise.catch(() => {})
  return { first: first.promise, report: report.promise }
}

async function stop(child: ChildProcess, report: Promise<LoadReport>, timeoutMs: number): Promise<LoadReport> {
  const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs + graceMs)
  try {
    if (child.connected) child.send('stop')
    return await report
  } finally {
    clearTimeout(late)
    // The report is complete.
    child.kill('SIGKILL')
  }
}
