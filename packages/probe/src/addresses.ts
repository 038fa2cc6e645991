import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

/** All addresses of a name, each once, as the machine's own resolver gives them. Rejects as `dns.lookup` does. */
export async function resolveAll(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true, order: 'ipv4first' })
  return [...new Set(found.map(({ address }) => address))]
}

/**
 * Whether this machine has a route to an address. Connecting a datagram socket makes the kernel look for a route and
 * sends nothing; without a route it fails (ENETUNREACH where the machine has no address of that family).
 */
export function hasRoute(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    const end = (has: boolean) => {
      socket.close()
      resolve(has)
    }
    socket.once('error', () => end(false))
    socket.once('connect', () => end(true))
    socket.connect(port, address)
  })
}
