import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'
import type { Target } from './served.ts'

/** The state of a service in one place, read without Belay. */
export interface SeenPlace {
  readonly service: string
  /** `host-1`; empty where the service is in one place only. */
  readonly place: string
  /** What it reports: by its URL, or by an empty name where there is one way to it. */
  readonly answers: readonly Answer[]
  /** In a cluster: what the slot without traffic has. */
  readonly idle?: readonly Answer[]
  /** The release behind `current`; left out where there is no such link. */
  readonly current?: Current
  readonly slots?: SeenSlots
  /** Locks that a process holds. */
  readonly locked: readonly string[]
  /** Changes that are neither confirmed nor undone. */
  readonly open: readonly string[]
}

export interface Answer {
  readonly url: string
  /** The commit that it reports, or an answer without one; undefined: nothing answers. */
  readonly sha: string | undefined
  /** What it says where it names no commit. */
  readonly text?: string
}

export interface Current {
  /** The target of `current`; undefined: there is none. */
  readonly link: string | undefined
  /** The commit in the release behind it. */
  readonly sha: string | undefined
}

export interface SeenSlots {
  /** The ports in the proxy's file. */
  readonly routed: readonly string[]
  readonly each: readonly SeenSlot[]
}

export interface SeenSlot {
  readonly port: string
  /** The commit that its process reports; undefined if none listens. */
  readonly sha: string | undefined
  /** The commit in the release behind its link, or of its image. */
  readonly content: string | undefined
  /** The text of its state file: `active` or `idle`; undefined if there is none. */
  readonly role: string | undefined
}

/** `acme-api on host-1` */
export function whereOf({ service, place }: Pick<SeenPlace, 'service' | 'place'>): string {
  return place ? `${service} on ${place}` : service
}

/** A service whose restart is the switch. `ask`: what it reports. */
export async function inspectPlain(
  host: TestHost,
  place: { readonly service: string; readonly place: string; readonly path: string },
  ask: () => Promise<readonly Answer[]>,
): Promise<SeenPlace> {
  const { path } = place
  const [answers, link, content, ...states] = await Promise.all([
    ask(),
    host.linkTarget(`${path}/current`),
    // One command: a host that rolls back may remove it at any moment.
    host.run(['cat', `${path}/current/release.json`], { user: 'root' }),
    ...statesOf(host, path),
  ])
  const [locked, open] = states as [boolean, string[]]
  return {
    service: place.service,
    place: place.place,
    answers,
    current: { link, sha: shaIn(content.stdout) },
    locked: locked ? [path] : [],
    open,
  }
}

/** A host that has only a proxy of a service. `ask`: what users get through it. */
export async function inspectProxy(
  host: TestHost,
  { service, place, path }: { readonly service: string; readonly place: string; readonly path: string },
  ask: () => Promise<readonly Answer[]>,
): Promise<SeenPlace> {
  const [answers, locked, open] = await Promise.all([ask(), ...statesOf(host, path)])
  return { service, place, answers, locked: locked ? [path] : [], open }
}

/** A service with two slots on one host. */
export interface SlotService {
  readonly service: string
  readonly place: string
  readonly path: string
  readonly ports: readonly string[]
}

export interface SlotReaders {
  /** What users get through the proxy of this host. */
  served(): Promise<readonly Answer[]>
  /** The files of its proxies that say where they send traffic. */
  upstreams(): Promise<readonly (string | undefined)[]>
  askSlot(port: string): Promise<string | undefined>
  contentOf(port: string): Promise<string | undefined>
}

export async function inspectSlots(host: TestHost, at: SlotService, readers: SlotReaders): Promise<SeenPlace> {
  const { path, ports, service, place } = at
  const [files, answers, each, locked, open] = await Promise.all([
    readers.upstreams(),
    readers.served(),
    Promise.all(ports.map((port) => inspectSlot(host, path, port, readers))),
    ...statesOf(host, path),
  ])
  const routed = [...new Set(files.flatMap(routedBy))]
  return { service, place, answers, slots: { routed, each }, locked: locked ? [path] : [], open }
}

/** The ports in a proxy's file. */
function routedBy(file = ''): string[] {
  return [...file.matchAll(/^\s*server\s+\S+:(\d+)[ ;]/gm)].map(([, port = '']) => port)
}

/** What can be asked of it while a run goes on. */
export function slotTargets({ service, place, ports }: SlotService, { served, askSlot }: SlotReaders): Target[] {
  const slots = ports.map((port) => ({
    service,
    place: `${place}, slot ${port}`,
    isSlot: true,
    ask: () => askSlot(port),
  }))
  return [{ service, place: `${place}, for users`, ask: async () => (await served())[0]?.sha }, ...slots]
}

async function inspectSlot(
  host: TestHost,
  path: string,
  port: string,
  { askSlot, contentOf }: SlotReaders,
): Promise<SeenSlot> {
  const [sha, content, role] = await Promise.all([
    askSlot(port),
    contentOf(port),
    host.run(['cat', `${path}/slots/${port}.state`], { user: 'root' }),
  ])
  return { port, sha, content, role: role.stdout.trim() || undefined }
}

/** A service whose processes listen on the address of its host, and whose links lead to releases. */
export interface LinkedService extends Omit<SlotService, 'place'> {
  /** The folder of the proxy's file. */
  readonly upstream: string
  /** Where its users ask. */
  readonly url: string
}

/** Such a service with one process, or with two slots and a proxy: what inspects it, and what can be asked. */
export function linkedPlace(host: TestHost, { service, path, ports, upstream, url }: LinkedService) {
  const at = { service, place: host.name, path, ports }
  const ask = () => askSha(`${url}/health`)
  const served = async () => [{ url: '', sha: await ask() }]
  if (ports.length === 0)
    return { inspect: () => inspectPlain(host, at, served), targets: [{ service, place: host.name, ask }] }
  const readers: SlotReaders = {
    served,
    upstreams: async () => [await host.read(`${upstream}/active.conf`)],
    askSlot: (port) => askSha(`http://${host.address}:${port}/health`),
    // One command: a host that rolls back may remove it at any moment.
    contentOf: async (port) =>
      shaIn((await host.run(['cat', `${path}/slots/${port}/release.json`], { user: 'root' })).stdout),
  }
  return { inspect: () => inspectSlots(host, at, readers), targets: slotTargets(at, readers) }
}

function statesOf(host: TestHost, path: string): [Promise<boolean>, Promise<string[]>] {
  return [isLocked(host, path), openStates(host, path)]
}
