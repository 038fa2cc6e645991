import { setTimeout as sleep } from 'node:timers/promises'
import { type FailedRequest, startLoadClient } from '@belay/load'
import type { SystemdHost } from '@belay/test-hosts'
import { expect } from 'vitest'

/** A time in which requests may fail, in milliseconds since 1970. */
export interface Outage {
  readonly from: number
  readonly to: number
}

export interface UsersOptions {
  /** Requests a second; default 200. */
  readonly rate?: number
  /** Milliseconds until a request without an answer counts as failed; default 10 000. */
  readonly timeoutMs?: number
  /** Filled while something happens: requests that fail in one of these are not held against it. */
  readonly outages?: readonly Outage[]
}

/** How long users go on afterwards: what is quick must have users, too. */
const afterMs = 1000
/** Fewer requests say nothing about an outage of moments. */
const fewest = 50
/** How long a request may still be on its way after an outage. */
const marginMs = 500

/**
 * Users of a host's service while something happens and a second longer, each on a connection of its own. None may
 * fail but in one of the `outages`; those that did are returned.
 */
export async function whileUsed(
  service: { frontOf(host: SystemdHost): string },
  host: SystemdHost,
  something: () => Promise<unknown>,
  { rate = 200, timeoutMs, outages = [] }: UsersOptions = {},
): Promise<{ turnedAway: readonly FailedRequest[] }> {
  const client = await startLoadClient({
    url: service.frontOf(host),
    rate,
    connections: 'fresh',
    versionOf: 'version',
    ...(timeoutMs && { timeoutMs }),
  })
  try {
    await something()
    await sleep(afterMs)
  } catch (error) {
    // It says more than what its users saw.
    await client.stop()
    throw error
  }
  const report = await client.stop()
  const inOutage = ({ atMs }: FailedRequest) => {
    const at = report.startedAt + atMs
    return outages.some(({ from, to }) => at > from - marginMs && at < to + marginMs)
  }
  const failed = report.failed.filter((one) => !inOutage(one))
  if (failed.length > 0) {
    const { stdout } = await host.run(['tail', '-n', '20', '/var/log/nginx/error.log'], { user: 'root' })
    const seen = `${failed.length} of ${report.sent} failed; ${JSON.stringify(report.versions)}`
    expect(failed.slice(0, 5), `${seen}; nginx says:\n${stdout}`).toEqual([])
  }
  expect(report.sent).toBeGreaterThan(fewest)
  return { turnedAway: report.failed.filter(inOutage) }
}
