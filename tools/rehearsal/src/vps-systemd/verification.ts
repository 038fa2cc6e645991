import { setTimeout as sleep } from 'node:timers/promises'
import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'
import type { Version } from '../version.ts'
import type { Expectation } from './expectation.ts'
import type { Service } from './services.ts'

/** What one service on one host is seen to be, from outside of Belay. */
export interface Seen {
  readonly host: TestHost
  readonly service: Service
  readonly expected: Version | undefined
  /** The sha that it reports over HTTP; undefined where nothing listens. */
  readonly sha: string | undefined
  /** Text of `current`; undefined where there is none. */
  readonly current: string | undefined
  /** The sha in the release that `current` leads to. */
  readonly content: string | undefined
  /** Whether a process holds the service's lock. */
  readonly locked: boolean
  /** Releases that are neither confirmed nor put back: `000002-….armed`. */
  readonly open: readonly string[]
}

export interface Proof {
  readonly seen: readonly Seen[]
  /** What is not as promised; empty where all is. */
  readonly problems: readonly string[]
  /** Until all was as promised, or nothing more was waited for. */
  readonly seconds: number
}

/** Locks are given back a moment after the last word. */
const lockSeconds = 5

/**
 * Asks every host what it serves until that is what was promised, for `laterSeconds` where hosts may take that long.
 * `onWait` is told which services on which hosts are still otherwise.
 */
export async function prove(
  hosts: readonly TestHost[],
  expectation: Expectation,
  laterSeconds: number,
  onWait: (places: readonly string[], seconds: number) => void,
): Promise<Proof> {
  const started = performance.now()
  for (;;) {
    const seen = await lookAll(hosts, expectation)
    const seconds = (performance.now() - started) / 1000
    const wrong = seen.flatMap(servingProblems)
    const problems = [...wrong, ...seen.flatMap(lockProblems)]
    const patience = expectation.later ? laterSeconds : wrong.length > 0 ? 0 : lockSeconds
    if (problems.length === 0 || seconds >= patience) return { seen, problems, seconds }
    onWait(seen.filter((one) => [...servingProblems(one), ...lockProblems(one)].length > 0).map(placeOf), seconds)
    await sleep(200)
  }
}

function lookAll(hosts: readonly TestHost[], { services }: Expectation): Promise<Seen[]> {
  return Promise.all(hosts.flatMap((host) => services.map(({ service, version }) => lookAt(host, service, version))))
}

async function lookAt(host: TestHost, service: Service, expected: Version | undefined): Promise<Seen> {
  const { path } = service
  const [sha, current, content, locked, open] = await Promise.all([
    askSha(`http://${host.address}:${service.port}/health`),
    host.linkTarget(`${path}/current`),
    // In one go: a host that goes back may take it away at any moment.
    host.run(['cat', `${path}/current/release.json`], { user: 'root' }),
    isLocked(host, path),
    openStates(host, path),
  ])
  return { host, service, expected, sha, current, content: shaIn(content.stdout), locked, open }
}

function placeOf({ service, host }: Seen): string {
  return `${service.name} on ${host.name}`
}

function servingProblems(seen: Seen): string[] {
  const { expected, sha, current, content } = seen
  const where = placeOf(seen)
  if (!expected)
    return [
      ...(sha === undefined ? [] : [`${where} must not answer, but does: ${sha}`]),
      ...(current === undefined ? [] : [`${where} must have no current, but it is ${current}`]),
    ]
  return [
    ...(sha === expected.sha
      ? []
      : [`${where} must report ${expected.sha}, but it is ${sha ?? 'nothing that answers'}`]),
    ...(content === expected.sha
      ? []
      : [`current of ${where} (${current ?? 'none'}) must lead to ${expected.sha}, but has ${content ?? 'nothing'}`]),
  ]
}

function lockProblems(seen: Seen): string[] {
  const { locked, open } = seen
  const where = placeOf(seen)
  return [
    ...(locked ? [`the lock of ${where} is still held`] : []),
    ...open.map((name) => `${where} still has an open release: ${name}`),
  ]
}
