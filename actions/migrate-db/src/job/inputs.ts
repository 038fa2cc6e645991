import { resolve } from 'node:path'
import type { InputReader } from '@belay/action-kit'
import { type AccessInputs, type Image, readAccessInputs, readImages, readNamespace } from '@belay/kubernetes/inputs'

/** A Job inside a cluster migrates. */
export interface JobRoute {
  /** Absolute path of its manifest. */
  readonly manifest: string
  readonly access: AccessInputs
  readonly namespace: string
  /** Replace those of the same name in the manifest. */
  readonly images: readonly Image[]
}

/** `via: job:FILE`. Undefined where the runner itself migrates. */
export function readJobRoute(read: InputReader): JobRoute | undefined {
  const via = read.text('via')
  if (via !== '') {
    const [, file = ''] = /^job:(.+)$/.exec(via) ?? []
    if (file === '') read.issue('via', `is "${via}"`, 'Give job:FILE with the manifest of the Job.')
    const manifest = resolve(process.env.GITHUB_WORKSPACE ?? '.', file)
    return { manifest, access: readAccessInputs(read), namespace: readNamespace(read), images: readImages(read) }
  }
  // Without it these may be set all the same: a caller passes on what it has.
  for (const name of ['namespace', 'server', 'audience']) read.text(name)
  for (const name of ['kubeconfig', 'ca']) read.text(name, { multiline: true, unchecked: true })
  read.secret('token')
  read.lines('images')
  return undefined
}
