import type { LoadReport } from '@belay/load'
import { startLoadClient } from '@belay/load'
import type { WorkflowRunOptions } from '@belay/workflow-runner'
import { leftoverProblems } from '../checks/leftovers.ts'
import { reportProblems } from '../checks/reports.ts'
import { type Fault, faultsOf, injectionProblems } from '../fault.ts'
import { leftoversInReports, leftoversOnHosts } from '../observe/leftovers.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot } from '../paths.ts'
import { readPromises } from '../promises.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import { shortTimes } from '../short-times.ts'
import { reportProblems as trafficProblems } from '../traffic-report.ts'
import { verifyUntil } from '../verify.ts'
import type { Version } from '../version.ts'
import { type ExpectedUnit, expectedUnit } from './expectation.ts'
import type { Unit } from './facts.ts'
import { inspectUnit, type SeenUnit } from './inspect.ts'
import { callerRepository, type Lab } from './lab.ts'
import { environmentFor, launcherFor } from './launcher.ts'
import { goalProblems, jobProblems, unitProblems } from './problems.ts'
import { getsSecret } from './secrets.ts'
import { ofRepository } from './variables.ts'
import { type ReleaseWorkflow, startOptions } from './workflows.ts'

/** One run of a workflow: what it releases over what, perhaps with a fault. */
export interface Run {
  readonly workflow: ReleaseWorkflow
  readonly units: readonly Unit[]
  readonly branch: string
  readonly version: Version
  /** What serves before; undefined: nothing was ever released. */
  readonly old: Version | undefined
  /** Requested as `previous`. */
  readonly back: boolean
  readonly fault: Fault | undefined
  /** All steps of the workflow. */
  readonly paths: readonly string[]
}

export interface Rehearsed {
  readonly runResult: EndedRun
  readonly expected: readonly ExpectedUnit[]
  readonly seen: readonly SeenUnit[]
  readonly traffic: readonly UnitTraffic[]
  readonly seconds: number
  readonly problems: readonly string[]
}

/** What users of one URL saw. */
export interface UnitTraffic {
  readonly unit: Unit
  readonly url: string
  readonly report: LoadReport
}

export interface Watching {
  readonly onEvent: NonNullable<WorkflowRunOptions['onEvent']>
  readonly onVerify: (later: boolean) => void
  /** Gets the services that are not as promised yet. */
  readonly onWait: (services: readonly string[], seconds: number) => void
}

/** In seconds, of a job whose runner is lost: long enough to reach the fault, short enough for a user who waits. */
export const confirmTimeout = 40
/** What a server needs at most beyond it: an unarmed lock is held for 60 s, and a service restarts. */
const beyondSeconds = 60 + 30

/** Runs a workflow under traffic and verifies the result. */
export async function rehearse(lab: Lab, run: Run, { onEvent, onVerify, onWait }: Watching): Promise<Rehearsed> {
  const { units, version, old, fault, workflow, paths } = run
  const reports = followReports(lab.slack, lab.github)
  const users = await openUsers(lab, old ? units : [])
  try {
    const runResult = await lab.runs.run(run.back && old ? old : version, { ...runOptions(lab, run), onEvent })
    const promises = readPromises(belayRoot)
    const expected = units.map((unit) => expectedUnit(promises, unit, runResult, version, old))
    const later = expected.some((one) => one.later)
    onVerify(later)
    const verified = await verifyUntil(
      async () => {
        const seen = await Promise.all(units.map((unit) => inspectUnit(unit, lab.servers, lab.network)))
        const ofUnits = expected.map((one, index) => unitProblems(one, seen[index] as SeenUnit))
        const problems = [
          ...ofUnits.flat(),
          ...(getsSecret(workflow.steps, 'slack-token') ? reportProblems(runResult, reports()) : []),
        ]
        const left = problems.length > 0 ? [] : await leftProblems(lab, runResult, reports())
        const wrong = units.filter((_, index) => ofUnits[index]?.length).map(({ service }) => service)
        return { seen, wrong, problems: [...problems, ...left] }
      },
      later ? confirmTimeout + beyondSeconds : undefined,
      ({ wrong }, seconds) => onWait(wrong, seconds),
    )
    const traffic = await users.stop()
    const problems = [
      ...goalProblems(runResult, expected, fault !== undefined),
      ...injectionProblems(runResult, fault, paths),
      ...jobProblems(expected, runResult),
      ...verified.problems,
      // A restart interrupts a service without slots: failed requests are shown only.
      ...traffic.flatMap(({ url, report }) => trafficProblems(url, report, old ? [old, version] : [version], 'shown')),
    ]
    return { runResult, expected, seen: verified.seen, traffic, seconds: verified.seconds, problems }
  } finally {
    await users.stop()
  }
}

async function leftProblems(lab: Lab, run: EndedRun, reports: ReturnType<ReturnType<typeof followReports>>) {
  const hosts = lab.servers.map(({ host }) => host)
  const elsewhere = [...leftoversInReports(reports, run.secrets), ...(await leftoversOnHosts(hosts, run.secrets, []))]
  return leftoverProblems([...run.leftovers, ...elsewhere], run.processesLeft)
}

function runOptions(lab: Lab, { workflow, version, old, back, branch, fault, paths }: Run): RunOptions {
  const times = fault?.kind === 'loseRunner' ? shortTimes(confirmTimeout) : {}
  const environments = Object.entries(lab.variables).filter(([name]) => name !== ofRepository)
  const start = back
    ? { event: { name: 'workflow_dispatch' }, inputs: { version: 'previous' } }
    : startOptions(workflow, version)
  return {
    workflow: workflow.file,
    repository: callerRepository,
    defaultBranch: branch,
    sha: (back && old ? old : version).sha,
    ...start,
    apiUrl: lab.github.url,
    vars: { ...lab.variables[ofRepository], ...times },
    // All of them may be an environment's or the repository's: which is which no file says.
    secrets: { ...lab.secrets },
    environments: Object.fromEntries(environments.map(([name, vars]) => [name, { vars: { ...vars, ...times } }])),
    ...(fault && { faults: faultsOf(fault, paths) }),
    launch: launcherFor(workflow, lab.network, lab.user),
    stepEnv: environmentFor(workflow, lab.user),
  }
}

interface Users {
  stop(): Promise<UnitTraffic[]>
}

/** Users of each URL, in the network of the servers. */
async function openUsers({ network }: Lab, units: readonly Unit[]): Promise<Users> {
  const clients = await Promise.all(
    units.flatMap((unit) =>
      unit.urls.map(async (url) => {
        const options = {
          url,
          rate: 10,
          connections: 'fresh',
          versionOf: unit.versionFrom,
          enter: network.enter,
        } as const
        return { unit, url, client: await startLoadClient(options) }
      }),
    ),
  )
  return {
    stop: () => Promise.all(clients.map(async ({ unit, url, client }) => ({ unit, url, report: await client.stop() }))),
  }
}
