import { callHost, firstWord } from './call-host.ts'
import type { CompatibilityLimit } from './compatibility-limit.ts'
import type { Connection } from './connection.ts'
import { type HostScript, sharedScript } from './host-script.ts'
import { assignments } from './quote.ts'

/** Whether a job holds the lock of a host, which one, and for how long at most. */
export interface LockFacts {
  readonly held: boolean
  readonly holder: string
  readonly endsInSeconds: number
}

/** What `inspect` found on a host, without changing anything. Numbers that the host does not know are NaN. */
export interface HostFacts {
  readonly host: string
  /** The login, as the input `hosts` names it. */
  readonly user: string
  /** The user that the host reports, where it is a different one. */
  readonly reported?: string
  readonly root: boolean
  readonly tools: ReadonlySet<string>
  /** Whether the input `path` exists. */
  readonly exists: boolean
  /** Folders that must be writable and are not. */
  readonly readOnly: readonly string[]
  readonly freeKib: number
  /** What the start of a release would free; determined only where `needKib` is more than is free. */
  readonly prunableKib: number
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
  readonly lock: LockFacts
  /** Both slots, where the inspection was given them. */
  readonly slots: readonly SlotFacts[]
  /** The port of the slot that a release would go to, or why there is none, with the code of the refusal. */
  readonly idle: { port: string } | { code: string; why: string }
  /** The migrations that removed something, each with the oldest compatible release. */
  readonly compatibilityLimits: readonly CompatibilityLimit[]
  /** Why the next release is not compatible with the schema, with the releases that are; empty where it is. */
  readonly incompatibility: string
  readonly systemd: SystemdFacts | undefined
  /** What the action's own script found missing, each with its code; `notes` are for people to read. */
  readonly missing: readonly { readonly code: string; readonly text: string }[]
  readonly notes: readonly string[]
  /** What may be wrong, with a code: the action decides what follows. */
  readonly doubts: readonly { readonly code: string; readonly text: string }[]
}

export interface PastRelease {
  readonly state: string
  /** Its folder below releases/ exists. */
  readonly exists: boolean
  readonly id: string
  readonly sha: string
  readonly manifest: string
  readonly version: string
  /** Names of the migrations that it was built with, separated by spaces; empty where not known. */
  readonly schema: string
  /** Why it is not compatible with the present schema; empty where it is. */
  readonly incompatibility: string
}

export interface SlotFacts {
  readonly port: string
  /** As the proxy itself reports. */
  readonly traffic: 'yes' | 'no' | 'unknown'
  /** The role that it was last given. */
  readonly role: 'active' | 'idle' | '-'
  /** Id of the release that it holds; empty for none. */
  readonly release: string
}

export interface SystemdFacts {
  /** `loaded`, `not-found`, … */
  readonly unitLoad: string
  /** Processes of a user end with the login (KillUserProcesses). */
  readonly killsProcesses: boolean
  /** What restores the confirmed release after a reboot before the confirmation. */
  readonly recovery: 'unit' | 'cron' | 'none'
  /** The output of `sudo -n -ll`, a line each. */
  readonly sudo: readonly string[]
}

/** What to inspect. */
export interface InspectOptions {
  readonly base: string
  /** The systemd unit that will be restarted. */
  readonly unit: string
  /** The unit that restores the confirmed release after a reboot. */
  readonly recovery: string
  /** KiB that the release may take, and how many are kept beside it. */
  readonly needKib?: number
  readonly keep?: number
  /** The values of the next release, as its state file will have them; none where nothing is known of it. */
  readonly release?: Record<string, string | number>
}

/** Inspects a host, by an action's own script where that one finds more than the shared part. */
export async function inspectHost(
  connection: Connection,
  { release = {}, needKib = 0, keep = 0, ...what }: InspectOptions,
  signal?: AbortSignal,
  script: HostScript = sharedScript,
): Promise<HostFacts> {
  const values = { ...what, need: needKib, keep, params: assignments('r_', release) }
  const reply = await callHost(connection, script, 'inspect', values, { timeoutMs: 60_000, signal })
  const about = (word: string) => new Map(reply.all(word).map(firstWord))
  const facts = about('fact')
  const [schemas, incompatibilities] = [about('schema'), about('misfit')]
  const fact = (key: string) => facts.get(key) ?? ''
  const number = (key: string) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN)
  // What a host reports of itself goes into no script for root: a taken-over login could put anything there.
  const user = connection.target.user || fact('user')
  return {
    host: connection.target.name,
    user,
    ...(fact('user') !== user && { reported: fact('user') }),
    root: fact('uid') === '0',
    tools: new Set(reply.all('tool')),
    exists: fact('exists') === 'yes',
    readOnly: reply.all('read-only'),
    freeKib: number('free-kib'),
    prunableKib: number('prunable-kib') || 0,
    freeInodes: number('free-inodes'),
    current: fact('current') as HostFacts['current'],
    live: fact('live'),
    committed: fact('committed'),
    version: fact('version'),
    releases: reply.all('release').map((line) => pastRelease(line, schemas, incompatibilities)),
    newest: fact('newest'),
    state: fact('state'),
    lock: lockFacts(fact),
    slots: reply.all('slot').map(slotFacts),
    idle: idleSlot(fact('slot'), fact('no-slot')),
    compatibilityLimits: reply.all('contract').map((line) => {
      const [migration, oldestCompatible] = firstWord(line)
      return { migration, oldestCompatible }
    }),
    incompatibility: fact('misfit'),
    systemd: what.unit === '' ? undefined : systemdFacts(fact, reply.all('sudo')),
    missing: reply.all('missing').map(coded),
    notes: reply.all('found'),
    doubts: reply.all('doubt').map(coded),
  }
}

/** Reads what every inspection reports of the host's lock. `fact` gives the text of a key. */
export function lockFacts(fact: (key: string) => string): LockFacts {
  return { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) }
}

function coded(line: string): { code: string; text: string } {
  const [code, text] = firstWord(line)
  return { code, text }
}

function pastRelease(line: string, schemas: Map<string, string>, incompatibilities: Map<string, string>): PastRelease {
  const [state = '', exists, id = '', sha = '', manifest = '', ...version] = line.split(' ')
  const [schema, incompatibility] = [schemas.get(id) ?? '', incompatibilities.get(id) ?? '']
  return { state, exists: exists === 'yes', id, sha, manifest, version: version.join(' '), schema, incompatibility }
}

function slotFacts(line: string): SlotFacts {
  const [port = '', traffic, role, release = ''] = line.split(' ')
  return { port, traffic: traffic as SlotFacts['traffic'], role: role as SlotFacts['role'], release }
}

function idleSlot(port: string, none: string): HostFacts['idle'] {
  const [code, why] = firstWord(none)
  return port === '' ? { code, why } : { port }
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
