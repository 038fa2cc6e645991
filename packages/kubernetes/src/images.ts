import type { KubeObject } from './api.ts'
import { escapePointer, pointerNames } from './compare.ts'

/** An image by its digest. */
export interface Image {
  /** As it was given: `ghcr.io/acme/api`. */
  readonly name: string
  /** `sha256:…` */
  readonly digest: string
}

/** Reads `name@sha256:…`; undefined for anything else. A tag before the digest counts for nothing. */
export function parseImage(text: string): Image | undefined {
  const [, name, digest] = /^([a-z0-9][\w.:/-]*)@(sha256:[0-9a-f]{64})$/.exec(text) ?? []
  return name === undefined || digest === undefined ? undefined : { name: withoutTag(name), digest }
}

export function imageText({ name, digest }: Image): string {
  return `${name}@${digest}`
}

/** The digest of an image's name; undefined where it has none. */
export function digestOf(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
}

/** The repository that an image's name stands for: `nginx:1` is `docker.io/library/nginx`. */
export function repositoryOf(image: string): string {
  const name = withoutTag(image.replace(/@.*$/, ''))
  const [first = '', ...rest] = name.split('/')
  if (rest.length === 0) return `docker.io/library/${name}`
  return /[.:]|^localhost$/.test(first) ? name : `docker.io/${name}`
}

function withoutTag(name: string): string {
  return name.replace(/:[^:/]*$/, '')
}

/** A container of a pod template. */
export interface ContainerImage {
  readonly container: string
  readonly image: string
  /** The JSON Pointer of the image in its object. */
  readonly path: string
}

/** A pod template in an object of any kind, those of CRDs included. */
export interface PodTemplate {
  /** The JSON Pointer of the pod's spec. */
  readonly path: string
  readonly spec: Readonly<Record<string, unknown>>
}

/** Every pod template of an object: what holds a list `containers`. Pure. */
export function podTemplates(object: KubeObject): PodTemplate[] {
  const { metadata: _, status: __, ...body } = object
  return templatesIn(body, '')
}

function templatesIn(value: unknown, path: string): PodTemplate[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one, index) => templatesIn(one, `${path}/${index}`))
  const map = value as Record<string, unknown>
  if (Array.isArray(map.containers)) return [{ path, spec: map }]
  return Object.entries(map).flatMap(([name, inner]) => templatesIn(inner, `${path}/${escapePointer(name)}`))
}

/** The images of an object's pod templates, of init containers too. */
export function imagesOf(object: KubeObject): ContainerImage[] {
  return podTemplates(object).flatMap(({ path, spec }) =>
    ['initContainers', 'containers'].flatMap((list) => {
      const containers = spec[list]
      if (!Array.isArray(containers)) return []
      return containers.flatMap((one: unknown, index) => {
        const { name, image } = (one ?? {}) as { name?: unknown; image?: unknown }
        if (typeof name !== 'string' || typeof image !== 'string') return []
        return [{ container: name, image, path: `${path}/${list}/${index}/image` }]
      })
    }),
  )
}

/** The images that an object has and that are to be others, by the repository's name. Pure. */
export function replacements(object: KubeObject, images: readonly Image[]): (ContainerImage & { to: string })[] {
  return imagesOf(object).flatMap((found) => {
    const wanted = images.find(({ name }) => repositoryOf(name) === repositoryOf(found.image))
    return wanted ? [{ ...found, to: imageText(wanted) }] : []
  })
}

/** An object with its images replaced. */
export function withImages(object: KubeObject, images: readonly Image[]): KubeObject {
  const copy = structuredClone(object)
  for (const { path, to } of replacements(object, images)) {
    const names = pointerNames(path)
    const last = names.pop() as string
    const holder = names.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], copy)
    ;(holder as Record<string, unknown>)[last] = to
  }
  return copy
}

/** The images of objects that are not given by their digests. Pure. */
export function floatingImages(objects: readonly KubeObject[]): string[] {
  return [...new Set(objects.flatMap(imagesOf).flatMap(({ image }) => (digestOf(image) ? [] : [image])))]
}
