import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import {
  type DeploymentPayload,
  type GitHubInputs,
  type LiveDeploy,
  type LiveInNamespace,
  readGitHubInputs,
} from '@belay/github'
import type { TagsBefore } from '@belay/release-model'

export interface DeploymentInputs {
  readonly release: ReleaseInputs
  readonly way: 'deploy' | 'rollback'
  readonly github: GitHubInputs
  readonly slack: DeploymentPayload['slack']
  readonly look: DeploymentPayload['look']
  /** What is live at Render; empty where nothing is released there. */
  readonly before: readonly LiveDeploy[]
  /** What is live in the cluster that the release goes to; undefined elsewhere. */
  readonly cluster: DeploymentPayload['kubernetes'] | undefined
  /** What the tags that a promotion would move name now; undefined where it would move none. */
  readonly tags: TagsBefore | undefined
  readonly jobStatus: 'success' | 'failure' | 'cancelled'
}

export function readDeploymentInputs(read: InputReader): DeploymentInputs {
  const channel = read.text('slack-channel-id')
  // Text, never a number: its trailing zeros count.
  const ts = read.text('slack-ts')
  const [target, namespace, live] = [read.text('target'), read.text('namespace'), readCluster(read)]
  return {
    release: readReleaseInputs(read),
    way: read.choice('way', { default: 'deploy', of: ['deploy', 'rollback'] }),
    github: readGitHubInputs(read),
    slack: channel && ts ? { channel, ts } : undefined,
    look: readLook(read),
    before: readBefore(read),
    // A variable of the environment may be there for another service of it.
    cluster: target === 'kubernetes' ? { namespace, ...live } : undefined,
    tags: readTags(read),
    jobStatus: read.choice('job-status', { default: 'success', of: ['success', 'failure', 'cancelled'] }),
  }
}

function readBefore(read: InputReader): LiveDeploy[] {
  const text = read.text('before', { multiline: true })
  if (text === '') return []
  try {
    const list = JSON.parse(text) as Partial<LiveDeploy>[]
    return list.map(({ id = '', name = '', url = '', deploy = '', commit = '' }) => ({ id, name, url, deploy, commit }))
  } catch {
    read.issue(
      'before',
      'is not the JSON that deploy-render gives',
      "Give the output live of deploy-render's command look.",
    )
    return []
  }
}

function readCluster(read: InputReader): Partial<LiveInNamespace> {
  const text = read.text('cluster', { multiline: true })
  if (text === '') return {}
  try {
    const { lease, release, workloads } = JSON.parse(text) as LiveInNamespace
    return {
      lease,
      release,
      workloads: workloads.map(({ kind, name, revision, images }) => ({ kind, name, revision, images })),
    }
  } catch {
    read.issue(
      'cluster',
      'is not the JSON that deploy-kubernetes gives',
      "Give the output live of deploy-kubernetes's command inspect.",
    )
    return {}
  }
}

function readTags(read: InputReader): TagsBefore | undefined {
  const text = read.text('tags-before', { multiline: true })
  if (text === '') return undefined
  try {
    const { image, digest, tags } = JSON.parse(text) as TagsBefore
    return { image, digest, tags: tags.map((one) => ({ tag: one.tag, digest: one.digest })) }
  } catch {
    read.issue(
      'tags-before',
      'is not the JSON that build-image gives',
      "Give the output tags-before of build-image's command promote.",
    )
    return undefined
  }
}

/** Kept as it was written: aftercare parses it as the gate does, and the gate refuses what is invalid. */
function readLook(read: InputReader): DeploymentPayload['look'] {
  return {
    urls: read.lines('urls'),
    versionFrom: read.text('version-from', { default: 'sha' }),
    confirmSeconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
  }
}
