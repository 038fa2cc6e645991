import { call, hostScript } from './call.ts'
import type { Connection } from './connection.ts'

/** What `inspect` saw on a host, without changing anything. Numbers that the host could not tell are NaN. */
export interface HostFacts {
  readonly host: string
  readonly user: string
  readonly root: boolean
  readonly tools: ReadonlySet<string>
  /** Whether the input `path` is there. */
  readonly exists: boolean
  /** Folders that would have to be written to and cannot. */
  readonly readOnly: readonly string[]
  readonly freeKib: number
  readonly freeInodes: number
  readonly current: 'link' | 'other' | 'absent'
  /** Text of the `current` link. */
  readonly live: string
  /** Id and version of the last committed release. */
  readonly committed: string
  readonly version: string
  /** Releases in the order in which they came to this host. */
  readonly releases: readonly PastRelease[]
  /** Name and state of the newest one. */
  readonly newest: string
  readonly state: string
  readonly lock: { held: boolean; holder: string; endsInSeconds: number }
  readonly systemd: SystemdFacts | undefined
}

export interface PastRelease {
  readonly state: string
  /** Its folder below releases/ is there. */
  readonly there: boolean
  readonly id: string
  readonly sha: string
  readonly manifest: string
  readonly version: string
}

export interface SystemdFacts {
  /** `loaded`, `not-found`, … */
  readonly unitLoad: string
  /** Processes of a user end with the login (KillUserProcesses). */
  readonly killsProcesses: boolean
  /** How a reboot inside the countdown is caught. */
  readonly recovery: 'unit' | 'cron' | 'none'
  /** The output of `sudo -n -ll`, a line each. */
  readonly sudo: readonly string[]
}

/** Looks at a host. `unit` is the systemd unit that will be restarted, `recovery` the unit that catches a reboot. */
export async function look(
  connection: Connection,
  what: { base: string; unit: string; recovery: string },
  signal?: AbortSignal,
): Promise<HostFacts> {
  const reply = await call(connection, hostScript, 'inspect', what, { timeoutMs: 30_000, signal })
  const facts = new Map(
    reply.all('fact').map((line) => {
      const [key = '', ...value] = line.split(' ')
      return [key, value.join(' ')] as const
    }),
  )
  const fact = (key: string) => facts.get(key) ?? ''
  const number = (key: string) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN)
  return {
    host: connection.target.name,
    user: fact('user'),
    root: fact('uid') === '0',
    tools: new Set(reply.all('tool')),
    exists: fact('exists') === 'yes',
    readOnly: reply.all('read-only'),
    freeKib: number('free-kib'),
    freeInodes: number('free-inodes'),
    current: fact('current') as HostFacts['current'],
    live: fact('live'),
    committed: fact('committed'),
    version: fact('version'),
    releases: reply.all('release').map(pastRelease),
    newest: fact('newest'),
    state: fact('state'),
    lock: { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) },
    systemd: what.unit === '' ? undefined : systemdFacts(fact, reply.all('sudo')),
  }
}

function pastRelease(line: string): PastRelease {
  const [state = '', there, id = '', sha = '', manifest = '', ...version] = line.split(' ')
  return { state, there: there === 'yes', id, sha, manifest, version: version.join(' ') }
}

function systemdFacts(fact: (key: string) => string, sudo: readonly string[]): SystemdFacts {
  const unit = fact('recovery-unit') === 'enabled'
  return {
    unitLoad: fact('unit-load'),
    killsProcesses: fact('kills-processes') === 'true',
    recovery: unit ? 'unit' : fact('recovery-cron') === 'yes' ? 'cron' : 'none',
    sudo,
  }
}
