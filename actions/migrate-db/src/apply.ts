import {
  doubling,
  earlierRelease,
  Failure,
  Interrupted,
  type MainOutcome,
  type RetryableError,
  retry,
  type Step,
  type Tried,
} from '@belay/action-kit'
import { isSha, joinReleaseOfVersion } from '@belay/github'
import type { Release } from '@belay/release-model'
import { backUp, type MadeBackup } from './backup.ts'
import { assertCheckout } from './checkout.ts'
import { ToolFailure } from './drivers/driver.ts'
import { chooseDriver, migrationFolder } from './drivers/index.ts'
import { assertExclusive, recordLimitsOnHosts } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import {
  assertContinuable,
  type DatabaseContext,
  inspectSchema,
  lintPending,
  reportInspection,
  type SchemaInspection,
  withDatabase,
} from './inspect.ts'
import { acquireLock, releaseLock, toolsEnded } from './lock.ts'
import { planMigrations } from './plan.ts'
import { type SavedSchema, undoStateOf } from './undo.ts'

export type MigrateStep = Step<SavedSchema>
type ApplyContext = DatabaseContext<SavedSchema>

/** `command: apply`: wait, lock, inspect, lint, backup, apply, verify, unlock. */
export async function apply(inputs: MigrateInputs, step: MigrateStep): Promise<MainOutcome> {
  const release = await joinRelease(inputs, step)
  if (inputs.phase === 'contract') assertExclusive(step)
  return withDatabase(inputs, step, async (open, phase) => {
    await phase.run('lock', () => lock(open))
    const inspection = await phase.run('inspect', () => inspectSchema(open))
    reportInspection(step, inspection)
    await assertContinuable(open, inspection)
    if (inspection.plan.pending.length === 0) {
      recordSchema(open, inspection, [])
      return { result: 'noop' }
    }
    await phase.run('tool', async () => inspection.driver.prepare?.(inspection.context))
    await phase.run('lint', () => lintPending(open, inspection))
    const invalid = await invalidIndexes(open)
    const backup = await phase.run('backup', () => backUp(inspection.context, release, open.route.connections[0]))
    reportBackup(step, backup)
    const saved = undoStateOf(open, inspection, backup, invalid)
    if (inputs.phase === 'contract') await recordLimits(open, inspection, saved)
    // From here on the schema may have changed.
    step.save({ ...saved, stage: 'applying' })
    await phase.run('apply', () => applyPending(open, inspection, saved))
    await phase.run('verify', () => verify(open, inspection, saved))
    step.save({ ...saved, stage: 'applied' })
    recordSchema(open, inspection, saved.pending)
    await phase.run('unlock', () => releaseLock(open.session))
    return { result: 'pending' }
  })
}

/**
 * Joins the release, whose migrations these must be.
 * @throws Failure `wrong-checkout`, `migrations-missing`, `tool-unclear`, or why GitHub could not be reached
 */
export async function joinRelease(inputs: MigrateInputs, step: Step<unknown>): Promise<Release> {
  const { release: requested, github } = inputs
  const begun = earlierRelease(step, requested) !== undefined
  const release = await joinReleaseOfVersion(step, requested, github)
  // The default, the run's own commit, does not identify the release. Neither does a name that was not resolved.
  const named =
    requested.version !== requested.runSha &&
    (requested.runIsOfVersion || isSha(requested.version) || github.token !== '')
  await assertCheckout(
    step,
    release,
    inputs.job ? migrationFolder(inputs) : chooseDriver(inputs).folder,
    begun || named,
  )
  return release
}

async function lock({ inputs, session, signal, step }: ApplyContext): Promise<void> {
  await acquireLock(session, inputs.lockTimeout, signal, (holder) =>
    step.info(`Waiting up to ${inputs.lockTimeout} s: ${holder} migrates this database.`),
  )
}

async function recordLimits(
  { inputs, route, step }: ApplyContext,
  { plan }: SchemaInspection,
  saved: SavedSchema,
): Promise<void> {
  if (route.connections.length === 0)
    return step.warn('No hosts are given, so Belay cannot refuse an older version that does not work with this schema.')
  const names = plan.pending.map(({ name }) => name)
  step.save({ ...saved, stage: 'before' })
  await recordLimitsOnHosts(route.connections, inputs.path, names, inputs.oldestCompatibleVersion)
  step.info(
    `Recorded on ${route.connections.length} host(s): ${names.join(', ')} needs ${inputs.oldestCompatibleVersion} or newer.`,
  )
}

/** How often a migration is tried that could not get a lock in time and left no change. */
const attempts = 5

interface FailedMigration extends RetryableError {
  readonly error: unknown
  readonly name: string
  /** What a person can do next. */
  readonly next: string
}

async function applyPending(open: ApplyContext, inspection: SchemaInspection, saved: SavedSchema): Promise<void> {
  const { step, signal } = open
  const tried = await retry(() => applyOnce(open, inspection), {
    // Only what left no change is tried again.
    repeatable: true,
    attempts,
    backoffMs: doubling(1000),
    signal,
    onPause: ({ name }, ms) =>
      step.warn(`${name} did not get its lock within session-lock-timeout; it is retried in ${ms / 1000} s.`),
  })
  if (tried && 'value' in tried) return
  if (!tried || (signal.aborted && tried.trouble.retryable)) throw new Interrupted()
  const { error, name, next } = tried.trouble
  step.save({ ...saved, stage: 'applying', failed: name })
  throw migrationFailure(error, name, next)
}

