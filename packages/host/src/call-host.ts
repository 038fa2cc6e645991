import { spawn } from 'node:child_process'
import { Failure } from '@belay/action-kit'
import type { Connection } from './connection.ts'
import { lineReader, maxOutputBytes } from './host-lines.ts'
import type { HostScript } from './host-script.ts'
import { hostShell } from './local.ts'
import { assignments } from './quote.ts'
import { refusalFailure } from './refusal.ts'

/** The lines that a host script printed, in order: `held 000012-…` is `['held', '000012-…']`. */
export interface Reply {
  readonly lines: readonly (readonly [word: string, text: string])[]
  /** The text of the last line with this word; empty where there is none. */
  last(word: string): string
  all(word: string): string[]
}

export interface CallOptions {
  /** Milliseconds for the whole call; after that the host counts as unreachable. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Called for each line at once, while the script still runs. */
  readonly onLine?: (word: string, text: string) => void
}

const prefix = '@belay '

/** Milliseconds until a host script must report that it has begun. */
const ackTimeoutMs = 30_000

/**
 * Runs one command of a host script over an open connection, with the `assigned` values (`runCommand` makes them by the
 * protocol). The remote command is the constant `exec sh -s`; the script and its values go by standard input, and only lines with Belay's prefix are read back
 * (docs/research/hosts.md#a-script-by-standard-input).
 * @throws Failure `unreachable` (no answer, or the connection broke), `no-shell` (something else answered), or the code
 *   that the script refused with.
 */
export async function callHost(
  connection: Connection,
  script: Pick<HostScript, 'text' | 'remedies'>,
  command: string,
  assigned: string,
  options: CallOptions,
): Promise<Reply> {
  const { name } = connection.target
  const lines: [string, string][] = []
  const { program, args, env } = hostShell(connection)
  // Not by runBounded: it would end what the script started, which at `local` is the process of the release.
  const child = spawn(program, args, {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: Math.ceil(options.timeoutMs),
    killSignal: 'SIGKILL',
    ...(options.signal && { signal: options.signal }),
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-2000)
  })
  // A login that never starts the script gets less time than its command may take.
  const ackTimer = setTimeout(() => child.kill('SIGKILL'), Math.min(ackTimeoutMs, options.timeoutMs))
  const read = lineReader((line) => {
    if (!line.startsWith(prefix)) return
    const [word = '', ...words] = line.slice(prefix.length).split(' ')
    // Output of a start-up file, before the script has begun, is not an answer.
    if (lines.length === 0 && word !== 'ack') return
    clearTimeout(ackTimer)
    lines.push([word, words.join(' ')])
    options.onLine?.(word, words.join(' '))
  })
  let isTooMuch = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (isTooMuch || read(text)) return
    isTooMuch = true
    child.kill('SIGKILL')
    // Its children may hold the other end open.
    child.stdout.destroy()
    child.stderr.destroy()
  })
  // The other end may close before all of it is written; the exit status shows that.
  child.stdin.on('error', () => {})
  child.stdin.end(`${assignments('b_', { command })}${assigned}${script.text}\nmain </dev/null\nexit\n`)
  const exit = await new Promise<{ status: number | null; killed: boolean }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, killed: child.killed }))
  }).finally(() => clearTimeout(ackTimer))
  if (isTooMuch) throw tooMuchOutputFailure(name)

  const said = lines.map(([word]) => word)
  if (!said.includes('ack')) throw noReplyFailure(name, exit, errors)
  // A script that was cut off has done an unknown part of its work.
  if (exit.status === null || exit.status === 255)
    throw new Failure(
      'unreachable',
      `The connection to ${name} broke while the host ran the command "${command}".`,
      unreachableRemedy,
    )
  if (exit.status !== 0) throw scriptFailure(name, command, exit.status, errors)
  const refused = lines.find(([word]) => word === 'refused')
  if (refused) throw refusalFailure(name, refused[1], script.remedies)
  return {
    lines,
    last: (word) => lines.findLast(([other]) => other === word)?.[1] ?? '',
    all: (word) => lines.filter(([other]) => other === word).map(([, text]) => text),
  }
}

const unreachableRemedy = 'check that the host is up, and that no firewall between cuts long connections.'

function noReplyFailure(name: string, exit: { status: number | null; killed: boolean }, errors: string): Failure {
  const said = errors.trim().split('\n').at(-1) ?? ''
  if (exit.killed) return new Failure('unreachable', `${name} did not answer in time.`, unreachableRemedy)
  if (exit.status === 255)
    return new Failure('unreachable', `The connection that this job had opened to ${name} is gone.`, unreachableRemedy)
  return new Failure(
    'no-shell',
    `${name} accepted the login but did not run "sh -s"${said ? `: ${said}` : ''}. Nothing was changed there.`,
    'give the deploy user a plain login shell (sh, bash, dash, zsh), and no start-up file that reads standard input.',
  )
}

function tooMuchOutputFailure(name: string): Failure {
  return new Failure(
    'no-shell',
    `${name} printed more than ${maxOutputBytes / 1e6} MB, which no host script does.`,
    'check what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.',
  )
}

function scriptFailure(name: string, command: string, status: number, errors: string): Failure {
  const said = errors.trim().split('\n').at(-1) ?? ''
  return new Failure(
    'host-script-failed',
    `${name}: the host script stopped at "${command}" with status ${status}: ${said}`,
    'this is a bug in Belay, or that host is very unusual; please report it with this line.',
  )
}
