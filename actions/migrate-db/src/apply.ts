import { earlierRelease, Failure, Interrupted, type Outcome, type Step, sleep } from '@belay/action-kit'
import { isSha, joinReleaseOfVersion } from '@belay/github'
import type { Release } from '@belay/release-model'
import { backUp, type Copy } from './backup.ts'
import { assertCheckout } from './checkout.ts'
import { ToolFailure } from './drivers/driver.ts'
import { chooseDriver } from './drivers/index.ts'
import { noteContracts, refuseCompany } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import { giveLock, takeLock, toolsEnded } from './lock.ts'
import { inspect, judge, lintPending, type Open, type Seen, tell, withDatabase } from './look.ts'
import { planOf } from './plan.ts'
import { type SavedSchema, savedOf } from './undo.ts'

export type MigrateStep = Step<SavedSchema>
type OpenApply = Open<SavedSchema>

/** `command: apply`: wait, lock, inspect, lint, backup, apply, verify, unlock. */
export async function apply(inputs: MigrateInputs, step: MigrateStep): Promise<Outcome> {
  const release = await join(inputs, step)
  if (inputs.phase === 'contract') refuseCompany(step)
  return withDatabase(inputs, step, async (open, phase) => {
    await phase.run('lock', () => lock(open))
    const seen = await phase.run('inspect', () => inspect(open))
    tell(step, seen)
    await judge(open, seen)
    if (seen.plan.pending.length === 0) {
      schemaIs(open, seen, [])
      return { result: 'noop' }
    }
    await phase.run('tool', async () => seen.driver.ready?.(seen.work))
    await phase.run('lint', () => lintPending(open, seen))
    const invalid = await invalidIndexes(open)
    const copy = await phase.run('backup', () => backUp(seen.work, release, open.route.connections[0]))
    tellCopy(step, copy)
    const saved = savedOf(open, seen, copy, invalid)
    if (inputs.phase === 'contract') await rememberContracts(open, seen, saved)
    // From here on the schema may be another one.
    step.save({ ...saved, stage: 'applying' })
    await phase.run('apply', () => applyPending(open, seen, saved))
    await phase.run('verify', () => verify(open, seen, saved))
    step.save({ ...saved, stage: 'applied' })
    schemaIs(open, seen, saved.pending)
    await phase.run('unlock', () => giveLock(open.session))
    return { result: 'pending' }
  })
}

/**
 * Joins the release, whose migrations these must be.
 * @throws Failure `wrong-checkout`, `migrations-missing`, `tool-unclear`, or why GitHub could not be asked
 */
async function join(inputs: MigrateInputs, step: MigrateStep): Promise<Release> {
  const { release: asked, github } = inputs
  const begun = earlierRelease(step, asked) !== undefined
  const release = await joinReleaseOfVersion(step, asked, github)
  // The run's own commit is the default, and says nothing of what is released. A name that nobody looked up neither.
  const named = asked.version !== asked.runSha && (asked.runIsOfVersion || isSha(asked.version) || github.token !== '')
  await assertCheckout(step, release, chooseDriver(inputs).folder, begun || named)
  return release
}

async function lock({ inputs, session, signal, step }: OpenApply): Promise<void> {
  await takeLock(session, inputs.lockTimeout, signal, (holder) =>
    step.info(`Waiting up to ${inputs.lockTimeout} s: ${holder} migrates this database.`),
  )
}

async function rememberContracts(
  { inputs, route, step }: OpenApply,
  { plan }: Seen,
  saved: SavedSchema,
): Promise<void> {
  if (route.connections.length === 0)
    return step.warn('No hosts are given, so nobody keeps an older version from being released onto this schema.')
  const names = plan.pending.map(({ name }) => name)
  step.save({ ...saved, stage: 'before' })
  await noteContracts(route.connections, inputs.path, names, inputs.survives)
  step.info(`Noted on ${route.connections.length} host(s): ${names.join(', ')} needs ${inputs.survives} or newer.`)
}

/** How often a migration that could not get a lock in time, and of which nothing stays, is tried again. */
const retries = 4

