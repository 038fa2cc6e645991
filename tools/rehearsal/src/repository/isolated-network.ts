import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { carryOut, type HostNetwork, NotReady, untilReady } from '@belay/test-hosts'
import type { Trusted } from './certificates.ts'

/**
 * Where a release runs: a network in which nothing is but the throwaway servers and the fakes. The names and addresses of
 * the real servers lead to them.
 */
export interface IsolatedNetwork {
  /** What stands before a command that runs in it. */
  readonly enter: readonly string[]
  /** A file with the throwaway authority, which curl, Python and Go trust in it; Node.js and users are given the file. */
  readonly authority: string
  /** Ties a server to it, under the name or address that its users give it. */
  addServer(name: string, network: HostNetwork): void
  /** Further names that lead to a server. */
  addName(name: string, network: HostNetwork): void
  /** Leads a port of its 127.0.0.1 to that of the machine. */
  reach(port: number): void
  run(argv: readonly string[]): Promise<{ readonly status: number; readonly stdout: string }>
  stop(): Promise<void>
}

// It leads servers to each other, where they have a route.
const script = `ip link set lo up && echo 1 >/proc/sys/net/ipv4/ip_forward && mount --bind "$0" /etc/hosts && all=$1 && shift && for path; do mount --bind "$all" "$path" || exit; done && echo "ready $$" && exec cat >/dev/null`

/** It ends with `stop` or with this process. `folder`: for its file of names. `trusted`: what it trusts. */
export async function openIsolatedNetwork(folder: string, trusted: Trusted): Promise<IsolatedNetwork> {
  const names = join(folder, 'hosts')
  const known = ['127.0.0.1 localhost', '::1 localhost']
  const write = () => writeFileSync(names, `${known.join('\n')}\n`)
  write()
  const command = [
    '--net',
    '--mount',
    '--propagation',
    'private',
    '--',
    'sh',
    '-c',
    script,
    names,
    trusted.all,
    ...trusted.covers,
  ]
  const child = spawn('unshare', command, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const pid = await pidOf(child)
  // Entering it would leave the folder of the command.
  const enter = ['nsenter', '--target', String(pid), '--net', '--mount', '--wd=.', '--']

  function addName(name: string, { address }: HostNetwork): void {
    known.push(`${address} ${name}`)
    // The same file: it is mounted.
    write()
  }

  return {
    enter,
    authority: trusted.authority,
    addName,
    addServer(name, network) {
      network.moveTo(pid)
      if (isAddress(name)) network.addAddress(name)
      else addName(name, network)
    },
    reach: (port) => carryOut(pid, port, ['--net']),
    run: (argv) => runProgram([...enter, ...argv]),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.stdin.destroy()
      await ended
    },
  }
}

async function pidOf(child: ChildProcessWithoutNullStreams): Promise<number> {
  try {
    const [, pid] = await untilReady(child, /^ready (\d+)$/m)
    return Number(pid)
  } catch (error) {
    throw error instanceof NotReady ? new Error(`The runner's network did not start ${error.message}`) : error
  }
}

function isAddress(name: string): boolean {
  return /^\d+(\.\d+){3}$/.test(name)
}

function runProgram([file = '', ...args]: readonly string[]): Promise<{ status: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 30_000 }, (error, stdout) =>
      resolve({ status: error ? Number(error.code ?? 1) || 1 : 0, stdout }),
    )
  })
}
