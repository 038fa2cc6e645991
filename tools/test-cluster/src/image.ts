import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { builtProgram } from '../../../scripts/machine/build-from-source.ts'

/** An image of the test program (go/app/main.go says what its environment chooses). */
export interface TestImage {
  /** `REPOSITORY[:TAG]`, with or without a registry's name: every pull of the node asks the one registry of the cluster. */
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** Arguments of the program. */
  readonly args?: readonly string[]
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
  const attributes = ['--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=0755', '--dereference']
  const file = ['--absolute-names', '--transform=s,.*,app,', builtProgram('cluster-app')]
  layer ??= execFileSync('tar', ['--create', '--format=ustar', ...attributes, ...file], { maxBuffer: 2 ** 28 })
  return layer
}

/** Pushes an image to the registry at this URL. Returns its name by digest, as a pod names it. */
export async function pushImage(registry: string, { name, env = {}, labels = {}, args = [] }: TestImage) {
  const { host, repository, tag } = partsOf(name)
  const bytes = appLayer()
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      Entrypoint: ['/app'],
      Cmd: args,
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      Labels: labels,
      User: '65532:65532',
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(bytes)] },
  })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, digest: digestOf(config), size: Buffer.byteLength(config) },
    layers: [{ mediaType: types.layer, digest: digestOf(bytes), size: bytes.length }],
  })
  const base = `${registry}/v2/${repository}`
  await pushBlob(base, bytes)
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
