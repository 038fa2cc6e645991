import { setTimeout as sleep } from 'node:timers/promises'
import type { JobResult, WorkflowRunResult } from '@belay/workflow-runner'
import { expectedFor, namesOf, schemaProblems } from '../schema.ts'
import type { Lab } from './lab.ts'
import type { ProductionLab } from './production.ts'
import { database } from './production.ts'
import type { ExpectedJob, ProductionExpectation } from './production-expectation.ts'
import { lookAtSlots, type SeenSlots, slotProblems } from './slots.ts'
import { type TrafficReport, trafficProblems } from './traffic.ts'

export interface ProductionVerification {
  readonly seen: readonly SeenSlots[]
  /** Names of the migrations that are applied, in their order. */
  readonly schema: readonly string[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  /** Seconds until all was as promised, or until the wait ended. */
  readonly seconds: number
}

/** In seconds. A lock is released a moment after the last reply. */
const lockSeconds = 5

/** Inspects hosts and database until all is as promised; for `laterSeconds` if that may take long. */
export async function verifyProduction(
  lab: Lab,
  production: ProductionLab,
  expectation: ProductionExpectation,
  /** The number of Slack's messages before the run. */
  messagesBefore: number,
  laterSeconds: number,
  onWait: (places: readonly string[], seconds: number) => void,
): Promise<ProductionVerification> {
  const started = performance.now()
  const patience = expectation.later ? laterSeconds : lockSeconds
  // On a busy machine one inspection may take longer than that: a problem must be found twice.
  for (let count = 1; ; count += 1) {
    const schema = await appliedMigrations(production)
    const { expectedJobs } = expectedFor(expectation.outcomes, schema)
    const inspections = await Promise.all(
      lab.hosts.flatMap((host) =>
        expectedJobs.map(async (job) => {
          const seen = await lookAtSlots(host, job.service)
          return { seen, problems: slotProblems(seen, job) }
        }),
      ),
    )
    const inDatabase = [
      ...schemaProblems(expectation.outcomes, schema),
      ...(await databaseProblems(production, expectedJobs)),
    ]
    const problems = [
      ...inspections.flatMap((one) => one.problems),
      ...inDatabase,
      ...reportingProblems(lab, production, expectation, messagesBefore),
    ]
    const seconds = (performance.now() - started) / 1000
    const seen = inspections.map((one) => one.seen)
    if (problems.length === 0 || (count > 1 && seconds >= patience)) return { seen, schema, problems, seconds }
    const wrong = inspections.filter((one) => one.problems.length > 0)
    onWait(
      wrong.map(({ seen }) => `${seen.service.name} on ${seen.host.name}`),
      seconds,
    )
    await sleep(200)
  }
}

/** Where conclusions, results and traffic are not as promised. `jobs`: those of the schema that was found. */
export function runProblems(
  { conclusion: expected }: ProductionExpectation,
  expectedJobs: readonly ExpectedJob[],
  { conclusion, jobs }: WorkflowRunResult,
  trafficReports: readonly TrafficReport[],
): string[] {
  return [
    ...(conclusion === expected ? [] : [`the run must end as ${expected}, not ${conclusion}`]),
    ...expectedJobs.flatMap((job) => jobProblems(job, jobs[job.job])),
    ...trafficReports.flatMap((one) => {
      const job = expectedJobs.find(({ service }) => service === one.service)
      return trafficProblems(one, job?.announced ?? [])
    }),
  ]
}

function jobProblems({ job, conclusion, promised, service, named }: ExpectedJob, found: JobResult | undefined) {
  const wanted = promised?.result ?? 'unchanged'
  // A lost runner has no outputs: for a reader that is `unknown`.
  // With a fault before the first Belay step there is no result, which also means `unchanged`.
  const said = found?.outputs[service.name] || (conclusion === 'lost' ? wanted : 'unchanged')
  const log = found?.steps.map((step) => step.log).join('\n') ?? ''
  const stays = /schema of \S+: (?:stays|mixed)\..*/.exec(log)?.[0] ?? ''
  return [
    ...(found?.conclusion === conclusion ? [] : [`${job} must end as ${conclusion}, not ${found?.conclusion}`]),
    ...(said === wanted
      ? []
      : [`the result of ${job} must be ${wanted}, not ${found?.outputs[service.name] || 'empty'}`]),
    ...namesOf(named)
      .filter((name) => !stays.includes(name))
      .map((name) => `${job} must name ${name}, which is not undone, but says "${stays}"`),
  ]
}

/** The migrations in Belay's own table; empty if the table does not exist. */
async function appliedMigrations({ postgres }: ProductionLab): Promise<string[]> {
  const [table] = await postgres.query<{ found: string | null }>(
    database,
    "select to_regclass('belay_migrations')::text as found",
  )
  if (!table?.found) return []
  const rows = await postgres.query<{ name: string }>(database, 'select * from belay_migrations order by version')
  return rows.map(({ name }) => name)
}

/** A migration must leave no lock, and no invalid index unless the result is `mixed`. */
async function databaseProblems({ postgres }: ProductionLab, expectedJobs: readonly ExpectedJob[]): Promise<string[]> {
  const locks = await postgres.query(database, "select pid from pg_locks where locktype = 'advisory'")
  const half = expectedJobs.some(({ promised }) => promised?.result === 'mixed')
  const broken = await postgres.query<{ name: string }>(
    database,
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return [
    ...(locks.length === 0 ? [] : ['the database still holds an advisory lock']),
    ...(half ? [] : broken).map(({ name }) => `the index ${name} is not valid`),
  ]
}

/** Neither Slack nor GitHub may still show a running release. */
function reportingProblems(
  { slack }: Lab,
  { github }: ProductionLab,
  { messageUnowned }: ProductionExpectation,
  messagesBefore: number,
): string[] {
  const open = github.deployments().filter(({ statuses }) => {
    const state = statuses[0]?.state ?? 'pending'
    return ['pending', 'queued', 'in_progress'].includes(state)
  })
  const running = slack
    .messages()
    .slice(messagesBefore)
    .filter(({ text }) => text.startsWith('⏳') && !messageUnowned)
  return [
    ...open.map(({ id, payload }) => `the deployment ${id} on GitHub has no final status: ${JSON.stringify(payload)}`),
    ...running.map(({ text }) => `a message in Slack still says that the release runs: ${text.split('\n')[0]}`),
  ]
}
