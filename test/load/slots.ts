import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const service = join(import.meta.dirname, 'service.mjs')

/** Two slots of the service that never change: a measurement of only the proxy moves traffic between them. */
export interface Slots {
  readonly address: string
  readonly ports: readonly [number, number]
  stop(): void
}

/** Starts both, `v1` and `v2`, below an empty folder. */
export async function startSlots(folder: string, address: string): Promise<Slots> {
  const ports: [number, number] = [await freePort(address), await freePort(address)]
  const children = ports.map((port, index) => startSlot(join(folder, String(port)), address, port, `v${index + 1}`))
  await Promise.all(ports.map((port) => listens(address, port)))
  return { address, ports, stop: () => children.forEach((child) => void child.kill('SIGKILL')) }
}

function startSlot(folder: string, address: string, port: number, sha: string): ChildProcess {
  mkdirSync(folder, { recursive: true })
  copyFileSync(service, join(folder, 'server.mjs'))
  writeFileSync(join(folder, 'release.json'), JSON.stringify({ sha, version: sha }))
  return startTied(process.execPath, [join(folder, 'server.mjs'), address, String(port)])
}

/** A process that ends with this one, however that ends. */
function startTied(file: string, args: readonly string[]): ChildProcess {
  return spawn('setpriv', ['--pdeathsig=KILL', '--', file, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** A port that nothing listens on now. */
function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, address, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Waits until something listens there, for ten seconds. */
async function listens(address: string, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isOpen(address, port)) return
    await sleep(50)
  }
  throw new Error(`nothing listens on ${address}:${port}`)
}

function isOpen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address)
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
