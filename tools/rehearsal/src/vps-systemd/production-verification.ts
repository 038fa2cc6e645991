import { setTimeout as sleep } from 'node:timers/promises'
import type { JobResult, PlayResult } from '@belay/workflow-runner'
import { expectedFor, namesOf, schemaProblems } from '../schema.ts'
import type { Stage } from './lab.ts'
import type { ProductionStage } from './production.ts'
import { database } from './production.ts'
import type { ExpectedLeg, ProductionExpectation } from './production-expectation.ts'
import { lookAtSlots, type SeenSlots, slotProblems } from './slots.ts'
import { type Lived, livedProblems } from './traffic.ts'

export interface ProductionProof {
  readonly seen: readonly SeenSlots[]
  /** Names of the migrations that are applied, in their order. */
  readonly schema: readonly string[]
  /** What is not as promised; empty where all is. */
  readonly problems: readonly string[]
  /** Until all was as promised, or nothing more was waited for. */
  readonly seconds: number
}

/** Locks are given back a moment after the last word. */
const lockSeconds = 5

/** Asks hosts and database what is there until that is what was promised, for `laterSeconds` where that may take long. */
export async function proveProduction(
  stage: Stage,
  production: ProductionStage,
  expectation: ProductionExpectation,
  /** Slack's messages before the run. */
  told: number,
  laterSeconds: number,
  onWait: (places: readonly string[], seconds: number) => void,
): Promise<ProductionProof> {
  const started = performance.now()
  const patience = expectation.later ? laterSeconds : lockSeconds
  // One look may take longer than that where the machine is busy: what is wrong must be so twice.
  for (let looked = 1; ; looked += 1) {
    const schema = await appliedMigrations(production)
    const { legs } = expectedFor(expectation.outcomes, schema)
    const looks = await Promise.all(
      stage.hosts.flatMap((host) =>
        legs.map(async (leg) => {
          const seen = await lookAtSlots(host, leg.service)
          return { seen, problems: slotProblems(seen, leg) }
        }),
      ),
    )
    const inDatabase = [...schemaProblems(expectation.outcomes, schema), ...(await databaseProblems(production, legs))]
    const problems = [
      ...looks.flatMap((look) => look.problems),
      ...inDatabase,
      ...toldProblems(stage, production, expectation, told),
    ]
    const seconds = (performance.now() - started) / 1000
    const seen = looks.map((look) => look.seen)
    if (problems.length === 0 || (looked > 1 && seconds >= patience)) return { seen, schema, problems, seconds }
    const wrong = looks.filter((look) => look.problems.length > 0)
    onWait(
      wrong.map((look) => `${look.seen.service.name} on ${look.seen.host.name}`),
      seconds,
    )
    await sleep(200)
  }
}

/** What of the jobs' ends and of what users lived through is not as promised. `legs`: those of the schema that was seen. */
export function runProblems(
  { conclusion: expected }: ProductionExpectation,
  legs: readonly ExpectedLeg[],
  { conclusion, jobs }: PlayResult,
  lived: readonly Lived[],
): string[] {
  return [
    ...(conclusion === expected ? [] : [`the run must end as ${expected}, not ${conclusion}`]),
    ...legs.flatMap((leg) => jobProblems(leg, jobs[leg.job])),
    ...lived.flatMap((one) => {
      const leg = legs.find(({ service }) => service === one.service)
      return livedProblems(one, leg?.announced ?? [])
    }),
  ]
}

function jobProblems({ job, conclusion, promised, service, named }: ExpectedLeg, played: JobResult | undefined) {
  const wanted = promised?.result ?? 'unchanged'
  // A runner that vanished has no outputs any more: that is how a reader comes to `unknown`.
  // Where a fault strikes before the first step of Belay, nothing has said anything, which is `unchanged` as well.
  const said = played?.outputs[service.name] || (conclusion === 'lost' ? wanted : 'unchanged')
  const log = played?.steps.map((step) => step.log).join('\n') ?? ''
  const stays = /schema of \S+: (?:stays|mixed)\..*/.exec(log)?.[0] ?? ''
  return [
    ...(played?.conclusion === conclusion ? [] : [`${job} must end as ${conclusion}, not ${played?.conclusion}`]),
    ...(said === wanted
      ? []
      : [`the result of ${job} must be ${wanted}, not ${played?.outputs[service.name] || 'empty'}`]),
    ...namesOf(named)
      .filter((name) => !stays.includes(name))
      .map((name) => `${job} must name ${name}, which is not taken back, but says "${stays}"`),
  ]
}

/** What Belay's own table says; nothing where it was never made. */
async function appliedMigrations({ postgres }: ProductionStage): Promise<string[]> {
  const [table] = await postgres.query<{ found: string | null }>(
    database,
    "select to_regclass('belay_migrations')::text as found",
  )
  if (!table?.found) return []
  const rows = await postgres.query<{ name: string }>(database, 'select * from belay_migrations order by version')
  return rows.map(({ name }) => name)
}

/** Nothing of a migration is left: no lock, and no index that is only half there, unless the result says so. */
async function databaseProblems({ postgres }: ProductionStage, legs: readonly ExpectedLeg[]): Promise<string[]> {
  const locks = await postgres.query(database, "select pid from pg_locks where locktype = 'advisory'")
  const half = legs.some(({ promised }) => promised?.result === 'mixed')
  const broken = await postgres.query<{ name: string }>(
    database,
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return [
    ...(locks.length === 0 ? [] : ['the database still holds an advisory lock']),
    ...(half ? [] : broken).map(({ name }) => `the index ${name} is not valid`),
  ]
}

/** Nobody must be left to think that a release is still under way. */
function toldProblems(
  { slack }: Stage,
  { github }: ProductionStage,
  { unheard }: ProductionExpectation,
  told: number,
): string[] {
  const open = github.deployments().filter(({ statuses }) => {
    const state = statuses[0]?.state ?? 'pending'
    return ['pending', 'queued', 'in_progress'].includes(state)
  })
  const running = slack
    .messages()
    .slice(told)
    .filter(({ text }) => text.startsWith('⏳') && !unheard)
  return [
    ...open.map(({ id, payload }) => `the deployment ${id} on GitHub never ended: ${JSON.stringify(payload)}`),
    ...running.map(({ text }) => `a message in Slack never ended: ${text.split('\n')[0]}`),
  ]
}
