import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { basename, join } from 'node:path'
import { NotReady, type RunResult, untilReady } from '@belay/test-hosts'

/** The namespaces that a cluster lives in, and the folder of its small files on the machine. */
export interface Space {
  /** The first process in them, as the machine sees it. */
  readonly pid: number
  readonly folder: string
  /** Of control groups, below each hierarchy's root. Several kubelets may stand at once: each has its own. */
  readonly group: string
}

export const logFolder = (folder: string) => join(folder, 'log')
/** In the memory of the namespaces, which is not seen outside. */
export const stateFolder = '/run/cluster'

/** Makes them; `close` ends all that runs in them, and returns when nothing of it is left on the machine. */
export async function openSpace(folder: string): Promise<{ space: Space; close: () => Promise<void> }> {
  const group = basename(folder)
  const child = spawn('sh', [join(import.meta.dirname, 'cluster.sh'), folder, group], {
    // Detached from the terminal: Ctrl-C ends the test, which then ends its cluster.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: systemPath },
  })
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const [, pid] = await untilReady(child, /^ready (\d+)$/m)
    return { space: { pid: Number(pid), folder, group }, close }
  } catch (error) {
    throw error instanceof NotReady
      ? new Error(`the namespaces of a cluster could not be made ${error.message}`)
      : error
  }

  async function close(): Promise<void> {
    child.stdin.end()
    await over
  }
}

/** All that a program in the namespaces gets of the environment: nothing of the machine's proxies or accounts. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The command that runs another one in the namespaces; it ends with them. */
function inside({ pid }: Space, argv: readonly string[], namespaces = ['--mount', '--pid', '--net']): string[] {
  return ['nsenter', '--target', String(pid), ...namespaces, '--', ...argv]
}

/** A program of the cluster that runs until the cluster ends. */
export interface Component {
  readonly name: string
  /** Why it does not run any more; undefined as long as it does. */
  failure(): string | undefined
  /** Kills it. */
  end(): Promise<void>
}

/** Starts a program whose output goes to a log of its name. */
export function startComponent(space: Space, name: string, argv: readonly string[]): Component {
  const log = openSync(join(logFolder(space.folder), `${name}.log`), 'a')
  // nsenter waits outside of the namespaces; the program ends with it.
  const [program = '', ...args] = inside(space, ['setpriv', '--pdeathsig=KILL', '--', ...argv])
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { PATH: systemPath, HOME: '/run' },
  })
  closeSync(log)
  child.unref()
  let failure: string | undefined
  child.on('error', (error) => {
    failure = error.message
  })
  const over = new Promise<void>((resolve) =>
    child.on('close', (status, signal) => {
      failure ??= `${name} ended (${signal ?? `status ${status}`})`
      resolve()
    }),
  )
  return {
    name,
    failure: () => failure,
    async end() {
      child.kill('SIGKILL')
      await over
    },
  }
}

export interface RunOptions {
  /** Standard input; default: empty. */
  readonly input?: string
  /** Milliseconds, default 60 000; past it the command is killed and `run` throws. */
  readonly timeoutMs?: number
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a command where the addresses of the cluster are: pods, Services and its node. Files are the machine's, and so is
 * the working folder. Throws only where it could not run or took too long.
 */
export function runInside(space: Space, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { input = '', timeoutMs = 60_000, env = {} } = options
  const [program = '', ...args] = inside(space, argv, ['--net'])
  const child = spawn(program, args, { env: { PATH: systemPath, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', '']
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${argv.join(' ')}: took longer than ${timeoutMs} ms; ${stderr.trim()}`))
    }, timeoutMs)
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (status, signal) => {
      clearTimeout(late)
      resolve({ status: status ?? 128 + (signal === 'SIGKILL' ? 9 : 15), stdout, stderr })
    })
  })
}