async function applyPending(open: OpenApply, seen: Seen, saved: SavedSchema): Promise<void> {
  const { step, signal } = open
  const { driver, work } = seen
  for (let attempt = 0; ; attempt++) {
    const { plan } = await inspectAgain(seen)
    if (plan.pending.length === 0) return
    try {
      await driver.apply(work, plan.pending)
      return
    } catch (error) {
      if (signal.aborted) throw new Interrupted()
      if (open.session.lost.aborted) throw error
      const failed = await whatFailed(seen, error)
      const again = error instanceof ToolFailure && error.lockTimeout && failed.clean && attempt < retries
      if (!again) {
        step.save({ ...saved, stage: 'applying', failed: failed.name })
        throw migrationFailure(error, failed.name, failed.next)
      }
      const pause = 2 ** attempt
      step.warn(`${failed.name} did not get its lock within session-lock-timeout; it is tried again in ${pause} s.`)
      await sleep(pause * 1000, signal)
    }
  }
}

/** Looks which migration failed, and puts the tool's own state right where nothing of that migration stays. */
async function whatFailed(seen: Seen, error: unknown) {
  const { driver, work } = seen
  await toolsEnded(work.session, 10)
  let { plan, history } = await inspectAgain(seen)
  const failed = plan.pending[0]
  const clean = failed?.transactional === true
  if (clean && history.dirty !== undefined && error instanceof ToolFailure && error.refused && driver.settle) {
    await driver.settle(work, history)
    ;({ plan, history } = await inspectAgain(seen))
  }
  return {
    name: failed?.name ?? 'a migration',
    clean: clean && history.dirty === undefined,
    next: driver.nextCommand(work, failed, history),
  }
}

async function inspectAgain({ driver, work }: Seen) {
  const history = await driver.look(work)
  return { history, plan: planOf(work.migrations, history) }
}

function migrationFailure(error: unknown, name: string, next: string): Failure {
  if (error instanceof Failure) return error
  const sqlstate = error instanceof ToolFailure ? error.sqlstate : ''
  if (error instanceof ToolFailure && error.lockTimeout)
    return new Failure(
      'lock-timeout',
      `${name} did not get the lock it needs: something else uses the table for longer than session-lock-timeout.`,
      'end long transactions first, or raise session-lock-timeout; while it waits, all others wait behind it.',
      { cause: error },
    )
  return new Failure(
    'migration-failed',
    `${name} failed${sqlstate ? ` with SQLSTATE ${sqlstate}` : ''}; the database's own words are in the log.`,
    `${next}.`,
    { cause: error },
  )
}

/** @throws Failure `not-applied`, `invalid-index` */
async function verify(open: OpenApply, seen: Seen, saved: SavedSchema): Promise<void> {
  const { step } = open
  const { history, plan } = await inspectAgain(seen)
  const { tool } = seen.driver
  if (history.dirty !== undefined || (!history.unknowable && plan.pending.length > 0))
    throw new Failure(
      'not-applied',
      `${tool} ended well, but ${plan.pending.map(({ name }) => name).join(', ') || `version ${history.dirty}`} is not in its history.`,
      'see what it printed.',
    )
  const broken = (await invalidIndexes(open)).filter((index) => !saved.invalid.includes(index))
  if (broken.length > 0)
    throw new Failure(
      'invalid-index',
      `Indexes were left invalid: ${broken.join(', ')}.`,
      `DROP INDEX CONCURRENTLY each, and build it again.`,
    )
  if (saved.invalid.length > 0) step.warn(`Invalid since before this run: ${saved.invalid.join(', ')}.`)
  step.output('applied', JSON.stringify(saved.pending))
  step.output('pending', '[]')
  step.output('version', saved.pending.at(-1) ?? '')
  step.summary(`Applied by ${tool}:\n\n${saved.pending.map((name) => `- ${name}`).join('\n')}`)
}

async function invalidIndexes({ session }: OpenApply): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return rows.map(({ name }) => name)
}

/** What every later step of this job may know: the schema this version was built with is there. */
function schemaIs({ step, inputs }: OpenApply, { plan }: Seen, applied: readonly string[]): void {
  const migrations = [...plan.all]
  step.output('schema', JSON.stringify(migrations))
  const { service } = inputs.release
  step.journal.append({ step: step.id, event: 'schema', service, migrations, applied: [...applied] })
  step.record({ event: 'schema', service, migrations })
}

function tellCopy(step: MigrateStep, copy: Copy | undefined): void {
  step.output('backup', copy?.where ?? '')
  if (!copy) {
    step.warn('No backup was made: backup is none.')
    return
  }
  const size = copy.bytes > 0 ? `, ${copy.bytes} bytes, sha256 ${copy.sha256}` : ''
  step.info(`Backup: ${copy.where}${size}.`)
  // How to restore it is said by the undo, which first looks whether the copy is still there.
  step.summary(`Backup: \`${copy.where}\`${size}.`)
}