async function applyOnce(
  { signal, session }: ApplyContext,
  inspection: SchemaInspection,
): Promise<Tried<'applied', FailedMigration>> {
  const { driver, context } = inspection
  const { plan } = await inspectAgain(inspection)
  if (plan.pending.length === 0) return { value: 'applied' }
  try {
    await driver.apply(context, plan.pending)
    return { value: 'applied' }
  } catch (error) {
    if (signal.aborted) throw new Interrupted()
    if (session.lost.aborted) throw error
    const { name, clean, next } = await inspectFailure(inspection, error)
    const retryable = error instanceof ToolFailure && error.lockTimeout && clean
    return { trouble: { error, name, next, retryable, maybeDelivered: false, waitMs: undefined } }
  }
}

/** Finds the migration that failed, and repairs the tool's own state if that migration left no change. */
async function inspectFailure(inspection: SchemaInspection, error: unknown) {
  const { driver, context } = inspection
  await toolsEnded(context.session, 10)
  let { plan, history } = await inspectAgain(inspection)
  const failed = plan.pending[0]
  const clean = failed?.transactional === true
  if (clean && history.dirty !== undefined && error instanceof ToolFailure && error.refused && driver.repairState) {
    await driver.repairState(context, history)
    ;({ plan, history } = await inspectAgain(inspection))
  }
  return {
    name: failed?.name ?? 'a migration',
    clean: clean && history.dirty === undefined,
    next: driver.nextCommand(context, failed, history),
  }
}

async function inspectAgain({ driver, context }: SchemaInspection) {
  const history = await driver.readHistory(context)
  return { history, plan: planMigrations(context.migrations, history) }
}

function migrationFailure(error: unknown, name: string, next: string): Failure {
  if (error instanceof Failure) return error
  const sqlstate = error instanceof ToolFailure ? error.sqlstate : ''
  if (error instanceof ToolFailure && error.lockTimeout)
    return new Failure(
      'lock-timeout',
      `${name} did not get the lock that it needs: another session used the table for longer than session-lock-timeout.`,
      'end long transactions first, or raise session-lock-timeout. While the migration waits, all other users of the table wait behind it.',
      { cause: error },
    )
  return new Failure(
    'migration-failed',
    `${name} failed${sqlstate ? ` with SQLSTATE ${sqlstate}` : ''}; the message of the database is in the log.`,
    `${next}.`,
    { cause: error },
  )
}

/** @throws Failure `not-applied`, `invalid-index` */
async function verify(open: ApplyContext, inspection: SchemaInspection, saved: SavedSchema): Promise<void> {
  const { step } = open
  const { history, plan } = await inspectAgain(inspection)
  const { tool } = inspection.driver
  if (history.dirty !== undefined || (!history.unknowable && plan.pending.length > 0))
    throw new Failure(
      'not-applied',
      `${tool} reported success, but ${plan.pending.map(({ name }) => name).join(', ') || `version ${history.dirty}`} is not in its history.`,
      'read its output in the log above.',
    )
  const broken = (await invalidIndexes(open)).filter((index) => !saved.invalid.includes(index))
  if (broken.length > 0)
    throw new Failure(
      'invalid-index',
      `Indexes were left invalid: ${broken.join(', ')}.`,
      `drop each one with DROP INDEX CONCURRENTLY, and build it again.`,
    )
  if (saved.invalid.length > 0) step.warn(`Indexes that were invalid before this run: ${saved.invalid.join(', ')}.`)
  step.output('applied', JSON.stringify(saved.pending))
  step.output('pending', '[]')
  step.output('version', saved.pending.at(-1) ?? '')
  step.summary(`Applied by ${tool}:\n\n${saved.pending.map((name) => `- ${name}`).join('\n')}`)
}

async function invalidIndexes({ session }: ApplyContext): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return rows.map(({ name }) => name)
}

/** Records for every later step of this job that the schema of this version is in place. */
function recordSchema({ step, inputs }: ApplyContext, { plan }: SchemaInspection, applied: readonly string[]): void {
  const migrations = [...plan.all]
  step.output('schema', JSON.stringify(migrations))
  const { service } = inputs.release
  step.record({ event: 'schema', service, migrations, applied })
}

function reportBackup(step: MigrateStep, backup: MadeBackup | undefined): void {
  step.output('backup', backup?.where ?? '')
  if (!backup) {
    step.warn('No backup was made: backup is none.')
    return
  }
  const size = backup.bytes > 0 ? `, ${backup.bytes} bytes, sha256 ${backup.sha256}` : ''
  step.info(`Backup: ${backup.where}${size}.`)
  // The undo reports how to restore it, after it has checked that the copy still exists.
  step.summary(`Backup: \`${backup.where}\`${size}.`)
}
