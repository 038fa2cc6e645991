import type { JobResult, WorkflowRunResult } from '@belay/workflow-runner'
import { expectedFor, namesOf, schemaProblems } from '../schema.ts'
import { verifyUntil } from '../verify.ts'
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

/** How to verify a run. */
export interface Verifying {
  /** How long hosts may take that restore themselves, in seconds. */
  readonly laterSeconds: number
  /** Gets the services on hosts that are not as promised yet. */
  readonly onWait: (places: readonly string[], seconds: number) => void
  /** Adds the problems that are neither on a service of a host nor in the database to those that are. */
  readonly andMore: (problems: readonly string[]) => Promise<readonly string[]>
}

/** Inspects hosts and database until all is as promised. */
export function verifyProduction(
  lab: Lab,
  production: ProductionLab,
  expectation: ProductionExpectation,
  { laterSeconds, onWait, andMore }: Verifying,
): Promise<ProductionVerification> {
  return verifyUntil(
    async () => {
      const schema = await appliedMigrations(production)
      const { expectedJobs } = expectedFor(expectation.outcomes, schema)
      const inspections = await inspectSlots(lab, expectedJobs)
      const problems = await andMore([
        ...inspections.flatMap((one) => one.problems),
        ...schemaProblems(expectation.outcomes, schema),
        ...(await databaseProblems(production, expectedJobs)),
      ])
      return { seen: inspections.map((one) => one.seen), wrong: placesOf(inspections), schema, problems }
    },
    expectation.later ? laterSeconds : undefined,
    ({ wrong }, seconds) => onWait(wrong, seconds),
  )
}

interface InspectedSlots {
  readonly seen: SeenSlots
  readonly problems: readonly string[]
}

function inspectSlots({ hosts }: Lab, expectedJobs: readonly ExpectedJob[]): Promise<InspectedSlots[]> {
  return Promise.all(
    hosts.flatMap((host) =>
      expectedJobs.map(async (job) => {
        const seen = await lookAtSlots(host, job.service)
        return { seen, problems: slotProblems(seen, job) }
      }),
    ),
  )
}

function placesOf(inspections: readonly InspectedSlots[]): string[] {
  const wrong = inspections.filter(({ problems }) => problems.length > 0)
  return wrong.map(({ seen }) => `${seen.service.name} on ${seen.host.name}`)
}

/** Where conclusions, results and traffic are not as promised. `jobs`: those of the schema that was found. */
export function runProblems(
  { conclusion: expected }: ProductionExpectation,
  expectedJobs: readonly ExpectedJob[],
  { conclusion, jobs }: WorkflowRunResult,
  trafficReports: readonly TrafficReport[],
): string[] {
  return [
    ...endProblems(expected, conclusion),
    ...expectedJobs.flatMap((job) => jobProblems(job, jobs[job.job])),
    ...trafficReports.flatMap((one) => {
      const job = expectedJobs.find(({ service }) => service === one.service)
      return trafficProblems(one, job?.announced ?? [])
    }),
  ]
}

/** Where the run did not end as promised. */
export function endProblems(expected: string, conclusion: string): string[] {
  return conclusion === expected ? [] : [`the run must end as ${expected}, not ${conclusion}`]
}

/** Where a job did not end as promised. */
export function jobProblems({ job, conclusion, promised, service, named }: ExpectedJob, found: JobResult | undefined) {
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
