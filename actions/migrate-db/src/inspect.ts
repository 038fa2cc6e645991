import { codeBlock, Failure, Interrupted, type MainOutcome, type Step, withinDeadline } from '@belay/action-kit'
import type { Session } from './database.ts'
import { chooseDriver, type Driver, type History, type MigrationContext } from './drivers/index.ts'
import { assertUniqueVersions } from './files.ts'
import { assertNotEmptied } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import { findingLine, type LintFinding, lint, type PendingScript, stops } from './lint/rules.ts'
import { phaseTimer } from './phases.ts'
import { assertHistoryIntact, type MigrationPlan, planMigrations } from './plan.ts'
import { type DatabaseRoute, openControlSession, openRoute } from './route.ts'

/** What one session read of folder and history. */
export interface SchemaInspection {
  readonly driver: Driver
  readonly context: MigrationContext
  readonly history: History
  readonly plan: MigrationPlan
}

/** What a command needs while the database is open. */
export interface DatabaseContext<Undo> {
  readonly step: Step<Undo>
  readonly inputs: MigrateInputs
  readonly route: DatabaseRoute
  readonly session: Session
  readonly signal: AbortSignal
}

/** Reads folder and history. Changes nothing. */
export async function inspectSchema<Undo>({
  step,
  inputs,
  route,
  session,
  signal,
}: DatabaseContext<Undo>): Promise<SchemaInspection> {
  const { driver, folder } = chooseDriver(inputs)
  const migrations = driver.list(folder, inputs.url.parameters)
  assertUniqueVersions(migrations)
  const print = (line: string) => step.info(`${driver.tool}| ${line}`)
  const context = { inputs, folder, migrations, access: route.access, session, print, signal }
  const history = await driver.readHistory(context)
  const plan = planMigrations(migrations, history)
  return { driver, context, history, plan }
}

/** Reports the state of the schema, and refuses one that cannot be migrated further. */
export async function assertContinuable<Undo>(
  open: DatabaseContext<Undo>,
  { driver, context, history, plan }: SchemaInspection,
): Promise<void> {
  const { step, inputs, route, session, signal } = open
  step.info(
    `${driver.tool}: ${history.applied.length} applied, ${plan.pending.length} pending${plan.pending.length > 0 ? `: ${plan.pending.map(({ name }) => name).join(', ')}` : ''}.`,
  )
  if (plan.ahead.length > 0)
    step.info(
      `Applied, but not in this version: ${plan.ahead.join(', ')}. This version is compatible with expand migrations of later versions.`,
    )
  assertHistoryIntact(driver, history, plan, driver.nextCommand(context, undefined, history))
  if (plan.outOfOrder.length > 0)
    step.warn(`Out of order: ${plan.outOfOrder.join(', ')} comes before migrations that are applied already.`)
  if (plan.pending.length > 0) await assertNotEmptied(session, history, route.connections, inputs.path, signal)
}

/**
 * Lints what is pending, and nothing else.
 * @throws Failure `lint` with every finding, unless `accept-risk` gives a reason
 */
export async function lintPending<Undo>(
  { step, inputs }: DatabaseContext<Undo>,
  { driver, context, plan }: SchemaInspection,
): Promise<PendingScript[]> {
  return assertLinted(step, inputs, plan.pending, await driver.scripts(context, plan.pending))
}

/** @throws Failure `lint` as `lintPending` */
export function assertLinted<Undo>(
  step: Step<Undo>,
  inputs: Pick<MigrateInputs, 'phase' | 'acceptRisk'>,
  pending: readonly { readonly name: string }[],
  scripts: PendingScript[],
): PendingScript[] {
  const linted = new Set(scripts.map(({ migration }) => migration))
  const unlinted = pending.filter(({ name }) => !linted.has(name)).map(({ name }) => name)
  if (unlinted.length > 0) step.warn(`Not linted, because their SQL is not available: ${unlinted.join(', ')}.`)
  const findings = lint(scripts)
  step.output('findings', JSON.stringify(findings))
  const stopping = findings.filter((finding) => stops(finding, inputs.phase))
  for (const finding of findings)
    if (!stopping.includes(finding)) step.info(`Allowed with phase contract: ${findingLine(finding)}`)
  if (stopping.length === 0) return scripts
  step.summary(findingTable(stopping))
  const certain = stopping.filter(({ kind }) => kind === 'fails')
  if (inputs.acceptRisk !== '' && certain.length === 0) {
    for (const finding of stopping) step.warn(`${findingLine(finding)}. Accepted: ${inputs.acceptRisk}`)
    return scripts
  }
  throw new Failure(
    'lint',
    `${stopping.length === 1 ? 'One finding stops' : `${stopping.length} findings stop`} this migration; nothing was applied.\n${stopping.map((finding) => `  - ${findingLine(finding)}. Instead: ${finding.remedy}`).join('\n')}`,
    'fix the migration; or give accept-risk with the reason, which the record keeps.',
  )
}

