import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { lineReader } from './host-lines.ts'
import { sharedScript } from './host-script.ts'
import { assignments, shellText } from './quote.ts'

/** What starts a shell on a host, whose standard input it reads: program, arguments, environment. */
export interface Shell {
  readonly program: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** One command of a host script. */
export interface SessionCommand {
  /** The text that defines `main`. */
  readonly script: string
  /** Names the command to `main`. */
  readonly command: string
  /** The values that it reads, as lines of shell that assign them. */
  readonly assigned: string
  /** Milliseconds after which the shell is ended. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Called for each line that is printed while the command runs. */
  readonly onLine: (line: string) => void
}

/** How a command ended. */
export interface CommandEnd {
  /** As ssh reports it: 255 where the connection broke or a signal ended the command, null where this side ended it. */
  readonly status: number | null
  /** It took too long. */
  readonly killed: boolean
  /** It printed more than any host script does. */
  readonly isTooMuch: boolean
  /** The end of what it printed to standard error. */
  readonly errors: string
}

/** Milliseconds until a command must have begun. */
const beginTimeoutMs = 30_000

/** Milliseconds after which a shell that does nothing gets the end of its input: it may be a start-up file that reads. */
const endOfInputMs = 2000

/** Milliseconds that the last of standard error may come later than the end of the command. */
const lateErrorsMs = 500

/** The shell of each connection of this process, by the connection's folder. */
const sessions = new Map<string, Session>()

/**
 * Runs a command in the shell that stays open to a host: its start and the script cross the network once for each
 * process. A command beside another one, such as a renewal, gets a shell of its own.
 * @throws AbortError as soon as the signal is aborted, and the error of a shell that could not be started (`ENOENT`)
 */
export async function runInSession(key: string, shell: Shell, command: SessionCommand): Promise<CommandEnd> {
  const open = sessions.get(key)
  if (open?.isFree === false) return new Session(shell).runLast(command)
  if (open?.isOpen) {
    const end = await open.run(command)
    // The host ended the shell between two commands: nothing ran. A broken connection fails again, at once.
    if (end.began || end.killed || end.isTooMuch) return end
  }
  const session = new Session(shell)
  sessions.set(key, session)
  return session.run(command)
}

/** Ends the shell of a connection. What it still runs is not interrupted. */
export function endSession(key: string): void {
  sessions.get(key)?.close()
  sessions.delete(key)
}

interface Running {
  read(text: string): boolean
  end(status: number | null): void
  fail(error: Error): void
}

/** One `exec sh -s`. Each command runs in a subshell, so none sees what another one set. */
class Session {
  isOpen = true
  private readonly child: ChildProcessWithoutNullStreams
  private readonly streams: Socket[]
  private running: Running | undefined
  private errors = ''
  private onErrors = () => {}
  private readonly sent = new Map<string, string>()
  private loaded: readonly string[] = []

