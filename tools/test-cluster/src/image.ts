import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { nodeRoot } from '@belay/test-hosts'
import { builtProgram } from '../../../scripts/machine/build-from-source.ts'

/** An image of the test program (go/app/main.go says what its environment chooses). */
export interface TestImage {
  /** `REPOSITORY[:TAG]`, with or without a registry's name: every pull of the node asks the one registry of the cluster. */
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** Arguments of the program. */
  readonly args?: readonly string[]
  /** Something else than the test program. */
  readonly content?: ImageContent
}

/** What is in an image, and how it starts. */
export interface ImageContent {
  /** Tars, the lowest first. */
  readonly layers: readonly Buffer[]
  readonly entrypoint: readonly string[]
  readonly folder: string
  readonly user: string
}

const types = {
  layer: 'application/vnd.oci.image.layer.v1.tar',
  config: 'application/vnd.oci.image.config.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
}

const digestOf = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

let layer: Buffer | undefined
/** The same bytes each time, so that one layer serves all images. */
function appLayer(): Buffer {
  layer ??= programLayer(builtProgram('cluster-app'), 'app')
  return layer
}

/** A program of this machine as a layer: it stands in `at`, without the first `/`. */
function programLayer(program: string, at: string): Buffer {
  const attributes = ['--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=0755', '--dereference']
  const file = ['--absolute-names', `--transform=s,.*,${at},`, program]
  return execFileSync('tar', ['--create', '--format=ustar', ...attributes, ...file], { maxBuffer: 2 ** 28 })
}

function testProgram(): ImageContent {
  return { layers: [appLayer()], entrypoint: ['/app'], folder: '/', user: '65532:65532' }
}

/** What a Dockerfile with `FROM node`, `WORKDIR /app`, `USER 1000` and a copy of this folder has. */
export async function nodeContent(folder: string): Promise<ImageContent> {
  const layers = [readFileSync(await nodeRoot()), layerOf(folder, '/app')]
  return { layers, entrypoint: ['/usr/local/bin/node'], folder: '/app', user: '1000' }
}

/** What an image of kubectl has: this program and nothing else, no shell either. */
export function kubectlContent(kubectl: string): ImageContent {
  return { layers: [programLayer(kubectl, 'bin/kubectl')], entrypoint: ['/bin/kubectl'], folder: '/', user: '65532' }
}

/** A folder of this machine as a layer: what is in it stands in `at`, an absolute path. */
function layerOf(folder: string, at: string): Buffer {
  const owner = ['--mtime=@0', '--owner=0', '--group=0', '--numeric-owner']
  const place = `--transform=s,^\\.,${at.slice(1)},`
  return execFileSync('tar', ['--create', '--format=ustar', ...owner, place, `--directory=${folder}`, '.'], {
    maxBuffer: 2 ** 28,
  })
}

/** Pushes an image to the registry at this URL. Returns its name by digest, as a pod names it. */
export async function pushImage(registry: string, image: TestImage) {
  const { name, env = {}, labels = {}, args = [] } = image
  const { host, repository, tag } = partsOf(name)
  const { layers, entrypoint, folder, user } = image.content ?? testProgram()
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      Entrypoint: entrypoint,
      Cmd: args,
      WorkingDir: folder,
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      Labels: labels,
      User: user,
    },
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
  })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, digest: digestOf(config), size: Buffer.byteLength(config) },
    layers: layers.map((bytes) => ({ mediaType: types.layer, digest: digestOf(bytes), size: bytes.length })),
  })
  const base = `${registry}/v2/${repository}`
  for (const bytes of layers) await pushBlob(base, bytes)
  await pushBlob(base, Buffer.from(config))
  const headers = { 'content-type': types.manifest }
  expectStatus(await fetch(`${base}/manifests/${tag}`, { method: 'PUT', headers, body: manifest }), 201)
  return `${host}/${repository}@${digestOf(manifest)}`
}

async function pushBlob(base: string, bytes: Buffer): Promise<void> {
  const digest = digestOf(bytes)
  if ((await fetch(`${base}/blobs/${digest}`, { method: 'HEAD' })).ok) return
  const begun = expectStatus(await fetch(`${base}/blobs/uploads/`, { method: 'POST' }), 202)
  const place = new URL(begun.headers.get('location') ?? '', base)
  place.searchParams.set('digest', digest)
  const headers = { 'content-type': 'application/octet-stream' }
  expectStatus(await fetch(place, { method: 'PUT', headers, body: new Uint8Array(bytes) }), 201)
}

function expectStatus(response: Response, wanted: number): Response {
  if (response.status !== wanted)
    throw new Error(`the cluster's registry answered ${response.status} to ${response.url}`)
  return response
}

/** A first part with a dot or a port is a registry's name; without one, the name is made up. */
function partsOf(name: string): { host: string; repository: string; tag: string } {
  const [, first = '', rest = name] = /^([^/]*[.:][^/]*)\/(.+)$/.exec(name) ?? []
  const [repository = '', tag = 'latest'] = rest.split(':')
  return { host: first || 'registry.test', repository, tag }
}
