import { Failure } from '@belay/action-kit'
import type { Connection } from './connection.ts'
import { onAllHosts } from './fleet.ts'
import type { HostScript } from './host-script.ts'
import { placesOf } from './places.ts'
import { runCommand } from './run-command.ts'
import type { Servers } from './servers.ts'

/** What a proxy does with the slots of other hosts. */
export interface ProxyTraffic {
  /** Names the proxy's host. */
  readonly host: string
  /** `none`: Belay never moved its traffic. `no`: it cannot be read; `why` says what is wrong. */
  readonly known: 'yes' | 'no' | 'none'
  readonly active: readonly string[]
  readonly why: string
}

/** What slot hosts are to hear of the proxies before them: the proxies' names, and the word for each slot host. */
export interface Heard {
  readonly proxies: readonly string[]
  /** By slot host: `known PORT…`, `new` or `unknown` (docs/decisions/host-protocol.md). */
  readonly words: ReadonlyMap<string, string>
}

/** What is asked of a proxy: of which transaction a move counts, and whether a lost run's is undone first. */
interface TrafficQuestion {
  readonly base: string
  readonly id: string
  readonly slots: readonly string[]
  readonly recover: boolean
}

/** Asks one proxy where it sends traffic. `script` holds what a slot is (slot-script.ts). */
export async function askProxy(
  connection: Connection,
  script: HostScript,
  question: TrafficQuestion,
  signal?: AbortSignal,
): Promise<ProxyTraffic> {
  const host = connection.target.name
  // What a lost run left there may restart a service and wait for its check.
  const answer = await runCommand(connection, script, 'traffic', question, { timeoutMs: 300_000, signal })
  const { known = '', text = '' } = answer.last('traffic') ?? {}
  if (known === 'yes') return { host, known, active: text.split(' '), why: '' }
  return { host, known: known || 'no', active: [], why: known === 'none' ? '' : text || 'it gave no answer' }
}

/**
 * Asks all proxies before `servers`, and returns what the slot hosts are to hear.
 * @throws Failure `active-unknown` where one cannot be read, `server-missing` where it does not name a slot host
 */
export async function hearProxies(
  connections: readonly Connection[],
  script: HostScript,
  servers: Servers,
  question: Omit<TrafficQuestion, 'slots'>,
  signal: AbortSignal,
): Promise<Heard> {
  const slots = placesOf(servers)
  const answers = await onAllHosts(
    connections,
    (connection) => askProxy(connection, script, { ...question, slots }, signal),
    signal,
  )
  return { proxies: servers.proxies.map(({ name }) => name), words: wordsFor(servers, answers) }
}

/**
 * What each slot host is to hear before its idle slot is filled. Pure.
 * @throws Failure `active-unknown`, `server-missing`
 */
export function wordsFor(servers: Servers, answers: readonly ProxyTraffic[]): ReadonlyMap<string, string> {
  const silent = answers.filter(({ known }) => known === 'no')
  if (silent.length > 0)
    throw new Failure(
      'active-unknown',
      silent.map(({ host, why }) => `${host}: it is not known where traffic goes: ${why}`).join('\n'),
      'fix the proxy on that host. Belay changes no slot until it knows which one receives traffic.',
    )
  const fresh = answers.filter(({ known }) => known === 'none')
  if (fresh.length === answers.length) return new Map(servers.hosts.map(({ name }) => [name, 'new']))
  if (fresh.length > 0)
    throw new Failure(
      'active-unknown',
      fresh.map(({ host }) => `${host}: Belay never moved traffic on this proxy, and it did on others.`).join('\n'),
      'run blue-green-switch alone for the version that is live: it compares all proxies, moves nothing, and notes this one.',
    )
  return new Map(servers.hosts.map(({ name }, index) => [name, wordFrom(servers, index, answers)]))
}

function wordFrom({ addresses, ports }: Servers, index: number, answers: readonly ProxyTraffic[]): string {
  const address = addresses[index] ?? ''
  const missing = answers.find((answer) => portsWithTraffic(address, ports, [answer]).length === 0)
  if (missing)
    throw new Failure(
      'server-missing',
      `${missing.host} sends traffic to neither ${ports.map((port) => `${address}:${port}`).join(' nor ')}.`,
      'add that server to the proxy, with the slot that serves now, then run the job again.',
    )
  return knownWord(portsWithTraffic(address, ports, answers))
}

/** What a slot host is to hear in an undo: proxies that were not reached, or whose undo did not end, may send traffic. Pure. */
export function wordAfterUndo(
  address: string,
  ports: readonly string[],
  answers: readonly (ProxyTraffic | undefined)[],
): string {
  const known = answers.flatMap((answer) => (answer === undefined || answer.known === 'no' ? [] : [answer]))
  return known.length < answers.length ? 'unknown' : knownWord(portsWithTraffic(address, ports, known))
}

/** The ports of a slot host that any of these proxies sends traffic to. Pure. */
export function portsWithTraffic(
  address: string,
  ports: readonly string[],
  proxies: readonly Pick<ProxyTraffic, 'active'>[],
): string[] {
  return ports.filter((port) => proxies.some(({ active }) => active.includes(`${address}:${port}`)))
}

/** What a slot host hears where it is known which of its ports have traffic. */
export function knownWord(active: readonly string[]): string {
  return ['known', ...active].join(' ')
}
