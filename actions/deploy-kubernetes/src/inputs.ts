import { type InputReader, type ReleaseInputs, readReleaseInputs, type VariableNames } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import type { Image, SlotWords } from '@belay/kubernetes'
import {
  type AccessInputs,
  accessVariables,
  readAccessInputs,
  readCanary,
  readImages,
  readNamespace,
  readSlotWords,
} from '@belay/kubernetes/inputs'
import { type ChartInputs, readChart, readHelmRelease } from './chart/inputs.ts'

/**
 * Inputs whose variable has the name of an input of `release`; which images, `release` always says. With a variable for
 * `canary` the step that releases to all pods would have it, too.
 */
export const variables: VariableNames = {
  ...accessVariables,
  canary: undefined,
  images: undefined,
}

export const commands = ['deploy', 'rollback', 'restore', 'inspect', 'preflight'] as const

export interface KubernetesInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  readonly release: ReleaseInputs
  readonly access: AccessInputs
  readonly namespace: string
  /** Files and folders; empty and no chart: only the images of workloads that exist are changed. */
  readonly manifests: readonly string[]
  readonly chart: ChartInputs | undefined
  /** With `restore`: the Helm release that is rolled back if it is stuck; empty: none. */
  readonly helmRelease: string
  readonly images: readonly Image[]
  /** The release goes to the one of them that has no traffic; undefined: the objects are changed in place. */
  readonly slots: SlotWords | undefined
  /** Only a canary is released, of this many pods in percent of those that serve. */
  readonly canary: number | undefined
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
  const needsSource = command === 'deploy' || command === 'preflight'
  const slots = readSlotWords(read)
  const others = [...(manifests.length > 0 ? ['manifests'] : []), ...(slots ? ['slots'] : [])]
  const chart = needsSource ? readChart(read, images, release.service, others) : undefined
  if (needsSource && manifests.length === 0 && !chart && images.length === 0)
    read.issue(
      'manifests',
      'and chart and images are all missing',
      'Give the files of the objects, a chart, or images by digest.',
    )
  if (slots && needsSource && manifests.length === 0 && !chart)
    read.issue('slots', 'is given without manifests', 'Give the files of the objects too.')
  const canary = readCanary(read, {
    command,
    hasManifests: manifests.length > 0,
    conflicting: [...(slots ? ['slots'] : []), ...(chart ? ['chart'] : [])],
  })
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    // Without a version a rollback goes to the release before the live one, not to the commit that the job runs for.
    release: isRollback ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
    access: readAccessInputs(read),
    namespace: readNamespace(read),
    manifests,
    chart,
    helmRelease: command === 'restore' ? readHelmRelease(read, '') : '',
    images,
    slots,
    canary,
    prune: read.boolean('prune', { default: true }),
    keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 20 }),
    progressTimeout: read.seconds('progress-timeout', { default: '5m', min: 10, max: 3600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 1, max: 3600 }),
    // The lock lasts two hours.
    deadline: read.seconds('deadline', { default: '20m', min: 30, max: 5400 }),
    github: readGitHubInputs(read),
  }
}
