import { isName, type Release, releaseId } from '@belay/release'
import type { InputReader } from './inputs.ts'
import { currentRun } from './job.ts'
import type { Journal } from './journal.ts'

/** What a user says of the release that a step belongs to. */
export interface ReleaseInputs {
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly sha: string
}

/** Reads `service`, `environment`, `version` and the commit. Every action that changes production takes these. */
export function readReleaseInputs(read: InputReader, env: NodeJS.ProcessEnv = process.env): ReleaseInputs {
  const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? ''
  const service = read.text('service', { default: repository, required: 'the name of what is released' })
  const environment = read.text('environment', { required: 'where it is released to, such as qa or production' })
  const sha = (env.GITHUB_SHA ?? '').toLowerCase()
  const version = read.text('version', { default: sha })
  for (const [name, value] of [['service', service] as const, ['environment', environment] as const]) {
    if (value !== '' && !isName(value))
      read.mistake(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.')
  }
  if (!/^[0-9a-f]{40}$/.test(sha)) read.mistake('version', `GITHUB_SHA is "${sha}"`, 'Run this step in a workflow.')
  return { service, environment, version, sha }
}

/** The release of this service in this job: the one an earlier step made, or a new one, written to the journal. */
export function joinRelease(journal: Journal, step: string, inputs: ReleaseInputs, now: Date = new Date()): Release {
  const earlier = journal
    .read()
    .releases.find(({ service, environment }) => service === inputs.service && environment === inputs.environment)
  if (earlier) return earlier
  const release = { ...inputs, id: releaseId(now, inputs.sha, currentRun().attempt) }
  journal.append({ step, event: 'release-began', release })
  return release
}
