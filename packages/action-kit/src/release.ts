import { randomBytes } from 'node:crypto'
import { isName, type JobIdentity, type Release, releaseId } from '@belay/release-model'
import type { Step } from './action.ts'
import type { InputReader } from './inputs.ts'
import { currentRun } from './job.ts'

/** The inputs that say which release a step belongs to. */
export interface ReleaseInputs {
  readonly service: string
  readonly environment: string
  readonly version: string
  /**
   * The commit that the run is for. It may differ from the release's, which `joinRelease` returns: a tag that is released
   * by hand from main stands for another commit.
   */
  readonly runSha: string
  /** The version is the run's commit, or the tag that the run was started from. */
  readonly runIsOfVersion: boolean
}

/** Reads `service`, `environment`, `version` and the commit of the run: the inputs of every action that changes production. */
export function readReleaseInputs(read: InputReader, env: NodeJS.ProcessEnv = process.env): ReleaseInputs {
  const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? ''
  const service = read.text('service', { default: repository, required: 'the name of the service' })
  const environment = read.text('environment', { required: 'the environment to release to, such as qa or production' })
  const runSha = (env.GITHUB_SHA ?? '').toLowerCase()
  const version = read.text('version', { default: runSha })
  for (const [name, value] of [['service', service] as const, ['environment', environment] as const]) {
    if (value !== '' && !isName(value))
      read.issue(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.')
  }
  if (!/^[0-9a-f]{40}$/.test(runSha)) read.issue('version', `GITHUB_SHA is "${runSha}"`, 'Run this step in a workflow.')
  const runIsOfVersion = version === runSha || (env.GITHUB_REF_TYPE === 'tag' && env.GITHUB_REF_NAME === version)
  return { service, environment, version, runSha, runIsOfVersion }
}

/** The release of this service that an earlier step of the job began; undefined where none did. */
export function earlierRelease(
  { journal }: Pick<Step, 'journal'>,
  { service, environment }: Pick<ReleaseInputs, 'service' | 'environment'>,
): Release | undefined {
  return journal.read().releases.find((one) => one.service === service && one.environment === environment)
}

/**
 * The release of this service in this job: the one an earlier step made, or a new one, which the journal gets. The only
 * place where an action learns id, version and commit of what it releases.
 * @param sha the commit that the version stands for, where that is known; else it is the run's
 */
export function joinRelease(
  step: Pick<Step, 'id' | 'journal' | 'record'>,
  { service, environment, version, runSha }: ReleaseInputs,
  sha: string = runSha,
): Release {
  const earlier = earlierRelease(step, { service, environment })
  if (earlier) return earlier
  const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha }
  step.record({ event: 'release-began', release, run: currentRun() })
  return release
}

/** What identifies a job on its targets: the same for all its steps, and different for every other job. */
export function jobIdentity({ id, journal }: Pick<Step, 'id' | 'journal'>): JobIdentity {
  // Steps that run in parallel may both draw a nonce: the first one in the journal holds for all.
  if (journal.read().nonce === undefined)
    journal.append({ step: id, event: 'identified', nonce: randomBytes(4).toString('hex') })
  const { id: run, attempt } = currentRun()
  return { run, attempt, nonce: journal.read().nonce as string }
}
