import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import type { TestHost } from './host.ts'

/** A proxy that runs on a test host, as its deploy user, or plainly on this machine. */
export interface TestProxy {
  readonly address: string
  readonly port: number
  /** All its files are in this folder. */
  readonly folder: string
  readonly configFile: string
  /** The ports of the slots that it sends traffic to at this moment, as it reports itself. */
  activePorts(): Promise<number[]>
  /** Starts it where a reboot has ended it. */
  boot(): Promise<void>
  /** Stops and starts it, as a reboot would. */
  restart(): Promise<void>
  /** Ends it and removes its folder. May be called twice. */
  stop(): Promise<void>
}

/** Where a proxy runs, and how files get there. */
export interface ProxyRuntime {
  readonly folder: string
  readonly address: string
  write(path: string, text: string, mode?: number): Promise<void>
  read(path: string): Promise<string | undefined>
  /** Starts a program that stays in the foreground where it is a child, and goes to the background on a host. */
  start(foreground: string[], background: string[]): Promise<void>
  /** Ends what was started; `pidFile` names it on a host. */
  end(pidFile: string): Promise<void>
  clear(): Promise<void>
}

/** A folder below /srv of a host, owned by deploy, or a temporary one of this machine. */
export async function openRuntime(
  host: TestHost | undefined,
  name: string,
  address: string | undefined,
): Promise<ProxyRuntime> {
  return host ? onHost(host, name) : onMachine(name, address ?? '127.0.0.1')
}

async function onHost(host: TestHost, name: string): Promise<ProxyRuntime> {
  const folder = `/srv/${name}`
  const made = await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', folder], { user: 'root' })
  if (made.status !== 0) throw new Error(`${host.name}: ${folder} could not be made: ${made.stderr}`)
  return {
    folder,
    address: host.address,
    async write(path, text, mode) {
      await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', dirname(path)], { user: 'root' })
      await host.write(path, text, mode)
    },
    read: (path) => host.read(path),
    async start(_, background) {
      const { status, stderr } = await host.run(background)
      if (status !== 0) throw new Error(`${host.name}: ${background.join(' ')}: ${stderr}`)
    },
    async end(pidFile) {
      const pid = Number(await host.read(pidFile))
      if (!pid) return
      await host.kill(pid, 'SIGTERM')
      const gone = async () => !(await host.processes()).some((one) => one.pid === pid)
      await waitUntil(`the end of ${name}`, gone)
    },
    clear: async () => void (await host.run(['rm', '-rf', folder], { user: 'root' })),
  }
}

function onMachine(name: string, address: string): ProxyRuntime {
  const folder = mkdtempSync(join(tmpdir(), `bx-${name}-`))
  let child: ChildProcess | undefined
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear)
  return {
    folder,
    address,
    async write(path, text, mode = 0o644) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text, { mode })
    },
    read: async (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    async start(foreground) {
      // It ends as soon as this process has ended, however that ended.
      child = spawn('setpriv', ['--pdeathsig=TERM', '--', ...foreground], { stdio: 'ignore' })
    },
    async end() {
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const ended = new Promise((resolve) => ending.once('close', resolve))
      ending.kill('SIGTERM')
      await ended
    },
    async clear() {
      process.off('exit', clear)
      clear()
    },
  }
}

/** Resolves when something accepts connections there. */
export async function awaitListening(address: string, port: number): Promise<void> {
  await waitUntil(
    `${address}:${port} to listen`,
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port })
        socket.once('connect', () => {
          socket.destroy()
          resolve(true)
        })
        socket.once('error', () => resolve(false))
      }),
  )
}

async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not answer within 10 s`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Why a proxy cannot be started here; undefined where it can. */
export function canStartProxy(program: 'nginx' | 'haproxy'): string | undefined {
  return whyMissing(program)
}
