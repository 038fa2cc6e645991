import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, messageOf } from '@belay/action-kit'
import type { KubeObject } from './api.ts'
import { type Kubectl, kustomize } from './kubectl.ts'
import { refName } from './resources.ts'
import { parseYaml } from './yaml.ts'

const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/**
 * Reads the objects of files and folders. A folder with a kustomization is built by kustomize; of any other one the
 * YAML and JSON files are read, as kubectl does, without those of folders inside.
 * @throws Failure `source`
 */
export async function readManifests(
  paths: readonly string[],
  namespace: string,
  kubectl: Kubectl,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const objects: KubeObject[] = []
  for (const { from, text } of (await Promise.all(paths.map((path) => textsOf(path, kubectl, signal)))).flat())
    objects.push(...(await objectsIn(text, from, namespace)))
  if (objects.length === 0) throw sourceError(`No object is in ${paths.join(', ')}.`)
  const names = objects.map(identity)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw sourceError(`${twice} stands twice in ${paths.join(', ')}.`)
  return objects
}

async function textsOf(path: string, kubectl: Kubectl, signal: AbortSignal): Promise<{ from: string; text: string }[]> {
  if (!existsSync(path)) throw sourceError(`${path} does not exist.`)
  if (!statSync(path).isDirectory()) return [{ from: path, text: readFileSync(path, 'utf8') }]
  if (kustomizations.some((name) => existsSync(join(path, name))))
    return [{ from: path, text: await kustomize(kubectl, path, signal) }]
  const files = readdirSync(path)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
  if (files.length === 0) throw sourceError(`${path} has no YAML or JSON file.`)
  return files.map((name) => ({ from: join(path, name), text: readFileSync(join(path, name), 'utf8') }))
}

/** The objects of a text. @throws Failure `source` */
export async function objectsIn(text: string, from: string, namespace: string): Promise<KubeObject[]> {
  let documents: unknown[]
  try {
    documents = await parseYaml(text)
  } catch (error) {
    throw sourceError(`${from} is not YAML: ${messageOf(error)}`)
  }
  return documents.flatMap(itemsOf).map((value) => checkedObject(value, from, namespace))
}

/** A list of objects stands for them. */
function itemsOf(value: unknown): unknown[] {
  const { kind, items } = (value ?? {}) as { kind?: unknown; items?: unknown }
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : [value]
}

function checkedObject(value: unknown, from: string, namespace: string): KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<Record<keyof KubeObject, unknown>>
  const meta = (metadata ?? {}) as Partial<Record<string, unknown>>
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw sourceError(`${from} has a document without apiVersion or kind.`)
  if (typeof meta.name !== 'string')
    throw sourceError(`${from} has a ${kind} without metadata.name${meta.generateName ? ', only generateName' : ''}.`)
  if (!/^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/.test(meta.name))
    throw sourceError(`${from} has a ${kind} whose name is "${meta.name}".`)
  if (meta.namespace !== undefined && meta.namespace !== namespace)
    throw sourceError(
      `${from}: ${refName({ kind, name: meta.name })} is for the namespace ${meta.namespace}, not ${namespace}.`,
    )
  const { status: _, ...others } = value as KubeObject
  const { managedFields: __, resourceVersion: ___, uid: ____, ...kept } = meta as Record<string, unknown>
  return { ...others, metadata: { ...kept, name: meta.name, namespace } }
}

function identity({ apiVersion = '', kind = '', metadata }: KubeObject): string {
  return `${apiVersion.split('/')[0]?.replace(/^v\d.*/, '')}${apiVersion.includes('/') ? '/' : ''}${refName({ kind, name: metadata.name })}`
}

function sourceError(what: string): Failure {
  return new Failure('source', `${what} Nothing was changed.`, 'correct the files of manifests, or the chart.')
}
