import type { Unit } from '../expect/unit.ts'
import { knownVersions, type Scenario } from '../scenario.ts'
import type { System, Times, User } from '../system.ts'
import { otherContainers } from './compose-server.ts'
import type { DerivedUnit, HostName } from './facts.ts'
import { isCompose } from './images.ts'
import { inspectUnit, type NamedUnit, targetsOf } from './inspect-unit.ts'
import type { Lab } from './lab.ts'
import { migrationsOf } from './migrations.ts'
import { runOptions } from './run-options.ts'
import { getsSecret } from './secrets.ts'
import type { Server } from './servers.ts'
import type { Settings } from './settings.ts'
import { filesWithSecrets } from './unit-files.ts'
import type { Versions } from './versions.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** An unarmed lock is held for 60 s, and a service restarts. */
export function timesFor(units: readonly DerivedUnit[]): Times {
  const isBehind = units.some(({ proxies }) => proxies.length > 0)
  const forProxies = 240
  // Containers take longer to stop and to start than units.
  const restarts = units.some(isCompose) ? 60 : 30
  return { confirm: 40, beyond: 60 + restarts + (isBehind ? forProxies : 0), ...(isBehind && { forProxies }) }
}

/** A workflow of a repository, with the services that it releases. */
export interface Flow {
  readonly workflow: ReleaseWorkflow
  readonly units: readonly DerivedUnit[]
  readonly versions: Versions
  readonly settings: Settings
}

/** That of one workflow, among all that is known of a repository. */
export function flowOf(
  { workflows, ...facts }: Omit<Flow, 'workflow'> & { readonly workflows: readonly ReleaseWorkflow[] },
  file: string,
): Flow {
  const workflow = workflows.find((one) => one.file === file)
  if (!workflow) throw new Error(`${file} is not rehearsed`)
  return { ...facts, workflow, units: facts.units.filter((unit) => unit.workflow === file) }
}

export function scenarioOf({ workflow, units, versions, settings }: Flow, paths: readonly string[]): Scenario {
  const { first, second, root, label } = versions
  const { first: before, second: after, noTransactions } = migrationsOf(units, root, settings.newFiles)
  return {
    environment: label(workflow.file),
    prefix: label(workflow.file) === workflow.file ? `${workflow.file}: ` : '',
    units: units.map((unit) => unitOf(unit, nameOf(unit, units), settings)),
    paths,
    versions: [first, second],
    goesBack: workflow.goesBack,
    migrationsOf: (version) => (version === first ? before : after),
    noTransactions,
  }
}

function unitOf(unit: DerivedUnit, service: string, { needs }: Settings): Unit {
  const { job, deploy, switch: move, schema, slots, proxies } = unit
  // Where a restart is the switch, the table says nothing of a schema.
  if (slots.length === 0) return { job, service, table: 'promises', steps: { deploy } }
  const needed = needs[service]
  return {
    job,
    service,
    table: proxies.length > 0 ? 'elsewhere' : 'traffic',
    steps: { deploy, switch: move, ...(schema && { schema }) },
    ...(needed && { needs: needed }),
  }
}

/** A service that a workflow releases to several environments is one in each. */
function nameOf({ service, environment }: DerivedUnit, units: readonly DerivedUnit[]): string {
  return units.filter((unit) => unit.service === service).length > 1 ? `${service} (${environment})` : service
}

export function systemOf(lab: Lab, { workflow, units, versions, settings }: Flow): System {
  const { network, servers } = lab
  const named = units.map((unit): NamedUnit => {
    const among = (hosts: readonly HostName[]) =>
      servers.filter(({ name }) => hosts.some(({ address }) => address === name))
    return { unit, service: nameOf(unit, units), servers: among(unit.hosts), proxies: among(unit.proxies) }
  })
  const migrates = units.some(({ schema, slots }) => schema && slots.length > 0)
  return {
    slack: lab.slack,
    github: lab.github,
    hosts: servers.map(({ host }) => host),
    knownToHold: filesWithSecrets(settings),
    reports: getsSecret(workflow.steps, 'slack-token'),
    times: timesFor(units),
    release({ back, version }, { vars, ...more }) {
      // By hand it starts on the newest commit.
      const commit = back ? versions.second : version
      const options = runOptions(lab, workflow, { back, commit, branch: versions.branch }, vars)
      return lab.runs.run(commit, { ...options, ...more })
    },
    places: (run) => Promise.all(named.flatMap((unit) => inspectUnit(unit, lab, knownVersions(run)))),
    targets: () => named.flatMap((unit) => targetsOf(unit, network)),
    users: ({ before }) =>
      named.filter(({ service }) => before[service]).flatMap((unit) => usersOf(unit, lab, settings)),
    ...(migrates && lab.query && { query: lab.query }),
    ...((units.some(({ slots }) => slots.length > 0) || lab.images) && { neighbours: () => neighboursOn(lab) }),
  }
}

/** Requests a second. */
const defaultRate = 10

/** In the network of the servers. */
function usersOf({ unit, service }: NamedUnit, { network }: Lab, { users }: Settings): User[] {
  const page = users.pages[service]
  const versionOf = (page && users.versionFrom) || unit.versionFrom
  return unit.urls.map((url) => ({
    service,
    where: url,
    options: {
      url: page ? new URL(page, url).href : url,
      // Without slots requests fail during a restart, however many there are.
      rate: unit.slots.length > 0 ? users.rate : defaultRate,
      connections: 'fresh',
      versionOf,
      enter: network.enter,
      ca: network.authority,
    },
  }))
}

/** Proxies, and the containers of other services. */
async function neighboursOn({ servers, images }: Lab): Promise<Record<string, string>> {
  const containers = servers.map(async ({ name, docker }) => {
    const found = docker && images ? await otherContainers(docker, images.registry.address) : {}
    return Object.entries(found).map(([container, id]) => [`the container ${container} on ${name}`, id] as const)
  })
  return { ...(await proxiesOn(servers)), ...Object.fromEntries((await Promise.all(containers)).flat()) }
}

/** A release reloads nginx, which keeps its first process, as HAProxy does. */
async function proxiesOn(servers: readonly Server[]): Promise<Record<string, string>> {
  const all = servers.flatMap(({ name, host, proxies }) => proxies.map((proxy) => ({ name, host, proxy })))
  const seen = all.map(async ({ name, host, proxy }) => {
    const { stdout } = await host.run(['systemctl', 'show', '--property', 'MainPID', '--value', proxy])
    return [`${proxy} on ${name}`, `process ${stdout.trim()}`] as const
  })
  return Object.fromEntries(await Promise.all(seen))
}
