import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'
import { verifyUntil } from '../verify.ts'
import type { Version } from '../version.ts'
import type { Expectation } from './expectation.ts'
import type { Service } from './services.ts'

/** The state of one service on one host, read without Belay. */
export interface Seen {
  readonly host: TestHost
  readonly service: Service
  readonly expected: Version | undefined
  /** The sha that it reports over HTTP; undefined if nothing listens. */
  readonly sha: string | undefined
  /** The target of `current`; undefined if there is none. */
  readonly current: string | undefined
  /** The sha in the release behind `current`. */
  readonly content: string | undefined
  /** Whether a process holds the service's lock. */
  readonly locked: boolean
  /** Changes that are neither confirmed nor undone: `000002-….armed`. */
  readonly open: readonly string[]
}

export interface Verification {
  readonly seen: readonly Seen[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  /** Seconds until all was as promised, or until the wait ended. */
  readonly seconds: number
}

/** How to verify a run. */
export interface Verifying {
  /** How long hosts may take that restore themselves, in seconds. */
  readonly laterSeconds: number
  /** Gets the services on hosts that are not as promised yet. */
  readonly onWait?: (places: readonly string[], seconds: number) => void
  /** Adds the problems that are not on a service of a host to those that are. */
  readonly andMore?: (problems: readonly string[]) => Promise<readonly string[]>
}

/** Inspects every host until it serves what was promised. */
export function verify(
  hosts: readonly TestHost[],
  expectation: Expectation,
  { laterSeconds, onWait = () => {}, andMore = async (problems) => problems }: Verifying,
): Promise<Verification> {
  return verifyUntil(
    async () => {
      const seen = await inspectAll(hosts, expectation)
      return { seen, problems: await andMore(seen.flatMap(problemsOf)) }
    },
    expectation.later ? laterSeconds : undefined,
    ({ seen }, seconds) => onWait(seen.filter((one) => problemsOf(one).length > 0).map(placeOf), seconds),
  )
}

/** Where a service on a host is not as promised. */
export function problemsOf(seen: Seen): string[] {
  return [...servingProblems(seen), ...lockProblems(seen)]
}

function inspectAll(hosts: readonly TestHost[], { services }: Expectation): Promise<Seen[]> {
  return Promise.all(hosts.flatMap((host) => services.map(({ service, version }) => lookAt(host, service, version))))
}

async function lookAt(host: TestHost, service: Service, expected: Version | undefined): Promise<Seen> {
  const { path } = service
  const [sha, current, content, locked, open] = await Promise.all([
    askSha(`http://${host.address}:${service.port}/health`),
    host.linkTarget(`${path}/current`),
    // One command: a host that rolls back may remove it at any moment.
    host.run(['cat', `${path}/current/release.json`], { user: 'root' }),
    isLocked(host, path),
    openStates(host, path),
  ])
  return { host, service, expected, sha, current, content: shaIn(content.stdout), locked, open }
}

export function placeOf({ service, host }: Seen): string {
  return `${service.name} on ${host.name}`
}

function servingProblems(seen: Seen): string[] {
  const { expected, sha, current, content } = seen
  const where = placeOf(seen)
  if (!expected)
    return [
      ...(sha === undefined ? [] : [`${where} must not answer, but answers ${sha}`]),
      ...(current === undefined ? [] : [`${where} must have no current link, but it points to ${current}`]),
    ]
  return [
    ...(sha === expected.sha
      ? []
      : [`${where} must report ${expected.sha}, but ${sha ? `is ${sha}` : 'nothing answers'}`]),
    ...(content === expected.sha
      ? []
      : [
          `the release behind current of ${where} (${current ?? 'none'}) must be ${expected.sha}, but is ${content ?? 'missing'}`,
        ]),
  ]
}

function lockProblems(seen: Seen): string[] {
  const { locked, open } = seen
  const where = placeOf(seen)
  return [
    ...(locked ? [`the lock of ${where} is still held`] : []),
    ...open.map((name) => `${where} still has a change that is neither confirmed nor undone: ${name}`),
  ]
}
