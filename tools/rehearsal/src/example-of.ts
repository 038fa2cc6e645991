import type { FakeSlack } from '@belay/fakes/slack'
import type { TestHost } from '@belay/test-hosts'
import { stepPaths } from '@belay/workflow-runner'
import type { Asked, Example, Opened } from './example.ts'
import { shorterGate } from './example-variables.ts'
import { belayRoot, exampleFolder, workflowPath } from './paths.ts'
import { rehearsalOf } from './rehearsal.ts'
import type { Rehearsed } from './rehearse.ts'
import { type Run, runsOf, type Scenario, type State } from './scenario.ts'
import type { System, Times } from './system.ts'
import { type Version, v1, v2 } from './version.ts'
import { type Case, casesFor, openWorker, type Worker } from './worker.ts'

/** What differs from example to example. Each environment has the workflow of its name. */
export interface Description<Environment extends string>
  extends Pick<Example, 'name' | 'help' | 'externalFailures' | 'prepare'> {
  readonly environments: readonly Environment[]
  /** The folders below actions/ that it runs besides those of `release` itself. */
  readonly actions: readonly string[]
  readonly times: Times
  scenario(environment: Environment, paths: readonly string[]): Scenario | Promise<Scenario>
  /** Its servers for these environments. They end with `close` or with this process. */
  open(environments: readonly Environment[]): Promise<Servers<Environment>>
  /** By environment: the steps at which a fault is worth a run in a first release, too. */
  readonly changing: Readonly<Partial<Record<Environment, RegExp>>>
  /** Workers side by side. Default: one, because users need the machine. */
  readonly workers?: Readonly<Partial<Record<Environment, number>>>
}

/** Servers that run. */
export interface Servers<Environment extends string> {
  readonly slack: FakeSlack
  readonly names: ReadonlyMap<string, string>
  /** Which servers run where, and what is faked. */
  readonly lines: readonly string[]
  system(environment: Environment): System
  /** Where the later environments ask for the proof of the first. */
  readonly proof?: Proof
  /** Makes the schema again what it was. */
  restore?(environment: Environment, schema: State['schema']): Promise<void>
  close(): Promise<void>
}

/** How the first environment proves a version. */
export interface Proof {
  /** Runs only the build of its workflow; returns the number of the run. */
  build(version: Version): Promise<number>
  /** From now on GitHub has that run as a success of the version. */
  mark(version: Version, run: number): void
}

/** The bundles of the composite action and what it always runs. */
export const releaseBundles: readonly string[] = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map(
  (name) => `release/${name}`,
)

/** An example as the commands know it. */
export function exampleOf<Environment extends string>(one: Description<Environment>): Example {
  const { name, help, environments, externalFailures = [], workers = {} } = one
  const root = exampleFolder(name)
  const named = (environment: string) => environment as Environment
  const count = (environment: Environment) => (workers as Partial<Record<Environment, number>>)[environment] ?? 1
  return {
    name,
    help,
    environments,
    externalFailures,
    bundles: [...one.actions, ...releaseBundles],
    paths: (environment, workDir) =>
      stepPaths({ workflow: workflowPath(root, `${environment}.yml`), belayRoot, callerRoot: root, workDir }),
    prepare: (asked, preparation) => one.prepare(asked, preparation),
    open: async (asked) => openedOf(one, asked, await one.open(asked.environments.map(named))),
    cases: (environment, begun) => casesOf(one, named(environment), begun),
    async workers(environment, paths) {
      const scenario = await one.scenario(named(environment), paths)
      return Array.from({ length: count(named(environment)) }, () => workerOf(one, named(environment), scenario))
    },
  }
}

/** The names of hosts, by what logs call them. */
export function namesOf(hosts: readonly TestHost[]): Map<string, string> {
  return new Map(hosts.flatMap(({ target, address, name }) => [target, address].map((each) => [each, name])))
}

async function openedOf<Environment extends string>(
  { times, scenario, environments }: Description<Environment>,
  asked: Asked,
  servers: Servers<Environment>,
): Promise<Opened> {
  const { slack, names, lines, system, proof } = servers
  const prover = proof && proverOf(proof)
  const [first] = environments
  const rehearsals = (asked.environments as readonly Environment[]).map(async (environment) =>
    runsOf(await scenario(environment, asked.paths[environment] ?? []), asked).map((run) =>
      rehearsalOf(run, {
        times,
        system: () => system(environment),
        ...(prover && environment !== first && { begin: (terminal) => prover.buildAll(terminal.status) }),
        ...(prover && environment === first && { ended: (rehearsed) => prover.released(run, rehearsed) }),
      }),
    ),
  )
  return {
    slack,
    names,
    lines: [...lines, shorterGate],
    rehearsals: (await Promise.all(rehearsals)).flat(),
    close: () => servers.close(),
  }
}

/** Builds what no run has proven yet. */
function proverOf({ build, mark }: Proof) {
  const proven = new Set<Version>()
  return {
    async buildAll(say: (text: string) => void): Promise<void> {
      for (const version of [v1, v2]) {
        if (proven.has(version)) continue
        say(`QA builds ${version.name}`)
        mark(version, await build(version))
        proven.add(version)
      }
    },
    released({ version }: Run, { problems, expectation, runResult }: Rehearsed): void {
      const serves = expectation.units.every((unit) => unit.version === version)
      if (problems.length > 0 || !serves) return
      mark(version, Number(runResult.runId))
      proven.add(version)
    },
  }
}

/** All faults over a previous release, some over none, and all external failures in the first environment. */
function casesOf<Environment extends string>(
  { changing, environments, externalFailures = [] }: Description<Environment>,
  environment: Environment,
  begun: readonly string[],
): Case[] {
  const first = changing[environment]
  const others = environment === environments[0] ? externalFailures : []
  return [
    ...casesFor(first ? begun.filter((path) => first.test(path)) : [], undefined),
    ...casesFor(begun, v1),
    ...others.map((externalFailure) => ({ externalFailure, old: v1 })),
  ]
}

/** Servers for one release after the other. */
function workerOf<Environment extends string>(
  { open, environments }: Description<Environment>,
  environment: Environment,
  scenario: Scenario,
): Worker {
  return openWorker(scenario, async () => {
    const servers = await open([environment])
    try {
      if (servers.proof && environment !== environments[0]) await proverOf(servers.proof).buildAll(() => {})
    } catch (error) {
      await servers.close()
      throw error
    }
    const { restore } = servers
    return {
      system: servers.system(environment),
      ...(restore && { restore: (schema) => restore(environment, schema) }),
      close: () => servers.close(),
    }
  })
}
