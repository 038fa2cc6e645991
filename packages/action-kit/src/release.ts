import { isName, type Release, releaseId } from '@belay/release'
import type { Step } from './action.ts'
import type { InputReader } from './inputs.ts'
import { currentRun } from './job.ts'

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

/** The release of this service in this job: the one an earlier step made, or a new one, in journal and record. */
export function joinRelease(step: Pick<Step, 'id' | 'journal' | 'record'>, inputs: ReleaseInputs): Release {
  const earlier = step.journal
    .read()
    .releases.find(({ service, environment }) => service === inputs.service && environment === inputs.environment)
  if (earlier) return earlier
  const run = currentRun()
  const release = { ...inputs, id: releaseId(new Date(), inputs.sha, run.attempt) }
  step.journal.append({ step: step.id, event: 'release-began', release })
  step.record({ event: 'release-began', release, run })
  return release
}
