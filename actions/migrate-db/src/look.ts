import { codeBlock, Failure, Interrupted, type Outcome, type Step, withinDeadline } from '@belay/action-kit'
import type { Session } from './database.ts'
import { chooseDriver, type Driver, type History, type Work } from './drivers/index.ts'
import { refuseTwins } from './files.ts'
import { refuseEmpty } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import { type Finding, findingLine, lint, type Script, stops } from './lint/rules.ts'
import { timed } from './phases.ts'
import { type Plan, planOf, refuseBroken } from './plan.ts'
import { openControl, openRoute, type Route } from './route.ts'

/** What was seen under the eyes of one session. */
export interface Seen {
  readonly driver: Driver
  readonly work: Work
  readonly history: History
  readonly plan: Plan
}

/** What works on a database, from the first connection to the last word. */
export interface Open<Undo> {
  readonly step: Step<Undo>
  readonly inputs: MigrateInputs
  readonly route: Route
  readonly session: Session
  readonly signal: AbortSignal
}

/** Reads folder and history. Changes nothing. */
export async function inspect<Undo>({ step, inputs, route, session, signal }: Open<Undo>): Promise<Seen> {
  const { driver, folder } = chooseDriver(inputs)
  const migrations = driver.list(folder, inputs.url.parameters)
  refuseTwins(migrations)
  const print = (line: string) => step.info(`${driver.tool}| ${line}`)
  const work = { inputs, folder, migrations, reach: route.reach, session, print, signal }
  const history = await driver.look(work)
  const plan = planOf(migrations, history)
  return { driver, work, history, plan }
}

/** Says what was seen, and refuses what nobody can go on from. */
export async function judge<Undo>(open: Open<Undo>, { driver, work, history, plan }: Seen): Promise<void> {
  const { step, inputs, route, session, signal } = open
  step.info(
    `${driver.tool}: ${history.applied.length} applied, ${plan.pending.length} pending${plan.pending.length > 0 ? `: ${plan.pending.map(({ name }) => name).join(', ')}` : ''}.`,
  )
  if (plan.ahead.length > 0)
    step.info(
      `Applied, and not in this version: ${plan.ahead.join(', ')}. An expand migration of a later version does no harm here.`,
    )
  refuseBroken(driver, history, plan, driver.nextCommand(work, undefined, history))
  if (plan.late.length > 0) step.warn(`Out of order: ${plan.late.join(', ')} comes before what is applied already.`)
  if (plan.pending.length > 0) await refuseEmpty(session, history, route.connections, inputs.path, signal)
}

/**
 * Lints what is pending, and nothing else.
 * @throws Failure `lint` with every finding, unless `accept-risk` gives a reason
 */
export async function lintPending<Undo>({ step, inputs }: Open<Undo>, { driver, work, plan }: Seen): Promise<Script[]> {
  const scripts = await driver.scripts(work, plan.pending)
  const seen = new Set(scripts.map(({ migration }) => migration))
  const unseen = plan.pending.filter(({ name }) => !seen.has(name)).map(({ name }) => name)
  if (unseen.length > 0) step.warn(`Not linted, because their SQL cannot be seen: ${unseen.join(', ')}.`)
  const findings = lint(scripts)
  step.output('findings', JSON.stringify(findings))
  const stopping = findings.filter((finding) => stops(finding, inputs.phase))
  for (const finding of findings)
    if (!stopping.includes(finding)) step.info(`As phase contract allows: ${findingLine(finding)}`)
  if (stopping.length === 0) return scripts
  step.summary(findingTable(stopping))
  const certain = stopping.filter(({ kind }) => kind === 'fails')
  if (inputs.acceptRisk !== '' && certain.length === 0) {
    for (const finding of stopping) step.warn(`${findingLine(finding)}. Accepted: ${inputs.acceptRisk}`)
    return scripts
  }
  throw new Failure(
    'lint',
    `${stopping.length === 1 ? 'One finding stops' : `${stopping.length} findings stop`} this migration; nothing was applied.\n${stopping.map((finding) => `  - ${findingLine(finding)}. Instead: ${finding.mend}`).join('\n')}`,
    'mend the migration; or give accept-risk with the reason, which is then kept in the record.',
  )
}

function findingTable(findings: readonly Finding[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const rows = findings.map(
    ({ file, line, text, mend, rule }) => `| \`${file}:${line}\` | ${cell(text)} (${rule}) | ${cell(mend)} |`,
  )
  return `| where | what | instead |\n|---|---|---|\n${rows.join('\n')}`
}

/** Opens everything for `task`, and gives everything back, whatever happens. */
export async function withDatabase<Undo, T>(
  inputs: MigrateInputs,
  step: Step<Undo>,
  task: (open: Open<Undo>, phase: ReturnType<typeof timed>) => Promise<T>,
): Promise<T> {
  const phase = timed(step)
  // Lists, however the step ends: what is applied is said again once it is.
  step.output('applied', '[]')
  step.output('findings', '[]')
  step.output('schema', '[]')
  let route: Route | undefined
  let session: Session | undefined
  try {
    return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
      session = await phase.run('wait', async () => {
        route = await openRoute(inputs, step, signal)
        return openControl(route, inputs, signal)
      })
      return task({ step, inputs, route: route as Route, session, signal }, phase)
    })
  } catch (cause) {
    if (step.signal.aborted) throw new Interrupted()
    if (session?.lost.aborted && !(cause instanceof Failure))
      throw new Failure(
        'database-lost',
        'The connection to the database, and the lock with it, was lost.',
        'see what the database says, and run this again.',
        { cause },
      )
    throw cause
  } finally {
    await session?.close()
    await route?.close()
    step.info(`It took: ${phase.text()}.`)
    step.summary(`**migrate-db** ${inputs.release.service} ${inputs.release.environment}: ${phase.text()}`)
  }
}

/** `command: status` and `command: lint`: no lock, no change. */
export async function lookOnly<Undo>(inputs: MigrateInputs, step: Step<Undo>): Promise<Outcome> {
  return withDatabase(inputs, step, async (open, phase) => {
    const seen = await phase.run('inspect', () => inspect(open))
    tell(step, seen)
    await judge(open, seen)
    const { pending } = seen.plan
    if (inputs.command !== 'status') {
      const scripts = await phase.run('lint', () => lintPending(open, seen))
      if (inputs.command === 'apply') preview(step, scripts)
    }
    if (inputs.command === 'apply')
      step.info(`It would apply ${pending.length} migration(s) with ${seen.driver.tool}. Nothing was changed.`)
    return { result: 'unchanged' }
  })
}

/** Outputs and summary of what is applied and pending. */
export function tell<Undo>(step: Step<Undo>, { driver, history, plan, work }: Seen): void {
  const pending = plan.pending.map(({ name }) => name)
  step.output('tool', driver.tool)
  step.output('pending', JSON.stringify(pending))
  step.output('version', work.migrations.filter(({ name }) => history.applied.includes(name)).at(-1)?.name ?? '')
  const list = pending.map((name) => `- ${name}`).join('\n') || '- nothing'
  step.summary(`${driver.tool}: ${history.applied.length} applied; pending:\n\n${list}`)
}

function preview<Undo>(step: Step<Undo>, scripts: readonly Script[]): void {
  if (scripts.length === 0) return
  const text = scripts.map(({ file, text }) => `-- ${file}\n${text.trim()}`).join('\n\n')
  const shown = text.length > 60_000 ? `${text.slice(0, 60_000)}\n-- … and more` : text
  step.summary(`<details><summary>The SQL that would run</summary>\n\n${codeBlock(shown, 'sql')}\n</details>`)
}
