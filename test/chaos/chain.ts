import { startHaproxy, startNginx, type TestHaproxy, type TestHost, type TestNginx } from '@belay/test-hosts'
import { expect } from 'vitest'
import { type CompletedJob, type Fixture, type FixtureOptions, type JobStep, waitFor } from '../support/fixture.ts'
import { newestState } from '../support/newest-state.ts'
import { proxyInputs } from '../support/proxy-inputs.ts'
import { base, blue, green, slotInputs, versionsInSlots } from '../support/slots.ts'
import type { FaultPoint, ProxyName } from './fault-points.ts'
import { openHosts } from './hosts.ts'
import { contextOf, releaseWithFault } from './inject-fault.ts'
import { watch, watchedProxy } from './oracle.ts'
import type { ProxyOnHost } from './struck.ts'

/** Two hosts with a real proxy each, and jobs that fill the idle slot and then move the traffic to it. */
export interface Chain {
  readonly fixture: Fixture
  steps(version: string, inputs?: Record<string, string>): Promise<JobStep[]>
  /** The version that users of each host get. */
  users(): Promise<string[]>
  readonly proxies: readonly ProxyOnHost[]
  /** For each host what users get, and the versions in both slots: `v1: v1 -`. */
  state(): Promise<string[]>
  close(): Promise<void>
}

export async function openChain(driver: ProxyName, options: FixtureOptions = {}): Promise<Chain> {
  const fixture = await openHosts(options)
  const proxies = await Promise.all(fixture.hosts.map((host) => startProxy(host, driver)))
  const [first] = proxies as [TestNginx | TestHaproxy]
  const watched = proxies.map((proxy, index) => watchedProxy(fixture.hosts[index] as TestHost, proxy))
  const users = () => Promise.all(watched.map((proxy) => proxy.version()))
  return {
    fixture,
    async steps(version, inputs = {}) {
      const source = await fixture.release('api', version)
      const fill = fixture.deploy('api', source, { version, ...slotInputs, ...inputs })
      const { hosts, 'ssh-key': key, 'known-hosts': known } = fill.with as Record<string, string>
      const traffic = {
        ...{ hosts, 'ssh-key': key, 'known-hosts': known, service: 'api', environment: 'qa', version },
        ...{ slots: `${blue} ${green}`, 'drain-timeout': '1s', 'confirm-timeout': '60s', 'lock-timeout': '60s' },
        ...proxyInputs(first),
        ...inputs,
      }
      return [fill, { id: 'traffic', uses: '$/actions/blue-green-switch', with: traffic }]
    },
    users,
    proxies: watched,
    async state() {
      const [served, slots] = await Promise.all([users(), Promise.all(fixture.hosts.map(versionsInSlots))])
      return served.map((version, index) => `${version}: ${slots[index]}`)
    },
    close: () => fixture.close(),
  }
}

function startProxy(host: TestHost, driver: ProxyName): Promise<TestNginx | TestHaproxy> {
  return driver === 'nginx'
    ? startNginx(host, { slot: Number(blue) })
    : startHaproxy(host, { slots: [Number(blue), Number(green)] })
}

/** Runs one point of a job with both steps; v1 has the traffic when it begins. */
export async function testChain(point: FaultPoint, driver: ProxyName): Promise<void> {
  const chain = await openChain(driver)
  try {
    const first = await chain.fixture.job('v1', await chain.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    expect(await chain.state(), first.log).toEqual(['v1: v1 -', 'v1: v1 -'])
    await expectPromisesKept(chain, point)
  } finally {
    await chain.close()
  }
}

/**
 * Releases v2 with one fault at one boundary, then expects what is promised: at every moment users are answered,
 * by v1 or v2; at the end each host has the whole old release or the whole new one; the result is worded no better than
 * that; every lock is free; the next release succeeds.
 */
async function expectPromisesKept(chain: Chain, point: FaultPoint): Promise<void> {
  const { fixture } = chain
  const oracle = watch(chain.proxies, ['v1', 'v2', 'v3'])
  const steps = await chain.steps('v2', { 'confirm-timeout': '25s' })
  const { completed, context } = await releaseWithFault(fixture, point, 'v2', steps)
  // The time to confirm, sixty seconds more where the host was asked, and the way back of the switch and of the fill.
  await waitFor(`every host is at rest after ${context}`, 180, () => allIdle(fixture))
  const state = await chain.state()
  expectPromised(completed, state, `${context}\nstate: ${state.join(', ')}`)

  const after = await fixture.job('v3', await chain.steps('v3'))
  expect(after.belay, `${context}\n=== and then\n${contextOf(point, after)}`).toBe('committed')
  expect(await chain.users(), after.log).toEqual(['v3', 'v3'])
  await expect(oracle.stop(), context).resolves.toBeGreaterThan(0)
}

const old = 'v1: v1 -'
const whole = 'v2: v1 v2'

/** Slot and traffic of a host are confirmed together, or go back together. */
function expectPromised({ belay }: CompletedJob, state: readonly string[], context: string): void {
  for (const one of state) expect([old, whole], context).toContain(one)
  if (belay === 'committed') expect(state, context).toEqual([whole, whole])
  if (belay === 'rolled-back' || belay === 'unchanged') expect(state, context).toEqual([old, old])
  if (new Set(state).size === 2) expect(['mixed', 'unknown', 'undo-started', ''], context).toContain(belay)
}

/** Neither a fill nor a switch is under way on any host, and nothing holds a lock. */
export async function allIdle({ hosts }: Pick<Fixture, 'hosts'>): Promise<boolean> {
  const rest = await Promise.all(hosts.map(isIdle))
  return rest.every(Boolean)
}

/** The same for one host. */
export async function isIdle(host: TestHost): Promise<boolean> {
  const lock = `${base}/.belay/lock`
  // A job without a switch.
  if (!(await host.exists(lock))) return true
  if (['held', 'armed', 'undoing'].includes(await newestState(host, base))) return false
  return (await host.run(['flock', '-n', lock, 'true'])).status === 0
}
