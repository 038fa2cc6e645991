import { isIPv4 } from 'node:net'
import type { DerivedUnit } from './facts.ts'
import type { Server } from './servers.ts'

/** Lets proxies on other hosts reach the slots of each server, by the addresses that `slots` names. */
export async function openPrivateNetwork(units: readonly DerivedUnit[], servers: readonly Server[]): Promise<void> {
  const behind = units.filter(({ proxies }) => proxies.length > 0)
  if (behind.length === 0) return
  for (const { host } of servers) host.network?.reachOthers()
  const addresses = new Map(
    behind.flatMap(({ hosts, addresses }) => addresses.map((one, at) => [one, hosts[at]?.address])),
  )
  for (const [address, name] of addresses) {
    const server = servers.find((one) => one.name === name)
    if (!server?.host.network) continue
    if (isIPv4(address)) {
      if (address !== name) server.host.network.addAddress(address)
      continue
    }
    const line = `${server.host.network.address} ${address}\n`
    for (const { host } of servers) await host.run(['tee', '-a', '/etc/hosts'], { user: 'root', input: line })
  }
}
