import { type InputReader, type ReleaseInputs, readReleaseInputs, splitCommandLine } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import {
  type Credentials,
  type HostTarget,
  hasPlaces,
  isHostFolder,
  isLocal,
  isUnitName,
  localTarget,
  placesOf,
  readCredentials,
  readHostFolder,
  readHosts,
  readServers,
  readSlotNames,
  type Servers,
  type SlotNames,
  servicePath,
} from '@belay/host/inputs'
import { type MetricInputs, readMetrics } from '@belay/probe'

export const commands = ['switch', 'rollback', 'status', 'preflight'] as const
/** `service` is the selector of a Service in a cluster; the others are proxies on hosts. */
export const drivers = ['nginx', 'haproxy', 'service'] as const

export function readDriver(read: InputReader): (typeof drivers)[number] {
  return read.choice('driver', { default: 'nginx', of: drivers })
}

/** The proxy, with the values that its driver needs. */
export type ProxyInputs =
  | {
      driver: 'nginx'
      upstream: string
      /** How it is controlled: by systemd, by a program whose last argument is validate, reload or pid, or in its container. */
      control:
        | { kind: 'systemd'; unit: string }
        | { kind: 'command'; words: string[] }
        | { kind: 'compose'; folder: string; service: string }
    }
  | { driver: 'haproxy'; socket: string; backend: string; stateFile: string }

export interface SwitchInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  /** False: final at the end of its own main; no later step of the job undoes it. */
  readonly undo: boolean
  readonly release: ReleaseInputs
  /** Reads which commit a tag stands for. */
  readonly github: GitHubInputs
  /** The hosts of the proxies. */
  readonly hosts: readonly HostTarget[]
  /** The slot hosts, where they are others and the job reaches them too. */
  readonly servers: Servers | undefined
  readonly credentials: Credentials
  /** The service's folder on the hosts, as deploy-ssh has it. */
  readonly path: string
  /** Two ports, or places in pairs. */
  readonly slots: SlotNames
  readonly proxy: ProxyInputs
  /** A URL with {slot}, and for places {host}; empty where deploy-ssh's own check is used. */
  readonly check: string
  /** Shares of the new slot in percent, before all of it. */
  readonly weights: readonly number[]
  /** What must hold at each of `weights`. */
  readonly metrics: MetricInputs | undefined
  /** All in seconds. */
  readonly hold: number
  readonly drainTimeout: number
  readonly retain: number
  readonly successes: number
  readonly confirmTimeout: number
  readonly lockTimeout: number
  readonly deadline: number
}

export function readSwitchInputs(read: InputReader): SwitchInputs {
  const command = read.choice('command', { default: 'switch', of: commands })
  const release = readReleaseInputs(read)
  const named = readHostsOrLocal(read)
  const servers = readServers(read, named)
  const hosts = servers?.proxies ?? named
  const proxy = readProxy(read, release)
  const slots = servers ? placesOf(servers) : readSlotNames(read)
  const weights = readWeights(read, proxy.driver)
  const inputs: SwitchInputs = {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    undo: read.boolean('undo', { default: true }),
    // Without a version a rollback goes to the slot that had the traffic, not to the commit that the job runs for.
    release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
    github: readGitHubInputs(read),
    hosts,
    servers,
    credentials: readKeys(read, servers ? [...named, ...hosts] : hosts),
    path: readFolder(read, 'path', servicePath(release)),
    slots,
    proxy,
    check: readCheck(read, slots, servers !== undefined),
    weights,
    metrics: readMetricsOf(read, weights),
    hold: read.seconds('hold', { default: '30s', min: 1, max: 3600 }),
    drainTimeout: read.seconds('drain-timeout', { default: '10s', min: 0, max: 3600 }),
    retain: read.seconds('retain', { default: '30m', min: 0, max: 86_400 }),
    successes: read.integer('successes', { default: 3, min: 1, max: 100 }),
    confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
    deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
  }
  reportContradictions(read, inputs)
  return inputs
}

function reportContradictions(read: InputReader, inputs: SwitchInputs): void {
  // A proxy does not know what a slot of another host holds, nor whether that was ever committed: deploy-ssh does there.
  if (inputs.servers && inputs.command === 'rollback')
    read.issue(
      'command',
      'is rollback, and the proxies are on other hosts than the slots (proxy-hosts)',
      'Use `command: rollback` of deploy-ssh, then `switch`: a slot that still runs the former release is used as it is.',
    )
  const least = (inputs.successes - 1) * metricIntervalSeconds
  if (inputs.metrics && inputs.hold <= least)
    read.issue(
      'hold',
      `is ${inputs.hold} s, and metrics that must hold ${inputs.successes} times in a row take more than ${least} s`,
      'Raise it, to some minutes: metrics come late.',
    )
  const seconds = inputs.weights.length * inputs.hold + inputs.drainTimeout
  if (inputs.confirmTimeout <= seconds)
    read.issue(
      'confirm-timeout',
      `is ${inputs.confirmTimeout} s, but weights and drain may take ${seconds} s`,
      'Raise it: the host rolls back when it expires.',
    )
}

/** Between two readings of a metric: a weight ends when it held `successes` times in a row. */
export const metricIntervalSeconds = 2

