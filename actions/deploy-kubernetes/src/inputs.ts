import { type InputReader, type ReleaseInputs, readReleaseInputs, type VariableNames } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import type { Image, SlotWords } from '@belay/kubernetes'
import {
  type AccessInputs,
  accessVariables,
  readAccessInputs,
  readImages,
  readNamespace,
  readSlotWords,
} from '@belay/kubernetes/inputs'

/** Inputs whose variable has the name of an input of `release`; which images, `release` always says. */
export const variables: VariableNames = {
  ...accessVariables,
  images: undefined,
}

export const commands = ['deploy', 'rollback', 'preflight'] as const

export interface KubernetesInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  readonly release: ReleaseInputs
  readonly access: AccessInputs
  readonly namespace: string
  /** Files and folders; empty: only the images of workloads that exist are changed. */
  readonly manifests: readonly string[]
  readonly images: readonly Image[]
  /** The release goes to the one of them that has no traffic; undefined: the objects are changed in place. */
  readonly slots: SlotWords | undefined
  /** Objects that the release drops are deleted once it is committed. */
  readonly prune: boolean
  readonly keepReleases: number
  /** In seconds, as all times. */
  readonly progressTimeout: number
  readonly lockTimeout: number
  readonly deadline: number
  readonly github: GitHubInputs
}

export function readKubernetesInputs(read: InputReader): KubernetesInputs {
  const release = readReleaseInputs(read)
  const command = read.choice('command', { default: 'deploy', of: commands })
  // A rollback has its objects from the namespace; what a deploy takes may be set, too.
  const isRollback = command === 'rollback'
  const manifests = isRollback ? [] : read.lines('manifests')
  const images = isRollback ? [] : readImages(read)
  if (!isRollback && manifests.length === 0 && images.length === 0)
    read.issue('manifests', 'and images are both missing', 'Give the files of the objects, images by digest, or both.')
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    // Without a version a rollback goes to the release before the live one, not to the commit that the job runs for.
    release: isRollback ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
    access: readAccessInputs(read),
    namespace: readNamespace(read),
    manifests,
    images,
    slots: readSlots(read, !isRollback && manifests.length === 0),
    prune: read.boolean('prune', { default: true }),
    keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 20 }),
    progressTimeout: read.seconds('progress-timeout', { default: '5m', min: 10, max: 3600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 1, max: 3600 }),
    // The lock lasts two hours.
    deadline: read.seconds('deadline', { default: '20m', min: 30, max: 5400 }),
    github: readGitHubInputs(read),
  }
}

function readSlots(read: InputReader, onlyImages: boolean): SlotWords | undefined {
  const slots = readSlotWords(read)
  if (slots && onlyImages) read.issue('slots', 'is given without manifests', 'Give the files of the objects too.')
  return slots
}
