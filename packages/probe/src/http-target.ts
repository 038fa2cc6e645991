import { proxyFor } from '@belay/http'
import { hasRoute, resolveAll } from './addresses.ts'
import type { FoundInstances, GateTarget, Instance } from './gate.ts'
import { ProbeFailure, type ProbeRoute, sendProbe } from './http-request.ts'
import { explainFailure } from './probe-failure.ts'
import { assess, type ResponseExpectation } from './response.ts'
import type { ProbeResult } from './sample.ts'

/** The network functions that find a URL's instances. */
export interface Network {
  resolve(hostname: string): Promise<string[]>
  hasRoute(address: string, port: number): Promise<boolean>
  proxyFor(url: URL): URL | undefined
}

export const systemNetwork: Network = {
  resolve: resolveAll,
  hasRoute,
  proxyFor: (url) => proxyFor(url, process.env),
}

/**
 * A URL as a target. Its instances are all addresses that its name resolves to and that this machine has a route to.
 * Where the environment names a proxy, the proxy selects the address, and the URL is one instance.
 */
export function httpTarget(url: URL, expected: ResponseExpectation, network: Network = systemNetwork): GateTarget {
  const name = nameOf(url)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const instance = (address: string, route: ProbeRoute): Instance => ({
    name: address === hostname ? name : `${name} (${address})`,
    address,
    probe: (signal) => probe(url, route, expected, signal),
  })
  return {
    name,
    async find(signal) {
      const proxy = proxyOf(network, url)
      if (proxy instanceof Error) return { missing: error('protocol', `was not asked: ${proxy.message}`) }
      if (proxy) return { instances: [instance(`proxy ${proxy.host}`, { proxy })], skipped: [] }
      const addresses = await resolve(network, hostname, signal)
      if ('kind' in addresses) return { missing: addresses }
      return split(addresses)
    },
  }

  async function split(addresses: readonly string[]): Promise<FoundInstances | { missing: ProbeResult }> {
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const routed = await Promise.all(addresses.map((address) => network.hasRoute(address, port)))
    const reachable = addresses.filter((_, index) => routed[index])
    const unreachable = addresses.filter((_, index) => !routed[index])
    if (reachable.length === 0)
      return {
        missing: error('no-route', `has no address that this machine has a route to (${unreachable.join(', ')})`),
      }
    return {
      instances: reachable.map((address) => instance(address, { address })),
      skipped: unreachable.map((address) => `${name} (${address}): not probed, this machine has no route to it`),
    }
  }
}

/** Where a proxy's address cannot be read, the gate must not probe without the proxy. */
function proxyOf(network: Network, url: URL): URL | undefined | Error {
  try {
    return network.proxyFor(url)
  } catch (error) {
    return error as Error
  }
}

async function resolve(
  network: Network,
  hostname: string,
  signal: AbortSignal,
): Promise<readonly string[] | ProbeResult> {
  const late = new Promise<ProbeResult>((done) => {
    signal.addEventListener('abort', () => done(error('unresolved', 'has a name that did not resolve in time')))
  })
  const found = network.resolve(hostname).catch((fault: NodeJS.ErrnoException) => {
    const none = fault.code === 'ENOTFOUND' ? 'that does not exist' : `that could not be resolved (${fault.code})`
    return error('unresolved', `has a name ${none}`)
  })
  return Promise.race([found, late])
}

async function probe(
  url: URL,
  route: ProbeRoute,
  expected: ResponseExpectation,
  signal: AbortSignal,
): Promise<ProbeResult> {
  try {
    return assess(await sendProbe(url, route, signal), expected)
  } catch (fault) {
    if (fault instanceof ProbeFailure) return explainFailure(fault)
    throw fault
  }
}

function error(cause: ProbeResult['cause'], message: string): ProbeResult {
  return { kind: 'error', cause, message }
}

/** A URL for messages: without its query, which may hold a key. */
function nameOf(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`
}
