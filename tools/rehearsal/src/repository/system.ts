import { inspectPlain, type SeenPlace } from '../observe/place.ts'
import { knownVersions, type Run, type Scenario } from '../scenario.ts'
import type { System } from '../system.ts'
import type { DerivedUnit } from './facts.ts'
import { ask, commitIn, targetsOf } from './inspect.ts'
import type { Lab } from './lab.ts'
import { runOptions } from './run-options.ts'
import { getsSecret } from './secrets.ts'
import type { Server } from './servers.ts'
import type { Versions } from './versions.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** An unarmed lock is held for 60 s, and a service restarts. */
export const times = { confirm: 40, beyond: 60 + 30 } as const

/** A workflow of a repository, with the services that it releases. */
export interface Flow {
  readonly workflow: ReleaseWorkflow
  readonly units: readonly DerivedUnit[]
}

export function scenarioOf({ workflow, units }: Flow, { first, second }: Versions, paths: readonly string[]): Scenario {
  return {
    environment: workflow.file,
    prefix: `${workflow.file}: `,
    units: units.map((unit) => ({
      job: unit.job,
      service: nameOf(unit, units),
      table: 'promises',
      steps: { deploy: unit.deploy },
    })),
    paths,
    versions: [first, second],
    goesBack: workflow.goesBack,
  }
}

/** A service that a workflow releases to several environments is one in each. */
function nameOf({ service, environment }: DerivedUnit, units: readonly DerivedUnit[]): string {
  return units.filter((unit) => unit.service === service).length > 1 ? `${service} (${environment})` : service
}

export function systemOf(lab: Lab, { workflow, units }: Flow, versions: Versions): System {
  const { network, servers } = lab
  const named = units.map((unit) => ({ unit, service: nameOf(unit, units) }))
  return {
    slack: lab.slack,
    github: lab.github,
    hosts: servers.map(({ host }) => host),
    reports: getsSecret(workflow.steps, 'slack-token'),
    times,
    release: ({ back, version }, { vars, ...more }) => {
      // By hand it starts on the newest commit.
      const commit = back ? versions.second : version
      return lab.runs.run(commit, {
        ...runOptions(lab, workflow, { back, commit, branch: versions.branch }, vars),
        ...more,
      })
    },
    places: async (run) => {
      const places = named.flatMap(({ unit, service }) => [
        ...serversOf(unit, servers).map((server) => inspectServer(unit, service, server, run)),
        inspectUrls(unit, service, lab),
      ])
      return Promise.all(places)
    },
    targets: () => named.flatMap(({ unit, service }) => targetsOf(unit, service, network)),
    // In the network of the servers.
    users: ({ before }) =>
      named
        .filter(({ service }) => before[service])
        .flatMap(({ unit, service }) =>
          unit.urls.map((url) => ({
            service,
            where: url,
            options: {
              url,
              rate: 10,
              connections: 'fresh' as const,
              versionOf: unit.versionFrom,
              enter: network.enter,
            },
          })),
        ),
  }
}

function serversOf({ hosts }: DerivedUnit, servers: readonly Server[]): Server[] {
  return servers.filter(({ name }) => hosts.some(({ address }) => address === name))
}

/** The release behind `current`, by the commit in its name: not every service writes it into a file. */
async function inspectServer(
  { path }: DerivedUnit,
  service: string,
  { name, host }: Server,
  run: Run,
): Promise<SeenPlace> {
  const seen = await inspectPlain(host, { service, place: name, path }, async () => [])
  const link = seen.current?.link
  const commit = link && commitIn(link)
  const version = knownVersions(run).find(({ sha }) => commit && sha.startsWith(commit))
  return { ...seen, current: { link, sha: version?.sha ?? commit } }
}

/** What each of its URLs reports. */
async function inspectUrls(unit: DerivedUnit, service: string, { network }: Lab): Promise<SeenPlace> {
  const answers = await Promise.all(
    unit.urls.map(async (url) => {
      const { text, version } = await ask(url, unit.versionFrom, network)
      return { url, sha: version, text }
    }),
  )
  return { service, place: '', answers, locked: [], open: [] }
}
