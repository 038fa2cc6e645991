import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Times of the runner, in milliseconds (ProcessInvoker.cs; GitHub docs, "Canceling a workflow"). */
export interface Timing {
  /** From SIGINT to SIGTERM. */
  interrupt: number
  /** From SIGTERM to SIGKILL. */
  terminate: number
  /** What all that runs after a cancel has together. */
  grace: number
  /** How long output is awaited after a process ended while a child of it holds its pipes. */
  drain: number
  /** A minute of `timeout-minutes`. */
  minute: number
}

export const RUNNER_TIMING: Timing = { interrupt: 7500, terminate: 2500, grace: 300_000, drain: 5000, minute: 60_000 }

export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningProcess {
  pid: number
  ended: Promise<ProcessEnd>
  /** SIGINT, then SIGTERM, then SIGKILL, to this process only: its children get no signal, as on the runner. */
  interrupt(): void
  kill(): void
}

export interface ProcessSpec {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  onLine(line: string): void
}

/** Starts a process of a step. `ended` rejects when it cannot be started. */
export function startProcess(spec: ProcessSpec, timing: Timing): RunningProcess {
  // A session of its own: Ctrl-C in the terminal reaches the engine only, which then cancels as the runner does.
  const child = spawn(spec.file, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const timers: NodeJS.Timeout[] = []
  const alive = () => child.exitCode === null && child.signalCode === null
  return {
    pid: child.pid ?? -1,
    ended: endOf(child, spec, timing.drain).finally(() => timers.forEach(clearTimeout)),
    kill: () => void (alive() && child.kill('SIGKILL')),
    interrupt() {
      if (!alive()) return
      child.kill('SIGINT')
      timers.push(setTimeout(() => alive() && child.kill('SIGTERM'), timing.interrupt))
      timers.push(setTimeout(() => alive() && child.kill('SIGKILL'), timing.interrupt + timing.terminate))
    },
  }
}

function endOf(child: ChildProcess, spec: ProcessSpec, drain: number): Promise<ProcessEnd> {
  const streams = [child.stdout as Readable, child.stderr as Readable]
  const flushes = streams.map((stream) => readLines(stream, spec.onLine))
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`cannot start ${spec.file} in ${spec.cwd}: ${error.message}`)))
    child.once('exit', (code, signal) => {
      const end = () => {
        clearTimeout(timer)
        for (const flush of flushes) flush()
        // A child of the process may hold the pipes until the job's end: they keep flowing, unread.
        for (const stream of streams) {
          stream.removeAllListeners('data').resume()
          ;(stream as Readable & { unref?: () => void }).unref?.()
        }
        resolve({ code, signal })
      }
      const timer = setTimeout(end, drain)
      child.once('close', end)
    })
  })
}

/** Calls `onLine` for each line; the function returned gives out an unfinished last line. */
function readLines(stream: Readable, onLine: (line: string) => void): () => void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() as string
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  })
  return () => {
    const last = rest + decoder.end()
    rest = ''
    if (last !== '') onLine(last)
  }
}

/**
 * SIGKILLs the processes whose environment carries a job's RUNNER_TRACKING_ID: what the runner does at a job's end with
 * what is left of it (JobExtension.cs). `descendants`: also their children that dropped the variable, as when the whole
 * machine is lost. Looks again until none is left, since one may be forking. Returns the ids.
 */
export function killTracked(trackingId: string, descendants: boolean): number[] {
  const killed = new Set<number>()
  for (let round = 0; round < 20; round++) {
    const tracked = trackedProcesses(trackingId)
    const found = (descendants ? withDescendants(tracked) : tracked).filter((pid) => !killed.has(pid))
    if (found.length === 0) break
    for (const pid of found) {
      killed.add(pid)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Gone in the meantime.
      }
    }
  }
  return [...killed]
}

/** Ids of the living processes of a job. A zombie has an empty environment. */
export function trackedProcesses(trackingId: string): number[] {
  const entry = `RUNNER_TRACKING_ID=${trackingId}`
  return allProcesses().filter((pid) => readProc(pid, 'environ').split('\0').includes(entry))
}

function withDescendants(pids: number[]): number[] {
  const parents = new Map(
    allProcesses().map((pid) => [pid, Number(/^PPid:\s*(\d+)/m.exec(readProc(pid, 'status'))?.[1])]),
  )
  const found = new Set(pids)
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found]
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}
