import { freePort, startHaproxy, startNginx, type TestHaproxy, type TestHost, type TestNginx } from '@belay/test-hosts'
import type { TestContext } from 'vitest'
import {
  type CompletedJob,
  type Fixture,
  type JobOptions,
  type JobStep,
  openFixture,
  shaOf,
} from '../../../../test/support/fixture.ts'
import { newestState } from '../../../../test/support/newest-state.ts'
import { proxyInputs } from '../../../../test/support/proxy-inputs.ts'
import { base, named } from './fixture.ts'
import { ask, startSlot, type TestSlot } from './slots.ts'

/** One of several servers behind the proxies, with a slot for the former version and one for the new one. */
export interface TestServer {
  readonly former: TestSlot
  readonly next: TestSlot
  /** As the proxies name them: `127.0.0.1:5006`. */
  readonly places: { readonly former: string; readonly next: string }
}

/** Proxies that stand before several servers, and the servers. v1 has the traffic; v2 runs in the other slot of each. */
export interface ServersFixture {
  readonly fixture: Fixture
  readonly hosts: readonly TestHost[]
  readonly proxies: readonly (TestNginx | TestHaproxy)[]
  readonly servers: readonly TestServer[]
  /** The values of `slots`: a line for each server. */
  readonly slots: string
  readonly urls: readonly string[]
  step(inputs?: Record<string, string>, more?: JobStep): JobStep
  /** One job that switches to v2 and then does what `more` says. */
  job(inputs?: Record<string, string>, more?: JobStep[], options?: JobOptions): Promise<CompletedJob>
  /** Somebody changes what this proxy sends to its first server, by hand. */
  edit(proxy: number): Promise<void>
  /** Which versions answer through each proxy, asked twelve times: `v1 v2`, the proxies with a bar between. */
  serves(): Promise<string>
  /** The newest state on each proxy's host, with a space between. */
  states(): Promise<string>
}

export interface ServersOptions {
  readonly driver: 'nginx' | 'haproxy'
  readonly proxies?: number
  /** A loopback address of each server. All of them have the same two ports. */
  readonly addresses?: readonly string[]
  /** What nginx's file says of the servers besides; weights of HAProxy. */
  readonly weights?: readonly number[]
  /** True: the first server has its traffic at the second port. */
  readonly mixed?: boolean
}

export async function openServersFixture(
  context: Pick<TestContext, 'onTestFinished'>,
  { driver, proxies: count = 1, addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'], ...options }: ServersOptions,
): Promise<ServersFixture> {
  const fixture = await openFixture({ hosts: count })
  const { hosts } = fixture
  const servers = await startServers(addresses, options.mixed === true)
  const weights = options.weights ?? addresses.map(() => 1)
  const proxies = await Promise.all(hosts.map((host) => startProxy(driver, host, servers, weights)))
  for (const host of hosts) await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', base], { user: 'root' })
  context.onTestFinished(async () => {
    await Promise.all(servers.flatMap(({ former, next }) => [former.stop(), next.stop()]))
    await fixture.close()
  })
  const slots = servers.map(({ places }) => `${places.former} ${places.next}`).join('\n')
  const step = (inputs = {}, more = {}): JobStep => ({
    id: 'switch',
    uses: '$/actions/blue-green-switch',
    ...more,
    with: {
      hosts: hosts.map(({ target }) => target).join('\n'),
      'ssh-key': fixture.privateKey,
      'known-hosts': hosts.map(({ knownHosts }) => knownHosts).join('\n'),
      service: 'shop',
      environment: 'qa',
      slots,
      check: 'http://{host}:{slot}/health',
      'drain-timeout': '3s',
      'confirm-timeout': '60s',
      'lock-timeout': '30s',
      ...(proxies[0] && proxyInputs(proxies[0])),
      ...inputs,
    },
  })
  const urls = proxies.map(({ address, port }) => `http://${address}:${port}/`)
  return {
    fixture,
    hosts,
    proxies,
    servers,
    slots,
    urls,
    step,
    job: (inputs = {}, more = [], options = {}) => fixture.job('v2', [step(inputs), ...more], options),
    async edit(index) {
      const [host, proxy] = [hosts[index], proxies[index]]
      if (!host || !proxy) return
      if ('activeFile' in proxy) await host.write(proxy.activeFile, `${await host.read(proxy.activeFile)}# By hand.\n`)
      else await host.run(['sh', '-c', `echo 'set server app/f0 weight 7' | socat - UNIX-CONNECT:${proxy.socket}`])
    },
    serves: async () => (await Promise.all(urls.map(versionsAt))).join(' | '),
    states: async () => (await Promise.all(hosts.map((host) => newestState(host, base)))).join(' '),
  }
}

async function startServers(addresses: readonly string[], mixed: boolean): Promise<TestServer[]> {
  const inUrl = (address: string) => (address.includes(':') ? `[${address}]` : address)
  const ports = [await freePort('0.0.0.0'), await freePort('0.0.0.0')] as const
  return Promise.all(
    addresses.map(async (address, index) => {
      const [one, two] = mixed && index === 0 ? [ports[1], ports[0]] : ports
      return {
        former: await startSlot(address, shaOf('v1'), one),
        next: await startSlot(address, shaOf('v2'), two),
        places: { former: `${inUrl(address)}:${one}`, next: `${inUrl(address)}:${two}` },
      }
    }),
  )
}

function startProxy(
  driver: ServersOptions['driver'],
  host: TestHost,
  servers: readonly TestServer[],
  weights: readonly number[],
): Promise<TestNginx | TestHaproxy> {
  if (driver === 'nginx') {
    const lines = servers.map(({ places }, index) => `${places.former} weight=${weights[index]} max_fails=2`)
    return startNginx(host, { servers: lines })
  }
  const lines = servers.flatMap(({ places }, index) => [
    `f${index} ${places.former} weight ${weights[index]}`,
    `n${index} ${places.next} weight 0`,
  ])
  return startHaproxy(host, { servers: lines })
}

async function versionsAt(url: string): Promise<string> {
  const answers = new Set<string>()
  for (let count = 0; count < 12; count += 1) answers.add(await ask(url).catch((error: Error) => error.message))
  return [...answers].map(named).sort().join(' ')
}

/** What a proxy has to do: the file of nginx, or the weights of HAProxy's servers in the order of its configuration. */
export async function ordersOf({ hosts, proxies }: ServersFixture, index = 0): Promise<string> {
  const [host, proxy] = [hosts[index], proxies[index]]
  if (!host || !proxy) return ''
  if ('activeFile' in proxy) return (await host.read(proxy.activeFile)) ?? ''
  const { stdout } = await host.run([
    'sh',
    '-c',
    `echo 'show servers state app' | socat - UNIX-CONNECT:${proxy.socket}`,
  ])
  const servers = stdout.split('\n').map((line) => line.split(' '))
  return servers.flatMap((words) => (words[1] === 'app' ? [words[7]] : [])).join(' ')
}

export const nextOf = ({ servers }: ServersFixture) => servers.map(({ places }) => places.next).join(' ')
export const formerOf = ({ servers }: ServersFixture) => servers.map(({ places }) => places.former).join(' ')
export const outputsOf = ({ job }: CompletedJob) => job.steps[0]?.outputs ?? {}
export const failureCode = (completed: CompletedJob) => outputsOf(completed)['failure-code']
