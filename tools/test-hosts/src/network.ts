import { execFileSync, spawn } from 'node:child_process'

/** The network of a host that has one of its own. */
export interface HostNetwork {
  /** The host's address. */
  readonly address: string
  /** The machine's, as the host reaches it. */
  readonly machine: string
  /** Ties the host to the network of another process instead of the machine's, which then no longer reaches it. */
  moveTo(pid: number): void
  /** Gives the host a further address, which leads to it in the network that it is tied to. */
  addAddress(address: string): void
  /** Sends what is for other networks to the one that the host is tied to, which leads it to the hosts that are tied to it. */
  reachOthers(): void
  /** Takes both ends away at once; without it, the kernel does so a moment after the host is gone. */
  remove(): void
}

/**
 * Ties a host with a network of its own to the machine. Both ends are gone with the host. The addresses are those for
 * benchmarks of networks (RFC 2544): no real network uses them.
 */
export function joinNetwork(pid: number, number: number): HostNetwork {
  const pair = (process.pid * 8 + number) % (2 << 14)
  const base = `198.${18 + (pair >> 14)}.${(pair >> 6) & 255}`
  const [machine, host] = [1, 2].map((last) => `${base}.${((pair & 63) << 2) + last}`) as [string, string]
  const name = `belay${pair}`
  let tied = process.pid
  const tie = () => {
    ipIn(tied, 'address', 'add', `${machine}/30`, 'dev', name)
    ipIn(tied, 'link', 'set', name, 'up')
  }
  ipIn(tied, 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
  tie()
  ipIn(pid, 'address', 'add', `${host}/30`, 'dev', 'eth0')
  ipIn(pid, 'link', 'set', 'eth0', 'up')
  return {
    address: host,
    machine,
    moveTo(other) {
      ipIn(tied, 'link', 'set', name, 'netns', String(other))
      tied = other
      tie()
    },
    addAddress(address) {
      ipIn(pid, 'address', 'add', `${address}/32`, 'dev', 'eth0')
      ipIn(tied, 'route', 'add', `${address}/32`, 'via', host)
    },
    remove() {
      try {
        ipIn(tied, 'link', 'delete', name)
      } catch {
        // It is gone, with one of the two networks.
      }
    },
    reachOthers() {
      ipIn(pid, 'route', 'add', 'default', 'via', machine)
    },
  }
}

/** Runs ip(8) in the network of a process. */
function ipIn(pid: number, ...words: string[]): void {
  execFileSync('nsenter', ['--target', String(pid), '--net', 'ip', ...words], { stdio: 'pipe' })
}

/**
 * Leads a port of the 127.0.0.1 of a process in a network of its own to that of the machine, as long as both are there.
 * `inside`: the namespaces of the process that the forwarder enters, such as `--pid`, by which it ends with a host. `at`: an
 * address of its own instead of its 127.0.0.1.
 */
export function carryOut(
  pid: number,
  port: number,
  inside: readonly string[] = ['--net', '--pid'],
  at = '127.0.0.1',
): void {
  const out = `nsenter --target ${process.pid} --net socat - TCP\\:127.0.0.1\\:${port}`
  const listen = ['socat', `TCP-LISTEN:${port},bind=${at},fork,reuseaddr`, `EXEC:${out}`]
  const enter = ['nsenter', '--target', String(pid), ...inside, '--']
  spawn('setpriv', ['--pdeathsig=TERM', ...enter, ...listen], { stdio: 'ignore', detached: true }).unref()
}
