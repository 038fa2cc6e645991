import { Failure } from '@belay/action-kit'
import type { Connection } from './connection.ts'
import { maxOutputBytes } from './host-lines.ts'
import type { HostScript } from './host-script.ts'
import { hostShell } from './local.ts'
import { refusalFailure } from './refusal.ts'
import { refusedSession } from './refused-session.ts'
import { runInSession } from './session.ts'

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

/**
 * Runs one command of a host script over an open connection, with the `assigned` values (`runCommand` makes them by the
 * protocol). The remote command is the constant `exec sh -s`; the script and its values go by standard input, and only
 * lines with Belay's prefix are read back (docs/research/hosts.md#a-script-by-standard-input).
 * @throws Failure `unreachable` (no answer, or the connection broke), `no-shell` (something else answered),
 *   `sessions-limited`, or the code that the script refused with.
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
  const exit = await runInSession(connection.folder, hostShell(connection), {
    script: script.text,
    command,
    assigned,
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    onLine(line) {
      if (!line.startsWith(prefix)) return
      const [word = '', ...words] = line.slice(prefix.length).split(' ')
      if (lines.length === 0 && word !== 'ack') return
      lines.push([word, words.join(' ')])
      options.onLine?.(word, words.join(' '))
    },
  })
  const { errors } = exit
  if (exit.isTooMuch) throw tooMuchOutputFailure(name)

  const said = lines.map(([word]) => word)
  if (!said.includes('ack')) throw refusedSession(name, errors) ?? noReplyFailure(name, exit, errors)
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