function findingTable(findings: readonly LintFinding[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const rows = findings.map(
    ({ file, line, text, remedy, rule }) => `| \`${file}:${line}\` | ${cell(text)} (${rule}) | ${cell(remedy)} |`,
  )
  return `| where | what | instead |\n|---|---|---|\n${rows.join('\n')}`
}

/** Opens route and session for `task`, and closes both in every case. */
export async function withDatabase<Undo, T>(
  inputs: MigrateInputs,
  step: Step<Undo>,
  task: (open: DatabaseContext<Undo>, phase: ReturnType<typeof phaseTimer>) => Promise<T>,
): Promise<T> {
  const phase = phaseTimer(step)
  // Lists in every case: the step writes `applied` again after it has applied something.
  step.output('applied', '[]')
  step.output('findings', '[]')
  step.output('schema', '[]')
  let route: DatabaseRoute | undefined
  let session: Session | undefined
  try {
    return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
      session = await phase.run('wait', async () => {
        route = await openRoute(inputs, step, signal)
        return openControlSession(route, inputs, signal)
      })
      return task({ step, inputs, route: route as DatabaseRoute, session, signal }, phase)
    })
  } catch (cause) {
    if (step.signal.aborted) throw new Interrupted()
    if (session?.lost.aborted && !(cause instanceof Failure))
      throw new Failure(
        'database-lost',
        'The connection to the database was lost, and the lock with it.',
        'read the log of the database, then run the job again.',
        { cause },
      )
    throw cause
  } finally {
    await session?.close()
    await route?.close()
    step.info(`Duration of the phases: ${phase.text()}.`)
    step.summary(`**migrate-db** ${inputs.release.service} ${inputs.release.environment}: ${phase.text()}`)
  }
}

/** `command: status` and `command: lint`: no lock, no change. */
export async function inspectOnly<Undo>(inputs: MigrateInputs, step: Step<Undo>): Promise<MainOutcome> {
  return withDatabase(inputs, step, async (open, phase) => {
    const inspection = await phase.run('inspect', () => inspectSchema(open))
    reportInspection(step, inspection)
    await assertContinuable(open, inspection)
    const { pending } = inspection.plan
    if (inputs.command !== 'status') {
      const scripts = await phase.run('lint', () => lintPending(open, inspection))
      if (inputs.command === 'apply') preview(step, scripts)
    }
    if (inputs.command === 'apply')
      step.info(
        `Dry run: would apply ${pending.length} migration(s) with ${inspection.driver.tool}. Nothing was changed.`,
      )
    return { result: 'unchanged' }
  })
}

/** Writes outputs and summary of what is applied and pending. */
export function reportInspection<Undo>(step: Step<Undo>, { driver, history, plan, context }: SchemaInspection): void {
  const pending = plan.pending.map(({ name }) => name)
  step.output('tool', driver.tool)
  step.output('pending', JSON.stringify(pending))
  step.output('version', context.migrations.filter(({ name }) => history.applied.includes(name)).at(-1)?.name ?? '')
  const list = pending.map((name) => `- ${name}`).join('\n') || '- nothing'
  step.summary(`${driver.tool}: ${history.applied.length} applied; pending:\n\n${list}`)
}

/** The SQL that would run, for the summary. */
export function preview<Undo>(step: Step<Undo>, scripts: readonly PendingScript[]): void {
  if (scripts.length === 0) return
  const text = scripts.map(({ file, text }) => `-- ${file}\n${text.trim()}`).join('\n\n')
  const shown = text.length > 60_000 ? `${text.slice(0, 60_000)}\n-- … and more` : text
  step.summary(`<details><summary>The SQL that would run</summary>\n\n${codeBlock(shown, 'sql')}\n</details>`)
}
