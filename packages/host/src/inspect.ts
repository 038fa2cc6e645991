import { callHost, firstWord } from './call-host.ts'
import type { CompatibilityLimit } from './compatibility-limit.ts'
import type { Connection } from './connection.ts'
import { hostScript } from './host-script.ts'
import { assignments } from './quote.ts'

/** Whether somebody is at work on a host, who, and for how long at most. */
export interface LockFacts {
  readonly held: boolean
  readonly holder: string
  readonly endsInSeconds: number
}

/** What `inspect` saw on a host, without changing anything. Numbers that the host could not tell are NaN. */
export interface HostFacts {
  readonly host: string
  /** The login, as the input `hosts` names it. */
  readonly user: string
  /** Who the host says it is, where that is somebody else. */
  readonly reported?: string
  readonly root: boolean
  readonly tools: ReadonlySet<string>
  /** Whether the input `path` is there. */
  readonly exists: boolean
  /** Folders that would have to be written to and cannot. */
  readonly readOnly: readonly string[]
  readonly freeKib: number
  /** What the start of a release would remove; looked for only where `needKib` is more than is free. */
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
  /** Both slots, where the look was told of them. */
  readonly slots: readonly SlotFacts[]
  /** The port of the slot that a release would go to, or why there is none, with the code it would be refused by. */
  readonly idle: { port: string } | { code: string; why: string }
  /** The migrations that took something away, each with the oldest release that survives it. */
  readonly compatibilityLimits: readonly CompatibilityLimit[]
  /** Why the release that is to come does not fit the schema, with those that do; empty where it does. */
  readonly incompatibility: string
  readonly systemd: SystemdFacts | undefined
  /** What the action's own script found missing, with the code, and what it found for people to read. */
  readonly missing: readonly { readonly code: string; readonly text: string }[]
  readonly notes: readonly string[]
  /** What may be wrong, with a code: the action decides what it makes of it. */
  readonly doubts: readonly { readonly code: string; readonly text: string }[]
}

export interface PastRelease {
  readonly state: string
  /** Its folder below releases/ is there. */
  readonly exists: boolean
  readonly id: string
  readonly sha: string
  readonly manifest: string
  readonly version: string
  /** Names of the migrations that it was built with, with a space between; empty where nobody said. */
  readonly schema: string
  /** Why it cannot live with the schema of today; empty where it can. */
  readonly incompatibility: string
}

export interface SlotFacts {
  readonly port: string
  /** By the proxy's own word. */
  readonly traffic: 'yes' | 'no' | 'unknown'
  /** What it was told last. */
  readonly role: 'active' | 'idle' | '-'
  /** Id of the release that it holds; empty for none. */
  readonly release: string
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

/** What to look at. */
export interface InspectOptions {
  readonly base: string
  /** The systemd unit that will be restarted. */
  readonly unit: string
  /** The unit that catches a reboot. */
  readonly recovery: string
  /** KiB that the release may take, and how many are kept beside it. */
  readonly needKib?: number
  readonly keep?: number
  /** The values of the release that is to come, as its state file will have them; none: nothing is known of it. */
  readonly release?: Record<string, string | number>
}

/** Looks at a host, with the eyes of an action's script where that knows more than every action does. */
export async function inspectHost(
  connection: Connection,
  { release = {}, needKib = 0, keep = 0, ...what }: InspectOptions,
  signal?: AbortSignal,
  script: string = hostScript,
): Promise<HostFacts> {
  const values = { ...what, need: needKib, keep, params: assignments('r_', release) }
  const reply = await callHost(connection, script, 'inspect', values, { timeoutMs: 60_000, signal })
  const about = (word: string) => new Map(reply.all(word).map(firstWord))
  const facts = about('fact')
  const [schemas, incompatibilities] = [about('schema'), about('misfit')]
  const fact = (key: string) => facts.get(key) ?? ''
  const number = (key: string) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN)
  // What a host says of itself goes into no script for root: a taken-over login could write there what it likes.
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

/** Reads what every look says of the host's lock. `fact` gives the text under a key. */
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
