import { startHaproxy, startNginx, type TestHaproxy, type TestHost, type TestNginx } from '@belay/test-hosts'
import { type CompletedJob, type Fixture, type JobOptions, type JobStep, openFixture } from '../../support/fixture.ts'
import { proxyInputs } from '../../support/proxy-inputs.ts'
import { answerFrom, base, blue, green, slotInputs } from '../../support/slots.ts'
import type { ProxyName } from '../fault-points.ts'
import { type CentralProxy, watchedCentral } from './central-proxy.ts'

/** A service in two slots of each of three hosts, behind proxies that stand on hosts of their own. */
export interface Lab {
  readonly fixture: Fixture
  readonly driver: ProxyName
  readonly slotHosts: readonly TestHost[]
  readonly proxyHosts: readonly TestHost[]
  readonly proxies: readonly CentralProxy[]
  /** The address of each slot host, as the proxies name it. */
  readonly names: readonly string[]
  fill(version: string, inputs?: Record<string, string>): Promise<JobStep>
  traffic(version: string, inputs?: Record<string, string>): JobStep
  /** Both. */
  steps(version: string, inputs?: Record<string, string>): Promise<JobStep[]>
  job(version: string, steps: JobStep[], options?: JobOptions): Promise<CompletedJob>
  /** The versions that answer through each proxy, asked twelve times: `v1 v2`, the proxies with a bar between. */
  users(): Promise<string>
  /** What is in a slot of a slot host. */
  slotOn(host: TestHost, port: string): Promise<SlotSeen>
  close(): Promise<void>
}

export interface SlotSeen {
  /** The version that it answers with; `-` where nothing answers. */
  readonly version: string
  /** The role that it knows of, by its file: `active`, `idle`; empty where it was never given one. */
  readonly role: string
  /** The role that its hook was called for last. */
  readonly hook: string
}

export interface LabOptions {
  readonly driver?: ProxyName
  readonly proxies?: number
  /** The proxies name the slot hosts by names, which each host finds in its own /etc/hosts. */
  readonly named?: boolean
  /** Size of the disks. */
  readonly disk?: string
}

const serversCount = 3

export async function openLab({
  driver = 'nginx',
  proxies: count = 2,
  named = false,
  disk,
}: LabOptions = {}): Promise<Lab> {
  const fixture = await openFixture({ hosts: serversCount + count, ...(disk && { disk }) })
  const slotHosts = fixture.hosts.slice(0, serversCount)
  const proxyHosts = fixture.hosts.slice(serversCount)
  const names = slotHosts.map(({ address }, index) => (named ? `app-${index + 1}` : address))
  if (named) await Promise.all(fixture.hosts.map((host) => giveNames(host, slotHosts, names)))
  const started = await Promise.all(proxyHosts.map((host) => startProxy(host, driver, names)))
  const proxies = started.map((proxy, index) => watchedCentral(proxyHosts[index] as TestHost, proxy, names[0] ?? ''))
  const login = {
    hosts: listOf(slotHosts.map(({ target }) => target)),
    'proxy-hosts': listOf(proxyHosts.map(({ target }) => target)),
    'ssh-key': fixture.privateKey,
    'known-hosts': listOf(fixture.hosts.map(({ knownHosts }) => knownHosts)),
    service: 'api',
    environment: 'qa',
    slots: named ? listOf(names.map((name) => `${name}:${blue} ${name}:${green}`)) : `${blue} ${green}`,
    check: 'http://{host}:{slot}/health',
    // No test waits for its end (countdown.ts), and a busy machine must not reach it.
    'confirm-timeout': '600s',
    'lock-timeout': '60s',
  }
  const proxy = proxyInputs(started[0] as TestNginx | TestHaproxy)
  const lab: Lab = {
    fixture,
    driver,
    slotHosts,
    proxyHosts,
    proxies,
    names,
    async fill(version, inputs = {}) {
      const source = await fixture.release('api', version)
      // A machine that is busy with other tests starts a service late, which these tests do not verify.
      const more = { ...login, ...hooks, version, 'check-timeout': '20s', ...inputs }
      return fixture.deploy('api', source, { ...slotInputs, ...more })
    },
    traffic: (version, inputs = {}) => ({
      id: 'traffic',
      uses: '$/actions/blue-green-switch',
      with: { ...login, ...proxy, version, 'drain-timeout': '1s', ...inputs },
    }),
    steps: async (version, inputs = {}) => [await lab.fill(version, inputs), lab.traffic(version, inputs)],
    job: (version, steps, options = {}) => fixture.job(version, steps, options),
    users: async () => (await Promise.all(proxies.map(versionsAt))).join(' | '),
    async slotOn(host, port) {
      const [answer, role, log] = await Promise.all([
        answerFrom(host, port),
        host.read(`${base}/slots/${port}.state`),
        host.read(rolesLog),
      ])
      const hook = [...(log ?? '').matchAll(/^(\d+) (active|idle)$/gm)].findLast(([, slot]) => slot === port)?.[2] ?? ''
      return { version: answer?.version ?? '-', role: role?.trim() ?? '', hook }
    },
    close: () => fixture.close(),
  }
  return lab
}

/** What the hooks of a slot host were called for. */
const rolesLog = '/run/belay-test/roles'
const hookFor = (role: string) => `command:sh -c 'echo {slot} ${role} >>${rolesLog}'`
const hooks = { activate: hookFor('active'), deactivate: hookFor('idle') }

const listOf = (lines: readonly string[]) => lines.join('\n')

async function giveNames(host: TestHost, slotHosts: readonly TestHost[], names: readonly string[]): Promise<void> {
  const lines = slotHosts.map(({ address }, index) => `${address} ${names[index]}\n`).join('')
  await host.run(['tee', '-a', '/etc/hosts'], { user: 'root', input: lines })
}

/** Before the first release all traffic goes to blue, where nothing runs. Servers of HAProxy have the names of their places. */
function startProxy(host: TestHost, driver: ProxyName, names: readonly string[]): Promise<TestNginx | TestHaproxy> {
  if (driver === 'nginx')
    return startNginx(host, {
      servers: names.map((name, index) => `${name}:${blue} weight=${weights[index]} max_fails=2`),
    })
  const servers = names.flatMap((name, index) => [
    `${name}:${blue} ${name}:${blue} weight ${weights[index]}`,
    `${name}:${green} ${name}:${green} weight 0`,
  ])
  return startHaproxy(host, { servers })
}

/** What each server has besides its place must stay. */
const weights = [3, 1, 1]

async function versionsAt(proxy: CentralProxy): Promise<string> {
  const answers = new Set<string>()
  for (let count = 0; count < 12; count += 1) answers.add(await proxy.version())
  return [...answers].sort().join(' ')
}
