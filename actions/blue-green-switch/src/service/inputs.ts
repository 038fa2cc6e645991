import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import {
  type AccessInputs,
  parseImage,
  readAccessInputs,
  readNamespace,
  readSlotWords,
  type SlotWords,
} from '@belay/kubernetes/inputs'
import { commands } from '../inputs.ts'

export interface ConfirmInputs {
  /** With kubectl, by its digest. */
  readonly image: string
  readonly seconds: number
}

/** What moves the traffic of Services in a cluster. */
export interface ServiceInputs {
  readonly driver: 'service'
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  /** False: final at the end of its own main; no later step of the job undoes it. */
  readonly undo: boolean
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
  readonly access: AccessInputs
  readonly namespace: string
  readonly slots: SlotWords
  /** What moves the traffic back in the cluster where the job does not end in time; undefined: nothing does. */
  readonly confirm: ConfirmInputs | undefined
  /** In seconds. */
  readonly lockTimeout: number
  readonly deadline: number
}

export function readServiceInputs(read: InputReader): ServiceInputs {
  const command = read.choice('command', { default: 'switch', of: commands })
  const release = readReleaseInputs(read)
  const slots = readSlotWords(read)
  if (!slots) read.text('slots', { required: 'the names of both slots, as deploy-kubernetes has them' })
  const version = command === 'rollback' ? read.text('version', { default: 'previous' }) : release.version
  if (command === 'rollback' && version !== 'previous')
    read.issue(
      'version',
      `is "${version}", and with driver: service a rollback goes to the slot that had the traffic`,
      'Leave it out; `command: rollback` of deploy-kubernetes goes to any release that is kept.',
    )
  if (read.lines('metrics').length > 0)
    read.unneeded(
      'metrics',
      'is given, and a Service moves all traffic at once',
      'Give metrics to health-gate after this step.',
    )
  return {
    driver: 'service',
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    undo: read.boolean('undo', { default: true }),
    release: { ...release, version },
    github: readGitHubInputs(read),
    access: readAccessInputs(read),
    namespace: readNamespace(read),
    slots: slots ?? ['', ''],
    confirm: readConfirm(read),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 1, max: 3600 }),
    deadline: read.seconds('deadline', { default: '15m', min: 10, max: 5400 }),
  }
}

function readConfirm(read: InputReader): ConfirmInputs | undefined {
  const image = read.text('confirm-image')
  if (image === '') return undefined
  if (!parseImage(image))
    read.issue(
      'confirm-image',
      `is "${image}", and not an image by its digest`,
      'Give name@sha256:… of an image with kubectl.',
    )
  // The lock lasts two hours.
  return { image, seconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 5400 }) }
}
