import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'
import type { Version } from '../version.ts'
import type { Service } from './services.ts'
import { frontOf } from './traffic.ts'

/** What one service with two slots on one host is seen to be, from outside of Belay. */
export interface SeenSlots {
  readonly host: TestHost
  readonly service: Service
  /** The ports that nginx's file names. */
  readonly routed: readonly string[]
  /** What users get: the sha that comes through nginx; undefined where nothing listens behind it. */
  readonly served: string | undefined
  readonly slots: readonly SeenSlot[]
  /** Locks that a process holds: of the service, and of the switch of its traffic. */
  readonly locked: readonly string[]
  /** Releases that are neither confirmed nor put back. */
  readonly open: readonly string[]
}

export interface SeenSlot {
  readonly port: string
  /** What its process reports; undefined where none listens. */
  readonly sha: string | undefined
  /** The sha in the release that its link leads to. */
  readonly content: string | undefined
  /** `active`, `idle`, or undefined where it was never told. */
  readonly told: string | undefined
}

/** What production must be for a service on a host. */
export interface ExpectedSlots {
  /** What users get; undefined: nothing was ever released, and nobody is asked. */
  readonly version: Version | undefined
  /** Whether the slot without traffic must be stopped: after a release that was taken back. */
  readonly idleStopped: boolean
}

export async function lookAtSlots(host: TestHost, service: Service): Promise<SeenSlots> {
  const { production, name } = service
  const { path, slots } = production
  const bases = [path, `${path}/switch`]
  const [file, served, seen, locked, open] = await Promise.all([
    host.read(`/etc/nginx/belay/${name}-production/active.conf`),
    askSha(frontOf(host, service, '/health')),
    Promise.all(slots.map((port) => lookAtSlot(host, path, port))),
    Promise.all(bases.map((base) => isLocked(host, base))),
    Promise.all(bases.map((base) => openStates(host, base))),
  ])
  return {
    host,
    service,
    routed: [...(file ?? '').matchAll(/^\s*server\s+\S+:(\d+)[ ;]/gm)].map(([, port = '']) => port),
    served,
    slots: seen,
    locked: bases.filter((_, index) => locked[index]),
    open: open.flat(),
  }
}

async function lookAtSlot(host: TestHost, path: string, port: string): Promise<SeenSlot> {
  const [sha, content, told] = await Promise.all([
    askSha(`http://${host.address}:${port}/health`),
    // In one go: a host that goes back may take it away at any moment.
    host.run(['cat', `${path}/slots/${port}/release.json`], { user: 'root' }),
    host.run(['cat', `${path}/slots/${port}.state`], { user: 'root' }),
  ])
  return { port, sha, content: shaIn(content.stdout), told: told.stdout.trim() || undefined }
}

/** What of the slots is not as expected. */
export function slotProblems(seen: SeenSlots, { version, idleStopped }: ExpectedSlots): string[] {
  const where = `${seen.service.name} on ${seen.host.name}`
  const [routed] = seen.routed
  const idle = seen.slots.filter(({ port }) => !seen.routed.includes(port))
  const common = [
    ...(seen.routed.length === 1 ? [] : [`nginx must lead ${where} to one slot, not "${seen.routed.join(' ')}"`]),
    ...seen.locked.map((base) => `the lock of ${where} below ${base} is still held`),
    ...seen.open.map((name) => `${where} still has an open release: ${name}`),
  ]
  if (!version) {
    const answering = seen.slots.filter(({ sha }) => sha !== undefined)
    return [
      ...common,
      ...answering.map(({ port, sha }) => `slot ${port} of ${where} must not answer, but does: ${sha}`),
    ]
  }
  const active = seen.slots.find(({ port }) => port === routed)
  const is = (what: string, sha: string | undefined) =>
    sha === version.sha ? [] : [`${what} must be ${version.sha}, but is ${sha ?? 'nothing that answers'}`]
  return [
    ...common,
    ...is(`what users of ${where} get`, seen.served),
    ...is(`slot ${routed} of ${where}, which has the traffic,`, active?.sha),
    ...is(`what the link of slot ${routed} of ${where} leads to`, active?.content),
    ...(active?.told === 'active' ? [] : [`slot ${routed} of ${where} has the traffic, but was told ${active?.told}`]),
    ...idle.flatMap(({ port, sha, told }) => [
      ...(told === 'active' ? [`slot ${port} of ${where} has no traffic, but was told that it is active`] : []),
      ...(idleStopped && sha !== undefined ? [`slot ${port} of ${where} must be stopped, but answers ${sha}`] : []),
    ]),
  ]
}
