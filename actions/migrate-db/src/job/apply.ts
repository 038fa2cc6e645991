import { Failure, type MainOutcome, messageOf, monotonicSeconds, type Step, sleep } from '@belay/action-kit'
import { hasJobEnded } from '@belay/github'
import { assertHeld, holderOf, lastLines, leaseRef, renewLease, takeLease } from '@belay/kubernetes'
import type { Release } from '@belay/release-model'
import { assertExclusive } from '../hosts.ts'
import type { MigrateInputs } from '../inputs.ts'
import { assertLinted } from '../inspect.ts'
import { phaseTimer } from '../phases.ts'
import { askPending } from './ask.ts'
import { knownOf, scriptsOf } from './files.ts'
import { followJob } from './follow.ts'
import { createJob, type Job, printedBy, releaseOf, runningMigrations } from './jobs.ts'
import { migrationJob, statusJob } from './manifest.ts'
import { type JobContext, withCluster } from './open.ts'
import type { PendingMigration, SavedJob } from './saved.ts'

type JobStep = Step<SavedJob>

/** `command: apply` with `via`: lock, ask, lint, run the Job, ask again. The lock is given back by the post. */
export async function applyByJob(inputs: MigrateInputs, step: JobStep, release: Release): Promise<MainOutcome> {
  const phase = phaseTimer(step)
  try {
    if (inputs.phase === 'contract') {
      assertExclusive(step)
      step.warn('In a cluster Belay cannot refuse an older version that does not work with this schema.')
    }
    return await withCluster(inputs, step, async (context) => {
      const locked = await phase.run('lock', () => lock(context, step, release))
      const pending = await phase.run('inspect', () => inspect(context, step, locked.status))
      if (pending?.length === 0) {
        recordSchema(context, step, [])
        return { result: 'noop' }
      }
      await phase.run('lint', () => lintNames(context, step, pending))
      const saved: SavedJob = { ...locked, stage: 'applying', pending }
      await phase.run('apply', () => runJob(context, step, saved))
      await phase.run('verify', () => verify(context, saved))
      step.save({ ...saved, stage: 'applied' })
      await renewLease(context.client, saved.lease)
      const applied = pending?.map(({ name }) => name) ?? []
      step.output('applied', JSON.stringify(applied))
      step.output('pending', '[]')
      step.output('version', applied.at(-1) ?? '')
      recordSchema(context, step, applied)
      step.summary(`Applied by job/${saved.job}:\n\n${applied.map((name) => `- ${name}`).join('\n') || '- not known'}`)
      return { result: 'pending' }
    })
  } finally {
    step.info(`Duration of the phases: ${phase.text()}.`)
  }
}

/** Takes the service's lock in the namespace, and waits for a migration that a job that is gone has left running. */
async function lock(context: JobContext, step: JobStep, release: Release): Promise<SavedJob> {
  const { inputs, route, client, server, manifest, signal } = context
  const lease = leaseRef(route.namespace, inputs.release, holderOf(step))
  const facts = { release: release.id, lease: lease.name, deadline: inputs.deadline }
  const saved: SavedJob = {
    via: 'job',
    service: lease.service,
    release: release.id,
    server,
    lease,
    stage: 'locked',
    job: migrationJob(manifest, facts).metadata.name,
    status: inputs.statusCommand.length > 0 ? statusJob(manifest, facts, inputs.statusCommand) : undefined,
    pending: undefined,
  }
  assertOnce(step, saved)
  step.save(saved)
  await takeLease(client, lease, {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
    info: step.info,
  })
  await waitForOthers(context, step)
  return saved
}

/** @throws Failure `migrated-twice`: a name of a Job is that of one release */
function assertOnce(step: JobStep, { job }: SavedJob): void {
  const earlier = step.journal.read().steps.find(({ id, undo }) => {
    const other = undo as Partial<SavedJob> | undefined
    return id !== step.id && other?.via === 'job' && other.job === job && other.stage !== 'locked'
  })
  if (!earlier) return
  throw new Failure(
    'migrated-twice',
    `An earlier step of this job already ran job/${job}.`,
    'give the Jobs of different databases different names in their manifests.',
  )
}