  constructor({ program, args, env }: Shell) {
    this.child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    const { stdin, stdout, stderr } = this.child
    this.streams = [stdin, stdout, stderr] as unknown as Socket[]
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors = `${this.errors}${text}`.slice(-4000)
      this.onErrors()
    })
    stdout.setEncoding('utf8').on('data', (text: string) => {
      if (this.running?.read(text) === false) this.kill()
    })
    // The other end may close before all of it is written; its exit status shows that.
    stdin.on('error', () => {})
    this.child.once('error', (error) => {
      this.isOpen = false
      this.running?.fail(error)
    })
    this.child.once('close', (status) => {
      this.isOpen = false
      this.running?.end(status)
    })
  }

  get isFree(): boolean {
    return !(this.isOpen && this.running)
  }

  close(): void {
    this.isOpen = false
    this.child.stdin.end()
  }

  /** As `run`, for a shell that is used once. */
  async runLast(command: SessionCommand): Promise<CommandEnd> {
    try {
      return await this.run(command)
    } finally {
      this.close()
    }
  }

  async run(command: SessionCommand): Promise<CommandEnd & { began: boolean }> {
    const { timeoutMs, signal, onLine } = command
    const token = randomUUID()
    const text = this.textOf(command, token)
    let [began, returned, killed, isTooMuch] = [false, false, false, false]
    const kill = () => {
      killed = true
      this.kill()
    }
    return new Promise((resolve, reject) => {
      const timers = [
        setTimeout(kill, Math.ceil(timeoutMs)),
        setTimeout(() => began || kill(), Math.min(beginTimeoutMs, timeoutMs)),
        setTimeout(() => began || this.close(), endOfInputMs),
      ]
      const abort = () => {
        this.kill()
        settle()
        reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }))
      }
      const settle = () => {
        for (const timer of timers) clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        this.running = undefined
        this.onErrors = () => {}
        // A shell that has nothing to do keeps no process.
        for (const part of [this.child, ...this.streams]) part.unref()
      }
      const end = (status: number | null) => {
        settle()
        resolve({ status, began, killed, isTooMuch, errors: this.errorsOf(token) })
      }
      signal?.addEventListener('abort', abort)
      if (signal?.aborted) return abort()
      for (const part of [this.child, ...this.streams]) part.ref()

      const ends = (status: number) => {
        // A signal that ends the whole shell is 255 for ssh, too.
        if (status > 128 && !returned) return end(255)
        if (status === 0) return end(status)
        // What the command said of its failure comes by another stream.
        timers.push(setTimeout(() => end(status), lateErrorsMs))
        this.onErrors = () => this.errors.includes(mark('end', token)) && end(status)
        this.onErrors()
      }
      const read = lineReader((line) => {
        if (line === mark('begin', token)) began = true
        else if (line === mark('returned', token)) returned = true
        else if (line.startsWith(`${mark('end', token)} `)) ends(Number(line.slice(line.lastIndexOf(' '))))
        // What start-up files print is not an answer, nor is what an earlier command left behind.
        else if (began) onLine(line)
      })
      this.running = {
        read(text) {
          isTooMuch ||= !read(text)
          return !isTooMuch
        },
        end,
        fail(error) {
          settle()
          reject(error)
        },
      }
      this.child.stdin.write(text)
    })
  }

  private kill(): void {
    this.isOpen = false
    this.child.kill('SIGKILL')
    // Its children may hold the other end open.
    this.child.stdout.destroy()
    this.child.stderr.destroy()
  }

  /** What was printed to standard error since the last command before this one. */
  private errorsOf(token: string): string {
    const own = this.errors.split(mark('end', token))[0] ?? ''
    return (own.split(/^@belay-end \S+$/m).at(-1) ?? '').slice(-2000)
  }

  private textOf({ script, command, assigned }: SessionCommand, token: string): string {
    const loaded = this.load(script)
    // Where a value is the script itself, it is on the host already.
    const values = assigned.replace(`\nb_text=${shellText(script)}\n`, () => `\nb_text="${this.variables(script)}"\n`)
    // A start-up file may take the first line.
    return `
${loaded}(
printf '\\n%s\\n' '${mark('begin', token)}'
${assignments('b_', { command })}${values}main </dev/null
belay_status=$?
printf '\\n%s\\n' '${mark('returned', token)}'
exit $belay_status
)
belay_status=$?
printf '\\n%s %s\\n' '${mark('end', token)}' $belay_status
printf '\\n%s\\n' '${mark('end', token)}' >&2
`
  }

  /** The commands that define the functions of a script, and of no other one. */
  private load(script: string): string {
    const parts = partsOf(script)
    if (parts.join('') === this.loaded.join('')) return ''
    const isLonger = this.loaded.every((part, index) => part === parts[index])
    const others = isLonger ? [] : this.loaded.flatMap(functionsOf)
    const wanted = isLonger ? parts.slice(this.loaded.length) : parts
    const lines = parts.filter((part) => !this.sent.has(part)).map((part) => this.send(part))
    if (others.length > 0) lines.push(`unset -f ${others.join(' ')}`)
    this.loaded = parts
    return `${[...lines, ...wanted.map((part) => `eval "$${this.sent.get(part)}"`)].join('\n')}\n`
  }

  private send(part: string): string {
    const name = `belay_text_${this.sent.size}`
    this.sent.set(part, name)
    return `unset ${name}\n${name}=${shellText(part)}`
  }

  private variables(script: string): string {
    return partsOf(script)
      .map((part) => `\${${this.sent.get(part)}}`)
      .join('')
  }
}

function mark(what: 'begin' | 'returned' | 'end', token: string): string {
  return `@belay-${what} ${token}`
}

/** The part that all scripts share is sent once, whichever of them comes first. */
function partsOf(script: string): string[] {
  const { text } = sharedScript
  return script.startsWith(text) && script !== text ? [text, script.slice(text.length)] : [script]
}

function functionsOf(part: string): string[] {
  return [...new Set(Array.from(part.matchAll(/^([a-zA-Z_]\w*)\(\)/gm), ([, name = '']) => name))]
}
