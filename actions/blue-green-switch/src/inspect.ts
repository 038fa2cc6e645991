import { type Answer, type Connection, type LockFacts, lockFacts, runCommand, type StateText } from '@belay/host'
import type { switchProtocol } from '@belay/host/protocol'
import { script } from './script.ts'

/** What an inspection of a host's proxy and slots found. */
export interface SwitchFacts {
  readonly host: string
  readonly user: string
  readonly root: boolean
  readonly slots: readonly Slot[]
  /** The slots that traffic goes to, as the proxy reports; empty where it cannot be read. */
  readonly active: readonly string[]
  /** deploy-ssh's script is on the host: it knows what is in a slot, and how to check it. */
  readonly hasDeployScript: boolean
  /** The last committed switch; undefined where there is none. */
  readonly last: LastSwitch | undefined
  /** What slot hosts that are not the proxy's say of themselves, where it is the same on all. */
  readonly committed?: { readonly release: string; readonly version: string }
  /** Ids and commits of all committed switches that the host remembers. */
  readonly committedSwitches: readonly { readonly id: string; readonly sha: string }[]
  /** Seconds for which the old slot is kept; undefined where nothing is. */
  readonly retainedSeconds: number | undefined
  readonly newest: string
  readonly state: string
  readonly lock: LockFacts
  /** What the host itself found missing, with the code. */
  readonly missing: readonly { readonly code: string; readonly text: string }[]
  readonly notices: readonly string[]
  readonly killsProcesses: boolean
  readonly recovery: boolean
  /** The output of `sudo -n -ll`, a line each. */
  readonly sudo: readonly string[]
}

export interface Slot {
  /** A port, or a place of another host; of several servers all, with a space between. */
  readonly name: string
  /** NaN where the proxy cannot be read. */
  readonly weight: number
  readonly listening: boolean
  /** What deploy-ssh put there; empty for nothing. */
  readonly release: string
  readonly sha: string
  readonly version: string
}

/** A committed switch: where traffic went, and from where, which is the goal of a rollback. */
export interface LastSwitch {
  readonly kind: 'switch' | 'rollback'
  readonly release: string
  readonly version: string
  readonly slot: string
  readonly from: { readonly slot: string; readonly release: string; readonly sha: string; readonly version: string }
}

type SeeAnswer = Answer<typeof switchProtocol.commands.see>

/** Inspects a host. `state` has the values that a release's state would have; `recovery` names the recovery unit. */
export async function inspectSwitch(
  connection: Connection,
  { state, ...what }: { base: string; recovery: string; state: StateText },
  signal?: AbortSignal,
): Promise<SwitchFacts> {
  const values = { ...what, params: state }
  const answer = await runCommand(connection, script, 'see', values, { timeoutMs: 60_000, signal })
  return factsOf(connection.target.name, answer)
}

function factsOf(host: string, answer: SeeAnswer): SwitchFacts {
  const { facts } = answer
  const slots = answer
    .all('slot')
    .map(({ weight, ...slot }) => ({ ...slot, weight: weight === '' ? Number.NaN : Number(weight) }))
  return {
    host,
    user: facts.user,
    root: facts.uid === '0',
    slots,
    active: slots.filter(({ weight }) => weight > 0).map(({ name }) => name),
    hasDeployScript: facts.deploy,
    last: facts.committedSlot === '' ? undefined : lastSwitch(answer),
    committedSwitches: answer.all('past').map(({ release, sha }) => ({ id: release, sha })),
    retainedSeconds: facts.warm > 0 ? facts.warm : undefined,
    newest: facts.newest,
    state: facts.state,
    lock: lockFacts(facts),
    missing: answer.all('missing'),
    notices: answer.all('notice'),
    killsProcesses: facts.killsProcesses === 'true',
    recovery: facts.recoveryUnit === 'enabled' || facts.recoveryCron === 'yes',
    sudo: answer.all('sudo'),
  }
}

function lastSwitch({ facts, last }: SeeAnswer): LastSwitch {
  const { release = '', sha = '', version = '' } = last('from') ?? {}
  return {
    kind: facts.kind || 'switch',
    release: facts.committed,
    version: facts.version,
    slot: facts.committedSlot,
    from: { slot: facts.from, release, sha, version },
  }
}
