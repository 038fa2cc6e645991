import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'

/** Sets of the Kubernetes authors; NOTICE says from where. */
const examples = join(import.meta.dirname, 'kubernetes-examples')
const sets = ['guestbook', 'etcd', 'hello', 'daemon', 'cron']

/** The image that the guestbook's templates leave open. */
export const guestbookImage = 'registry.test/examples/agnhost'
const openImages = { AgnhostImage: `${guestbookImage}:2.56`, BusyBoxImage: 'registry.test/examples/busybox:1.36' }

/** What a version of the set differs in. */
export interface Overlay {
  /** By digest: for all images but the guestbook's, which the action replaces. */
  readonly image: string
  readonly resources: readonly string[]
  readonly replicas?: Readonly<Record<string, number>>
  /** A JSON Patch each, or an object that is merged. */
  readonly patches?: readonly { readonly target: object; readonly patch: object }[]
}

/** Copies the sets into a folder, each a kustomization of its own. */
export function writeBases(folder: string): void {
  for (const name of sets) {
    const [source, base] = [join(examples, name), join(folder, name)]
    mkdirSync(base)
    for (const file of readdirSync(source)) {
      const text = readFileSync(join(source, file), 'utf8')
      const filled = text.replace(/\{\{\.(\w+)\}\}/g, (_, open: keyof typeof openImages) => openImages[open])
      writeFileSync(join(base, file.replace(/\.in$/, '')), filled)
    }
    const resources = readdirSync(base)
    if (!resources.includes('kustomization.yaml')) writeJson(join(base, 'kustomization.yaml'), { resources })
  }
}

/** What these programs have and the test program has not: their commands, and volumes that nothing here provides. */
const runnable: NonNullable<Overlay['patches']> = [
  {
    target: { kind: 'StatefulSet', name: 'etcd' },
    patch: [
      { op: 'remove', path: '/spec/template/spec/containers/0/command' },
      { op: 'remove', path: '/spec/template/spec/containers/0/lifecycle' },
      { op: 'remove', path: '/spec/volumeClaimTemplates' },
      { op: 'add', path: '/spec/template/spec/volumes', value: [{ name: 'datadir', emptyDir: {} }] },
    ],
  },
  {
    target: { kind: 'Deployment', name: 'the-deployment' },
    patch: [{ op: 'remove', path: '/spec/template/spec/containers/0/command' }],
  },
  { target: { kind: 'CronJob' }, patch: [{ op: 'replace', path: '/spec/suspend', value: true }] },
]

/** Writes an overlay beside the sets. Returns its folder. */
export function writeOverlay(folder: string, name: string, overlay: Overlay): string {
  const [newName, digest] = overlay.image.split('@')
  const overlayFolder = join(folder, name)
  mkdirSync(overlayFolder)
  const images = overlay.resources
    .flatMap((set) => imagesIn(join(folder, set)))
    .filter((image) => image !== guestbookImage)
    .map((image) => ({ name: image, newName, digest }))
  const patches = [...runnable, ...(overlay.patches ?? [])]
    .filter(({ target }) => !('kind' in target && target.kind === 'CronJob') || overlay.resources.includes('cron'))
    .map(({ target, patch }) => ({ target, patch: JSON.stringify(patch) }))
  const replicas = Object.entries(overlay.replicas ?? {}).map(([of, count]) => ({ name: of, count }))
  const resources = overlay.resources.map((set) => `../${set}`)
  writeJson(join(overlayFolder, 'kustomization.yaml'), { resources, images, replicas, patches })
  return overlayFolder
}

/** The names of all images in a set's files, without their tags. */
function imagesIn(base: string): string[] {
  return readdirSync(base).flatMap((file) =>
    parseAllDocuments(readFileSync(join(base, file), 'utf8')).flatMap((document) =>
      [...JSON.stringify(document.toJS()).matchAll(/"image":"([^"]+?)(?::[^:"/]+)?"/g)].flatMap(
        ([, image = '']) => image,
      ),
    ),
  )
}

function writeJson(path: string, value: object): void {
  writeFileSync(path, JSON.stringify(value, undefined, 2))
}