function readMetricsOf(read: InputReader, weights: readonly number[]): MetricInputs | undefined {
  if (weights.length > 0 || read.lines('metrics').length === 0) {
    const metrics = readMetrics(read)
    if (metrics?.service)
      read.issue('metrics-url', 'is a Service of a cluster, which only health-gate asks', 'Give another address.')
    return metrics
  }
  const remedy = 'Give weights, or give metrics to health-gate after this step.'
  read.unneeded('metrics', 'is given without weights, and metrics are asked between weights', remedy)
  return undefined
}

/** `local`, as the only line, is the runner itself. */
function readHostsOrLocal(read: InputReader): HostTarget[] {
  const lines = read.lines('hosts', { required: 'a line for each host, [user@]host[:port], or local' })
  const user = read.text('user')
  if (lines.length === 0) return []
  if (!lines.includes('local')) return readHosts(read)
  if (lines.length > 1) read.issue('hosts', 'names local beside others', 'Give only local, or hosts without it.')
  if (user !== '') read.issue('user', 'is given, and local needs no login', 'Leave it out.')
  return [localTarget]
}

function readKeys(read: InputReader, hosts: readonly HostTarget[]): Credentials {
  if (hosts.length > 0 && !hosts.some(isLocal)) return readCredentials(read, hosts)
  // Without a login, nothing about one can be missing or wrong.
  return {
    key: read.secret('ssh-key', { multiline: true }),
    passphrase: read.secret('ssh-key-passphrase'),
    knownHosts: read.text('known-hosts', { multiline: true }),
  }
}

function readFolder(read: InputReader, name: string, fallback: string): string {
  const remedy = `Give an absolute folder of its own, such as ${fallback}.`
  return readHostFolder(read, name, { default: fallback, remedy })
}

function readProxy(read: InputReader, { service, environment }: ReleaseInputs): ProxyInputs {
  const driver = readDriver(read) === 'haproxy' ? 'haproxy' : 'nginx'
  const upstream = readFolder(read, 'upstream', `/etc/nginx/belay/${service}-${environment}`)
  const control = readProxyControl(read)
  const socket = readFilePath(read, 'socket', '/run/haproxy/admin.sock')
  const stateFile = readFilePath(read, 'state-file', '/var/lib/haproxy/belay/server-state')
  const backend = read.text('backend', { default: `${service}-${environment}` })
  if (!/^[A-Za-z0-9_.:-]+$/.test(backend))
    read.issue('backend', `is "${backend}"`, 'Give the name of a backend in haproxy.cfg.')
  return driver === 'nginx' ? { driver, upstream, control } : { driver, socket, backend, stateFile }
}

function readFilePath(read: InputReader, name: string, fallback: string): string {
  const path = read.text(name, { default: fallback })
  if (!/^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path))
    read.issue(name, `is "${path}"`, 'Give an absolute path of plain characters.')
  return path
}

function readProxyControl(read: InputReader): Extract<ProxyInputs, { driver: 'nginx' }>['control'] {
  const text = read.text('proxy', { default: 'systemd:nginx' })
  const [, kind, rest = ''] = /^(systemd|command|compose):(.*)$/s.exec(text) ?? []
  if (kind === 'systemd' && isUnitName(rest)) return { kind, unit: rest }
  if (kind === 'compose') {
    const [folder = '', service = 'nginx', ...more] = rest.split(':')
    if (more.length === 0 && isHostFolder(folder) && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(service))
      return { kind, folder, service }
  }
  const words = kind === 'command' ? splitCommandLine(rest) : undefined
  if (words !== undefined && words.length > 0) return { kind: 'command', words }
  read.issue(
    'proxy',
    `is "${text}"`,
    'Give systemd:UNIT, compose:FOLDER or compose:FOLDER:SERVICE, or command:PROGRAM ARGUMENT… that takes validate, reload, pid.',
  )
  return { kind: 'systemd', unit: 'nginx' }
}

function readCheck(read: InputReader, slots: SlotNames, areServersNamed: boolean): string {
  const check = read.text('check') || (areServersNamed ? 'http://{host}:{slot}/health/ready' : '')
  const url = check.replaceAll('{slot}', '1').replaceAll('{host}', 'localhost')
  const isUrl = /^https?:\/\//.test(url) && URL.canParse(url) && !/[\s'"\\&|]/.test(check)
  if (slots.length > 0 && hasPlaces(slots)) {
    const remedy = 'Give a URL as the proxy reaches each slot: http://{host}:{slot}/health.'
    if (check === '') read.issue('check', 'is missing, and only it shows what a slot of another host serves', remedy)
    else if (!isUrl || !check.includes('{slot}') || !check.includes('{host}'))
      read.issue('check', `is "${check}"`, remedy)
    return check
  }
  if (check === '' || (isUrl && check.includes('{slot}') && !check.includes('{host}'))) return check
  read.issue('check', `is "${check}"`, 'Give a URL as the host sees it: http://localhost:{slot}/health.')
  return ''
}

function readWeights(read: InputReader, driver: ProxyInputs['driver']): number[] {
  const words = read.lines('weights').flatMap((line) => line.split(/[\s,]+/))
  const weights = words.map(Number)
  if (words.length > 0 && driver === 'nginx') {
    read.unneeded('weights', 'is given, and nginx only moves all traffic at once', 'Leave it out, or use haproxy.')
    return []
  }
  const rising = weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0))
  if (words.every((word) => /^[1-9]\d?$/.test(word)) && rising) return weights
  read.issue(
    'weights',
    `is "${words.join(' ')}"`,
    'Give rising percents from 1 to 99: 5 25 50; 100 follows automatically.',
  )
  return []
}