const pauseMs = 1000

/** A migration that still runs is never joined by another one. @throws Failure `lock-held` */
async function waitForOthers({ inputs, route, client, lease, signal }: JobContext, step: JobStep): Promise<void> {
  const end = monotonicSeconds() + inputs.lockTimeout
  for (let shown = ''; ; ) {
    const names = (await runningMigrations(client, route.namespace, lease)).map(describeJob).join(', ')
    if (names === '') return
    if (monotonicSeconds() >= end)
      throw new Failure(
        'lock-held',
        `Another migration of this service is running: ${names}. This step waited ${inputs.lockTimeout} s for it.`,
        'wait for it, or raise lock-timeout. Its own deadline ends it; kubectl delete job does it by hand.',
      )
    if (names !== shown) step.info(`Waiting up to ${inputs.lockTimeout} s: ${names} still runs.`)
    shown = names
    await sleep(pauseMs, signal)
    signal.throwIfAborted()
  }
}

function describeJob(job: Job): string {
  return `job/${job.metadata.name} of the release ${releaseOf(job)}`
}

/** What is pending; undefined where it cannot be asked. */
export async function inspect(
  { client, following, files }: JobContext,
  step: Pick<Step, 'info' | 'output' | 'warn'>,
  status: SavedJob['status'],
): Promise<PendingMigration[] | undefined> {
  step.output('tool', files?.driver.tool ?? 'command')
  if (!status) {
    step.warn('No status-command is given, so Belay cannot ask what is applied: the Job runs in each release.')
    return undefined
  }
  const names = await askPending(client, status, following)
  step.output('pending', JSON.stringify(names))
  step.info(names.length === 0 ? 'Nothing is pending.' : `${names.length} pending: ${names.join(', ')}.`)
  return knownOf(files, names)
}

/** @throws Failure `lint` */
export async function lintNames<Undo>(
  { inputs, files }: Pick<JobContext, 'inputs' | 'files'>,
  step: Step<Undo>,
  pending: readonly PendingMigration[] | undefined,
) {
  if (!pending) {
    step.warn('Nothing was linted, because it is not known what is pending.')
    return []
  }
  return assertLinted(
    step,
    inputs,
    pending,
    await scriptsOf(
      files,
      pending.map(({ name }) => name),
    ),
  )
}

async function runJob(context: JobContext, step: JobStep, saved: SavedJob): Promise<void> {
  const { inputs, route, client, manifest, following, signal } = context
  const { namespace } = route
  await assertHeld(client, saved.lease)
  // From here on the schema may change.
  step.save(saved)
  signal.throwIfAborted()
  const job = await createJob(
    client,
    namespace,
    migrationJob(manifest, { release: saved.release, lease: saved.lease.name, deadline: inputs.deadline }),
  )
  step.save({ ...saved, ...(job.metadata.uid !== undefined && { uid: job.metadata.uid }) })
  step.info(`job/${saved.job} migrates.`)
  await followJob(client, saved.job, following)
  await printLog(context, job, step)
}

async function printLog({ client, route }: JobContext, job: Job, step: JobStep): Promise<void> {
  try {
    const text = lastLines(await printedBy(client, route.namespace, job), 20_000, 500)
    for (const line of text.split('\n')) if (line !== '') step.info(`job| ${line}`)
  } catch (error) {
    step.warn(`What the Job printed could not be read: ${messageOf(error)}`)
  }
}

/** @throws Failure `not-applied` */
async function verify({ client, following }: JobContext, { status, job }: SavedJob): Promise<void> {
  if (!status) return
  const left = await askPending(client, status, following)
  if (left.length === 0) return
  throw new Failure(
    'not-applied',
    `job/${job} ended well, but status-command still names as pending: ${left.join(', ')}.`,
    'read its output in the log above.',
  )
}

/** Records for every later step of this job that the schema of this version is in place. */
function recordSchema({ inputs, files }: JobContext, step: JobStep, applied: readonly string[]): void {
  const migrations = files?.migrations.map(({ name }) => name) ?? applied
  step.output('schema', JSON.stringify(migrations))
  step.record({ event: 'schema', service: inputs.release.service, migrations, applied })
}
