import { assignments, type Connection, callHost, firstWord, type LockFacts, lockFacts, type Reply } from '@belay/host'
import { script } from './script.ts'

/** What an inspection of a host's proxy and slots found. */
export interface SwitchFacts {
  readonly host: string
  readonly user: string
  readonly root: boolean
  readonly slots: readonly Slot[]
  /** The ports that traffic goes to, as the proxy reports; empty where it cannot be read. */
  readonly active: readonly string[]
  /** deploy-ssh's script is on the host: it knows what is in a slot, and how to check it. */
  readonly hasDeployScript: boolean
  /** The last committed switch; undefined where there is none. */
  readonly last: LastSwitch | undefined
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
  readonly port: string
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

/** Inspects a host. `params` are the values that a release's state would have; `recovery` names the recovery unit. */
export async function inspectSwitch(
  connection: Connection,
  what: { base: string; recovery: string; params: Record<string, string | number> },
  signal?: AbortSignal,
): Promise<SwitchFacts> {
  const values = { base: what.base, recovery: what.recovery, params: assignments('r_', what.params) }
  const reply = await callHost(connection, script, 'see', values, { timeoutMs: 60_000, signal })
  return factsOf(connection.target.name, reply)
}

function factsOf(host: string, reply: Reply): SwitchFacts {
  const facts = new Map(reply.all('fact').map(firstWord))
  const fact = (key: string) => facts.get(key) ?? ''
  const slots = reply.all('slot').map(slotOf)
  const warm = fact('warm')
  return {
    host,
    user: fact('user'),
    root: fact('uid') === '0',
    slots,
    active: slots.filter(({ weight }) => weight > 0).map(({ port }) => port),
    hasDeployScript: fact('deploy') === 'yes',
    last: fact('committed-slot') === '' ? undefined : lastSwitch(fact, reply.last('from')),
    committedSwitches: reply.all('past').map((line) => {
      const [id, sha] = firstWord(line)
      return { id, sha }
    }),
    retainedSeconds: warm !== '' && Number(warm) > 0 ? Number(warm) : undefined,
    newest: fact('newest'),
    state: fact('state'),
    lock: lockFacts(fact),
    missing: reply.all('missing').map((line) => {
      const [code, text] = firstWord(line)
      return { code, text }
    }),
    notices: reply.all('notice'),
    killsProcesses: fact('kills-processes') === 'true',
    recovery: fact('recovery-unit') === 'enabled' || fact('recovery-cron') === 'yes',
    sudo: reply.all('sudo'),
  }
}

function slotOf(line: string): Slot {
  const [port = '', weight = '', listening, release = '-', sha = '-', ...version] = line.split(' ')
  return {
    port,
    weight: weight === '-' ? Number.NaN : Number(weight),
    listening: listening === 'yes',
    release: wordOrEmpty(release),
    sha: wordOrEmpty(sha),
    version: version.join(' '),
  }
}

function lastSwitch(fact: (key: string) => string, from: string): LastSwitch {
  const [release = '-', sha = '-', ...version] = from.split(' ')
  return {
    kind: fact('kind') === 'rollback' ? 'rollback' : 'switch',
    release: fact('committed'),
    version: fact('version'),
    slot: fact('committed-slot'),
    from: { slot: fact('from'), release: wordOrEmpty(release), sha: wordOrEmpty(sha), version: version.join(' ') },
  }
}

function wordOrEmpty(word: string): string {
  return word === '-' ? '' : word
}
