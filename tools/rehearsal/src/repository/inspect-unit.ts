import {
  type Answer,
  inspectPlain,
  inspectProxy,
  inspectSlots,
  type SeenPlace,
  type SlotReaders,
} from '../observe/place.ts'
import type { Target } from '../observe/served.ts'
import type { Version } from '../version.ts'
import type { DerivedUnit } from './facts.ts'
import { isBehindHaproxy, readRoutes } from './haproxy.ts'
import type { ImageLab } from './image-lab.ts'
import { composeFolderOf } from './images.ts'
import { ask, commitIn, versionIn } from './inspect.ts'
import type { IsolatedNetwork } from './isolated-network.ts'
import type { Lab } from './lab.ts'
import type { Server } from './servers.ts'

/** A service with the name that the rehearsal calls it by, and the servers that it runs on. */
export interface NamedUnit {
  readonly unit: DerivedUnit
  readonly service: string
  readonly servers: readonly Server[]
  /** Those of its proxies that are no server of it. */
  readonly proxies: readonly Server[]
}

/** The service on each of its servers, and what its other URLs report. `known`: the versions that have a commit. */
export function inspectUnit(
  named: NamedUnit,
  { network, images }: Pick<Lab, 'network' | 'images'>,
  known: readonly Version[],
): Promise<SeenPlace>[] {
  const { unit, servers, proxies } = named
  return [
    ...servers.map((server) =>
      unit.slots.length > 0
        ? inspectSlotted(named, server, network, known)
        : inspectLinked(named, server, images, known),
    ),
    ...proxies.map((proxy) => inspectProxyHost(named, proxy, network)),
    ...(proxies.length === 0 && otherUrls(named).length > 0 ? [inspectUrls(named, network)] : []),
  ]
}

/** The release behind `current`, by the commit in its name: not every service writes it into a file. */
async function inspectLinked(
  { unit, service }: NamedUnit,
  server: Server,
  images: ImageLab | undefined,
  known: readonly Version[],
): Promise<SeenPlace> {
  const { name, host } = server
  const folder = composeFolderOf(unit)
  const ask = async () => (folder && images ? [await imageIn(`${folder}/.env`, server, images, known)] : [])
  const seen = await inspectPlain(host, { service, place: name, path: unit.path }, ask)
  const link = seen.current?.link
  return { ...seen, current: { link, sha: shaOf(link, known) } }
}

/** The commit of the image that `docker compose up` by hand, or a reboot, would start. */
async function imageIn(
  path: string,
  { name, host }: Server,
  { registry }: ImageLab,
  known: readonly Version[],
): Promise<Answer> {
  const values = ((await host.read(path)) ?? '').split('\n').map((line) => line.replace(/^\w+=/, ''))
  const named = values.find((value) => value.startsWith(`${registry.address}/`))
  const [image = ''] = named?.split('@') ?? []
  const sha = named && ((await registry.commitOf(image, named, known)) ?? named)
  return { url: `the image in ${path} of ${name}`, sha, text: 'is none' }
}

function inspectSlotted(
  { unit, service, proxies }: NamedUnit,
  server: Server,
  network: IsolatedNetwork,
  known: readonly Version[],
): Promise<SeenPlace> {
  const { host, name } = server
  const { path, slots: ports } = unit
  const readers: SlotReaders = {
    served: () => answersOf(urlsAt(unit, server), unit, network),
    async upstreams() {
      if (proxies.length === 0) return routesOf(unit, server)
      const all = await Promise.all(proxies.map((proxy) => routesOf(unit, proxy)))
      return all.flat().map((lines) => linesFor(addressOf(unit, server), lines))
    },
    askSlot: (port) => askSlot(unit, server, port),
    contentOf: async (port) => shaOf(await host.linkTarget(`${path}/slots/${port}`), known),
  }
  return inspectSlots(host, { service, place: name, path, ports }, readers)
}

/** Where the proxy of a host sends traffic, as lines of nginx's file. */
async function routesOf(unit: DerivedUnit, { host }: Server): Promise<(string | undefined)[]> {
  return isBehindHaproxy(unit) ? readRoutes(host, unit) : [await host.read(`${unit.upstream}/active.conf`)]
}

/** How a proxy on another host names a server. */
function addressOf({ hosts, addresses }: DerivedUnit, { name }: Server): string {
  return addresses[hosts.findIndex(({ address }) => address === name)] ?? name
}

function linesFor(address: string, file = ''): string {
  return file
    .split('\n')
    .filter((line) => line.includes(` ${address}:`))
    .join('\n')
}

/** A host that has only a proxy of the service. The first one also has the URLs that are of no host. */
function inspectProxyHost(named: NamedUnit, proxy: Server, network: IsolatedNetwork): Promise<SeenPlace> {
  const { unit, service, proxies } = named
  const urls = [...urlsAt(unit, proxy), ...(proxy === proxies[0] ? otherUrls(named) : [])]
  return inspectProxy(proxy.host, { service, place: proxy.name, path: unit.path }, () => answersOf(urls, unit, network))
}

/** What the process in a slot reports to its own server; undefined if none listens. */
async function askSlot(unit: DerivedUnit, server: Server, port: string) {
  const { host } = server
  const { inputs, versionFrom } = unit
  const url = (inputs.check ?? '').replaceAll('{slot}', port).replaceAll('{host}', addressOf(unit, server))
  if (!/^https?:/.test(url)) return undefined
  const { status, stdout } = await host.run(['curl', '--silent', '--include', '--max-time', '10', url])
  if (status === 7) return undefined
  const { text, version } = versionIn(stdout, versionFrom)
  return version ?? (status === 0 ? text : `no answer (curl ${status})`)
}

async function inspectUrls(named: NamedUnit, network: IsolatedNetwork): Promise<SeenPlace> {
  const answers = await answersOf(otherUrls(named), named.unit, network)
  return { service: named.service, place: '', answers, locked: [], open: [] }
}

async function answersOf(urls: readonly string[], { versionFrom }: DerivedUnit, network: IsolatedNetwork) {
  return Promise.all(
    urls.map(async (url) => {
      const { text, version } = await ask(url, versionFrom, network)
      return { url, sha: version, text }
    }),
  )
}

/** The URLs that lead to one server, by its name or one below it. */
function urlsAt({ urls }: DerivedUnit, { name }: Server): string[] {
  return urls.filter((url) => new URL(url).hostname === name || new URL(url).hostname.endsWith(`.${name}`))
}

/** Without slots all of them; with slots those that are no server's. */
function otherUrls({ unit, servers, proxies }: NamedUnit): readonly string[] {
  if (unit.slots.length === 0) return unit.urls
  const known = [...servers, ...proxies].flatMap((server) => urlsAt(unit, server))
  return unit.urls.filter((url) => !known.includes(url))
}

function shaOf(link: string | undefined, known: readonly Version[]): string | undefined {
  const commit = link && commitIn(link)
  return known.find(({ sha }) => commit && sha.startsWith(commit))?.sha ?? commit
}

/** What can be asked during a run: each URL as its users get it, and each slot. */
export function targetsOf({ unit, service, servers }: NamedUnit, network: IsolatedNetwork): Target[] {
  const urls = unit.urls.map((url) => ({
    service,
    place: url,
    async ask() {
      const { text, version } = await ask(url, unit.versionFrom, network)
      return version ?? text
    },
  }))
  const slots = servers.flatMap((server) =>
    unit.slots.map((port) => ({
      service,
      place: `${server.name}, slot ${port}`,
      isSlot: true,
      ask: () => askSlot(unit, server, port),
    })),
  )
  return [...urls, ...slots]
}
