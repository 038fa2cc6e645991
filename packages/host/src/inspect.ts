import type { Answer } from './answer.ts'
import type { CompatibilityLimit } from './compatibility-limit.ts'
import type { Connection } from './connection.ts'
import { noState, type StateText } from './encode.ts'
import { type HostScript, sharedScript } from './host-script.ts'
import type { sharedCommands } from './protocol.ts'
import { runCommand } from './run-command.ts'

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
  readonly keepReleases?: number
  /** The values of the next release, as the file of the change will have them; none where nothing is known of it. */
  readonly release?: StateText
  /** What the host is to hear of proxies on other hosts. */
  readonly traffic?: string | undefined
  readonly proxies?: readonly string[]
}

/** Inspects a host, by an action's own script where that one finds more than the shared part. */
export async function inspectHost(
  connection: Connection,
  { release = noState, needKib: need = 0, keepReleases = 0, ...what }: InspectOptions,
  signal?: AbortSignal,
  script: HostScript = sharedScript,
): Promise<HostFacts> {
  const values = { ...what, need, keepReleases, params: release }
  const answer = await runCommand(connection, script, 'inspect', values, { timeoutMs: 60_000, signal })
  const { facts } = answer
  const schemas = new Map(answer.all('schema').map(({ id, migrations }) => [id, migrations]))
  const misfits = new Map(answer.all('misfit').map(({ id, why }) => [id, why]))
  // What a host reports of itself goes into no script for root: a taken-over login could put anything there.
  const user = connection.target.user || facts.user
  return {
    host: connection.target.name,
    user,
    ...(facts.user !== user && { reported: facts.user }),
    root: facts.uid === '0',
    tools: new Set(answer.all('tool')),
    exists: facts.exists,
    readOnly: answer.all('readOnly'),
    freeKib: facts.freeKib,
    prunableKib: facts.prunableKib || 0,
    freeInodes: facts.freeInodes,
    current: facts.current || 'absent',
    live: facts.live,
    committed: facts.committed,
    version: facts.version,
    releases: answer.all('release').map((release) => ({
      ...release,
      schema: schemas.get(release.id) ?? '',
      incompatibility: misfits.get(release.id) ?? '',
    })),
    newest: facts.newest,
    state: facts.state,
    lock: lockFacts(facts),
    slots: answer.all('slot').map((slot) => ({ ...slot, traffic: slot.traffic || 'unknown', role: slot.role || '-' })),
    idle: facts.slot === '' ? { code: facts.noSlot.code, why: facts.noSlot.text } : { port: facts.slot },
    compatibilityLimits: answer.all('contract'),
    incompatibility: facts.misfit,
    systemd: what.unit === '' ? undefined : systemdFacts(answer),
    missing: answer.all('missing'),
    notes: answer.all('found'),
    doubts: answer.all('doubt'),
  }
}

/** What every inspection says of the host's lock. */
export function lockFacts({ lock, holder, endsIn }: { lock: string; holder: string; endsIn: number }): LockFacts {
  return { held: lock === 'held', holder, endsInSeconds: endsIn || 0 }
}

function systemdFacts({ facts, all }: Answer<typeof sharedCommands.inspect>): SystemdFacts {
  const unit = facts.recoveryUnit === 'enabled'
  return {
    unitLoad: facts.unitLoad,
    killsProcesses: facts.killsProcesses === 'true',
    recovery: unit ? 'unit' : facts.recoveryCron === 'yes' ? 'cron' : 'none',
    sudo: all('sudo'),
  }
}
