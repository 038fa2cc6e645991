import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, jobFolder, sleep } from '@belay/action-kit'
import { type Kubectl, kubectlEnvironment } from './kubectl.ts'

/** `kubectl proxy`, which does all authentication. It ends with its stage. */
export interface KubectlProxy {
  readonly socket: string
  readonly isRunning: () => boolean
  stop(): void
}

/** The longest path of a Unix socket. */
const longestPath = 107
const startSeconds = 20

/**
 * Starts `kubectl proxy` on a socket in `folder`. It listens to one user alone, and refuses to run programs in pods.
 * @throws Failure `tools` where it does not start
 */
export async function startProxy(
  { program }: Kubectl,
  folder: string,
  kubeconfig: string | undefined,
  signal: AbortSignal,
): Promise<KubectlProxy> {
  const socket = join(folder, 's')
  if (Buffer.byteLength(socket) > longestPath)
    throw new Failure('tools', `The path ${socket} is too long for a socket.`, 'use a shorter RUNNER_TEMP.')
  const given = kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]
  const child = spawn(program, [...given, 'proxy', `--unix-socket=${socket}`], {
    env: kubectlEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let printed = ''
  let ended = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed = `${printed}${text}`.slice(-2000)
  })
  child.once('exit', () => {
    ended = true
  })
  child.once('error', (error) => {
    ended = true
    printed = error.message
  })
  const note = noteChild(child.pid)
  const stop = () => {
    process.off('exit', stop)
    endChild(child.pid)
    rmSync(note, { force: true })
    rmSync(socket, { force: true })
  }
  process.once('exit', stop)
  const late = performance.now() + startSeconds * 1000
  while (!ended && !existsSync(socket) && !signal.aborted && performance.now() < late) await sleep(20, signal)
  if (ended || !existsSync(socket)) {
    stop()
    throw new Failure('tools', `kubectl proxy did not start: ${printed.trim()}`, 'check the kubeconfig that is given.')
  }
  // A process that has no other work must be able to end.
  child.unref()
  return { socket, isRunning: () => !ended, stop }
}

/**
 * A main that is killed leaves its proxy, which would keep the login until the runner cleans up. The note says who
 * started it, so that the next stage ends it.
 */
function noteChild(pid: number | undefined): string {
  const note = join(jobFolder(), `kubectl-${process.pid}`)
  mkdirSync(jobFolder(), { recursive: true, mode: 0o700 })
  writeFileSync(note, `${pid ?? 0} ${startOf(pid ?? 0)}`, { mode: 0o600 })
  return note
}

/** Ends the proxies of stages that were killed. */
export function sweepProxies(): void {
  if (!existsSync(jobFolder())) return
  for (const name of readdirSync(jobFolder())) {
    const [, owner] = /^kubectl-(\d+)$/.exec(name) ?? []
    if (owner === undefined || existsSync(`/proc/${owner}`)) continue
    const note = join(jobFolder(), name)
    const [pid = '0', started = ''] = readFileSync(note, 'utf8').split(' ')
    // A pid alone may be another program's by now.
    if (started !== '' && startOf(Number(pid)) === started) endChild(Number(pid))
    rmSync(note, { force: true })
  }
}

/** When a process was started, in ticks since the boot; empty where it is gone. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/** Its group, with what an `exec` login has started. */
function endChild(pid: number | undefined): void {
  if (!pid) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
