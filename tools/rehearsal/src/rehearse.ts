import type { LoadReport } from '@belay/load'
import { startLoadClient } from '@belay/load'
import type { WorkflowRunOptions } from '@belay/workflow-runner'
import { withCommonProblems } from './checks/common.ts'
import { databaseProblems, namingProblems } from './checks/database.ts'
import { placeProblems } from './checks/places.ts'
import { goalProblems, resultProblems } from './checks/run.ts'
import { neighbourProblems, tagProblems, unnamedTags } from './checks/surroundings.ts'
import { type Expectation, type ExpectedUnit, expectationOf } from './expect/expectation.ts'
import { isOfCluster, readTables } from './expect/tables.ts'
import { faultsOf, injectionProblems } from './fault.ts'
import { digestOf, type Observation, observe, observeSurroundings, type Surroundings } from './observe/observation.ts'
import { type SeenPlace, whereOf } from './observe/place.ts'
import { followReports, type Reports } from './observe/reports.ts'
import { belayRoot } from './paths.ts'
import type { EndedRun } from './runs.ts'
import type { Run } from './scenario.ts'
import { shortTimes } from './short-times.ts'
import { slackText } from './slack-text.ts'
import type { System, User } from './system.ts'
import { type Failures, reportProblems } from './traffic-report.ts'
import { verifyUntil } from './verify.ts'

export interface Rehearsed {
  readonly runResult: EndedRun
  /** What was promised, with the schema that was found. */
  readonly expectation: Expectation
  readonly seen: Observation
  readonly traffic: readonly UserReport[]
  /** Seconds until all was as promised, or until the wait ended. */
  readonly seconds: number
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

/** What users of a service saw. */
export interface UserReport extends Omit<User, 'options'> {
  readonly report: LoadReport
}

export interface Watching {
  readonly onEvent?: NonNullable<WorkflowRunOptions['onEvent']>
  /** The run has ended and its hosts are inspected; `later`: they restore themselves. */
  readonly onVerify?: (later: boolean) => void
  /** Gets the services that are not as promised yet. */
  readonly onWait?: (places: readonly string[], seconds: number) => void
}

/** Runs a workflow under traffic, and inspects what it changed until all is as promised. */
export async function rehearse(
  system: System,
  run: Run,
  { onEvent = () => {}, onVerify = () => {}, onWait = () => {} }: Watching = {},
): Promise<Rehearsed> {
  const { fault, externalFailure, scenario } = run
  const { times } = system
  const tables = readTables(belayRoot)
  const before = await observeSurroundings(system)
  const reports = followReports(system.slack, system.github)
  const more = system.watch?.(run)
  const injection = externalFailure ? system.inject?.(externalFailure) : undefined
  const users = await openUsers(system.users(run))
  try {
    const runResult = await system.release(run, {
      onEvent(event, controller) {
        injection?.onEvent?.(event)
        onEvent(event, controller)
      },
      ...(fault && { faults: faultsOf(fault, scenario.paths) }),
      ...(fault?.kind === 'loseRunner' && { vars: shortTimes(times.confirm) }),
    })
    injection?.end()
    const { later } = expectationOf(tables, run, runResult)
    onVerify(later)
    const verified = await verifyUntil(
      async () => {
        const seen = await observe(system, run)
        const expectation = expectationOf(tables, run, runResult, seen.database?.applied)
        const wrong = seen.places.filter((place) => problemsAt(place, expectation).length > 0)
        const found = [
          ...wrong.flatMap((place) => problemsAt(place, expectation)),
          ...databaseProblems(expectation, seen.database),
          ...(await surroundingProblems(system, before, seen, expectation, reports().messages)),
          ...((await more?.(runResult, expectation)) ?? []),
        ]
        const problems = await withCommonProblems(found, runResult, reports(), system)
        return { seen, expectation, wrong: wrong.map(whereOf), problems }
      },
      later ? times.confirm + times.beyond : times.settle,
      ({ wrong }, seconds) => onWait(wrong, seconds),
    )
    const { seen, expectation, seconds } = verified
    const traffic = await users.stop()
    const problems = [
      ...goalProblems(run, expectation, runResult, seen.database?.applied),
      ...injectionProblems(runResult, fault, scenario.paths),
      ...resultProblems(expectation, runResult),
      ...expectation.units.flatMap((unit) => namingProblems(unit, runResult.jobs[unit.unit.job])),
      ...verified.problems,
      ...traffic.flatMap((one) => trafficProblems(one, expectation)),
    ]
    return { runResult, expectation, seen, traffic, seconds, problems }
  } finally {
    injection?.end()
    await users.stop()
  }
}

/** What is promised for the service in a place. */
export function expectedAt({ service }: Pick<SeenPlace, 'service'>, { units }: Expectation): ExpectedUnit {
  const found = units.find(({ unit }) => unit.service === service)
  if (!found) throw new Error(`nothing is expected of ${service}`)
  return found
}

export function problemsAt(place: SeenPlace, expectation: Expectation): string[] {
  return placeProblems(place, expectedAt(place, expectation))
}

/** Requests may fail where a restart is the switch, or a disk: there a deploy on Render interrupts the service. */
export function failuresOf({ unit }: ExpectedUnit): Failures {
  return unit.table === 'traffic' || isOfCluster(unit.table) ? 'problems' : 'shown'
}

function trafficProblems({ service, where, report }: UserReport, expectation: Expectation): string[] {
  const expected = expectedAt({ service }, expectation)
  return reportProblems(where, report, expected.announced, failuresOf(expected))
}

async function surroundingProblems(
  system: System,
  before: Surroundings,
  seen: Observation,
  { units }: Expectation,
  messages: Reports['messages'],
): Promise<string[]> {
  const { tags } = system
  const moved = neighbourProblems(before, seen)
  const [one] = units
  if (!tags || !one) return moved
  const text = messages.flatMap((message) => slackText(message)).join('\n')
  return [
    ...moved,
    ...tagProblems(before, seen, one.tags, await digestOf(system, one.version)),
    ...unnamedTags(before, one.tags, tags.image, text),
  ]
}

/** Users of the services; they end with `stop` or with this process. */
async function openUsers(users: readonly User[]): Promise<{ stop(): Promise<UserReport[]> }> {
  const clients = await Promise.all(
    users.map(async ({ options, ...user }) => ({ user, client: await startLoadClient(options) })),
  )
  return {
    stop: () => Promise.all(clients.map(async ({ user, client }) => ({ ...user, report: await client.stop() }))),
  }
}
