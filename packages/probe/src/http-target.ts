import { proxyFor } from '@belay/http'
import { hasRoute, resolveAll } from './addresses.ts'
import { assess, type Expectation } from './answer.ts'
import type { Found, Instance, Target } from './gate.ts'
import { NoAnswer, request, type Way } from './http-request.ts'
import { explain } from './no-answer.ts'
import type { Reading } from './sample.ts'

/** What a URL's instances are found with. */
export interface Network {
  resolve(hostname: string): Promise<string[]>
  hasRoute(address: string, port: number): Promise<boolean>
  proxyFor(url: URL): URL | undefined
}

export const realNetwork: Network = {
  resolve: resolveAll,
  hasRoute,
  proxyFor: (url) => proxyFor(url, process.env),
}

/**
 * A URL, whose instances are all addresses that its name resolves to and that this machine has a route to. Where the
 * environment names a proxy, the proxy picks the address, and the URL is one instance.
 */
export function httpTarget(url: URL, expected: Expectation, network: Network = realNetwork): Target {
  const name = nameOf(url)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const instance = (place: string, way: Way): Instance => ({
    name: place === hostname ? name : `${name} (${place})`,
    place,
    probe: (signal) => probe(url, way, expected, signal),
  })
  return {
    name,
    async find(signal) {
      const proxy = proxyOf(network, url)
      if (proxy instanceof Error) return { missing: error('protocol', `was not asked: ${proxy.message}`) }
      if (proxy) return { instances: [instance(`proxy ${proxy.host}`, { proxy })], leftOut: [] }
      const addresses = await resolve(network, hostname, signal)
      if ('kind' in addresses) return { missing: addresses }
      return split(addresses)
    },
  }

  async function split(addresses: readonly string[]): Promise<Found | { missing: Reading }> {
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const routed = await Promise.all(addresses.map((address) => network.hasRoute(address, port)))
    const there = addresses.filter((_, index) => routed[index])
    const apart = addresses.filter((_, index) => !routed[index])
    if (there.length === 0)
      return { missing: error('no-route', `has no address that this machine has a route to (${apart.join(', ')})`) }
    return {
      instances: there.map((address) => instance(address, { address })),
      leftOut: apart.map((address) => `${name} (${address}): not probed, this machine has no route to it`),
    }
  }
}

/** An address of a proxy that cannot be read must not let a gate ask around it. */
function proxyOf(network: Network, url: URL): URL | undefined | Error {
  try {
    return network.proxyFor(url)
  } catch (error) {
    return error as Error
  }
}

async function resolve(network: Network, hostname: string, signal: AbortSignal): Promise<readonly string[] | Reading> {
  const late = new Promise<Reading>((done) => {
    signal.addEventListener('abort', () => done(error('unresolved', 'has a name that did not resolve in time')))
  })
  const found = network.resolve(hostname).catch((fault: NodeJS.ErrnoException) => {
    const none = fault.code === 'ENOTFOUND' ? 'that does not exist' : `that could not be resolved (${fault.code})`
    return error('unresolved', `has a name ${none}`)
  })
  return Promise.race([found, late])
}

async function probe(url: URL, way: Way, expected: Expectation, signal: AbortSignal): Promise<Reading> {
  try {
    return assess(await request(url, way, signal), expected)
  } catch (fault) {
    if (fault instanceof NoAnswer) return explain(fault)
    throw fault
  }
}

function error(cause: Reading['cause'], said: string): Reading {
  return { kind: 'error', cause, said }
}

/** How a URL is told: without its query, which may hold a key. */
function nameOf(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`
}
