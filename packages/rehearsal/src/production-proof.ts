import { setTimeout as sleep } from 'node:timers/promises'
import type { PlayResult } from './engine/index.ts'
import type { ProductionStage } from './production.ts'
import { database } from './production.ts'
import type { ProductionExpectation } from './production-expectation.ts'
import { lookAtSlots, type SeenSlots, slotProblems } from './slots.ts'
import type { Stage } from './stage.ts'
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
  laterSeconds: number,
  onWait: (places: readonly string[], seconds: number) => void,
): Promise<ProductionProof> {
  const started = performance.now()
  const patience = expectation.later ? laterSeconds : lockSeconds
  for (;;) {
    const looks = await Promise.all(
      stage.hosts.flatMap((host) =>
        expectation.legs.map(async (leg) => {
          const seen = await lookAtSlots(host, leg.service)
          return { seen, problems: slotProblems(seen, leg) }
        }),
      ),
    )
    const schema = await appliedMigrations(production)
    const inDatabase = [...schemaProblems(schema, expectation), ...(await databaseProblems(production))]
    const problems = [...looks.flatMap((look) => look.problems), ...inDatabase, ...toldProblems(stage, production)]
    const seconds = (performance.now() - started) / 1000
    const seen = looks.map((look) => look.seen)
    if (problems.length === 0 || seconds >= patience) return { seen, schema, problems, seconds }
    const wrong = looks.filter((look) => look.problems.length > 0)
    onWait(
      wrong.map((look) => `${look.seen.service.name} on ${look.seen.host.name}`),
      seconds,
    )
    await sleep(200)
  }
}

/** What of the jobs' ends and of what users lived through is not as promised. */
export function runProblems(
  expectation: ProductionExpectation,
  { conclusion, jobs }: PlayResult,
  lived: readonly Lived[],
): string[] {
  const results = expectation.legs.flatMap(({ job, promised }) => {
    const said = jobs[job]?.env.BELAY_RESULT ?? ''
    const wanted = promised ? [promised.result] : ['', 'unchanged', 'unknown']
    return wanted.includes(said) ? [] : [`the result of ${job} must be ${wanted[0] || 'empty'}, not ${said || 'empty'}`]
  })
  return [
    ...(conclusion === expectation.conclusion
      ? []
      : [`the run must end as ${expectation.conclusion}, not ${conclusion}`]),
    ...results,
    ...lived.flatMap((one) => {
      const leg = expectation.legs.find(({ service }) => service === one.service)
      return livedProblems(one, leg?.announced ?? [])
    }),
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

function schemaProblems(schema: readonly string[], { schemas }: ProductionExpectation): string[] {
  const text = (names: readonly string[]) => names.map((name) => name.replace(/\.sql$/, '')).join(' ') || 'empty'
  if (schemas.some((one) => text(one) === text(schema))) return []
  return [`the schema must be ${schemas.map(text).join(', or ')}, but is ${text(schema)}`]
}

/** Nothing of a migration is left: no lock, no index that is only half there. */
async function databaseProblems({ postgres }: ProductionStage): Promise<string[]> {
  const locks = await postgres.query(database, "select pid from pg_locks where locktype = 'advisory'")
  const broken = await postgres.query<{ name: string }>(
    database,
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return [
    ...(locks.length === 0 ? [] : ['the database still holds an advisory lock']),
    ...broken.map(({ name }) => `the index ${name} is not valid`),
  ]
}

/** Nobody must be left to think that a release is still under way. */
function toldProblems({ slack }: Stage, { github }: ProductionStage): string[] {
  const open = github.deployments().filter(({ statuses }) => {
    const state = statuses[0]?.state ?? 'pending'
    return ['pending', 'queued', 'in_progress'].includes(state)
  })
  const running = slack.messages().filter(({ text }) => text.startsWith('⏳'))
  return [
    ...open.map(({ id, payload }) => `the deployment ${id} on GitHub never ended: ${JSON.stringify(payload)}`),
    ...running.map(({ text }) => `a message in Slack never ended: ${text.split('\n')[0]}`),
  ]
}
