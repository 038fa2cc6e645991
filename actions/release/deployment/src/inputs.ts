import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, type LiveDeploy, type Payload, readGitHubInputs } from '@belay/github'

export interface DeploymentInputs {
  readonly release: ReleaseInputs
  readonly way: 'deploy' | 'rollback'
  readonly github: GitHubInputs
  readonly slack: Payload['slack']
  readonly look: Payload['look']
  /** What is live at Render; empty where nothing is released there. */
  readonly before: readonly LiveDeploy[]
  readonly jobStatus: 'success' | 'failure' | 'cancelled'
}

export function readDeploymentInputs(read: InputReader): DeploymentInputs {
  const channel = read.text('slack-channel-id')
  // Text, never a number: its trailing zeros count.
  const ts = read.text('slack-ts')
  return {
    release: readReleaseInputs(read),
    way: read.choice('way', { default: 'deploy', of: ['deploy', 'rollback'] }),
    github: readGitHubInputs(read),
    slack: channel && ts ? { channel, ts } : undefined,
    look: readLook(read),
    before: readBefore(read),
    jobStatus: read.choice('job-status', { default: 'success', of: ['success', 'failure', 'cancelled'] }),
  }
}

function readBefore(read: InputReader): LiveDeploy[] {
  const text = read.text('before')
  if (text === '') return []
  try {
    const list = JSON.parse(text) as Partial<LiveDeploy>[]
    return list.map(({ id = '', name = '', url = '', deploy = '', commit = '' }) => ({ id, name, url, deploy, commit }))
  } catch {
    read.mistake('before', 'is not the JSON that deploy-render gives', "Give the output live of deploy-render's look.")
    return []
  }
}

/** Kept as it was written: whoever looks later reads it as the gate does, and the gate has refused what is wrong. */
function readLook(read: InputReader): Payload['look'] {
  return {
    urls: read.lines('urls'),
    versionFrom: read.text('version-from', { default: 'sha' }),
    confirmSeconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
  }
}
