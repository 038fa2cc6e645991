import { stepPaths } from '@belay/workflow-runner'
import type { Asked, Example, Opened } from '../example.ts'
import { shorterGate } from '../example-variables.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { rehearsalOf } from '../rehearsal.ts'
import { prepareMachine as prepareServers } from '../repository/repository.ts'
import { runsOf } from '../scenario.ts'
import type { Terminal } from '../terminal.ts'
import { type Version, v1, v2 } from '../version.ts'
import { casesFor, openWorker, type Parts } from '../worker.ts'
import { type Lab, openLab, qaWorkflow } from './lab.ts'
import { prepareMachine } from './machine.ts'
import { openOnSystemd } from './on-systemd.ts'
import { buildIn, openProduction, type ProductionLab, productionWorkflow } from './production.ts'
import { productionScenario, qaScenario } from './scenario.ts'
import { exampleRoot } from './services.ts'
import { productionSystem, qaSystem, times } from './systems.ts'

const help = `(the default) An API and its worker on two hosts of their own with a real sshd. First qa.yml, v1 and v2. Then
production.yml for the tags v1.0.0 and v1.1.0, and for \`previous\`, with a real PostgreSQL, a real nginx on each host,
and users who send each host 200 requests a second. None of these may fail.
--environment qa     only QA
--environment production   only production; QA only builds the versions. A fault needs no --environment: it is
                     injected where its step is
--hosts namespaces   the hosts are namespaces of this machine (the default)
--hosts systemd      the hosts are containers with systemd as init and a network of their own, with the example's units,
                     nginx's sites and sudo lines as they are. It needs a Docker engine
--hosts one-proxy    the same behind one proxy, which is a host of its own: production-proxy.yml instead of production.yml`

const release = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map((name) => `release/${name}`)

export const vpsSystemd: Example = {
  name: 'vps-systemd',
  help,
  environments: ['qa', 'production'],
  hosts: ['namespaces', 'systemd', 'one-proxy'],
  bundles: ['deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch', ...release],
  paths: (environment, workDir) => pathsOf(environment === 'qa' ? qaWorkflow : productionWorkflow, workDir),
  prepare: ({ hosts, environments }, preparation) =>
    hosts === 'namespaces'
      ? prepareMachine(environments.includes('production'), preparation)
      : prepareServers(true, preparation),
  open: (asked) => (asked.hosts === 'namespaces' ? openOnNamespaces(asked) : openOnSystemd(asked)),
  // For a first release only steps after a change of hosts are worth a run.
  cases: (environment, begun) =>
    environment === 'qa'
      ? [
          ...casesFor(
            begun.filter((path) => /\/(deploy-ssh|smoke)$/.test(path)),
            undefined,
          ),
          ...casesFor(begun, v1),
        ]
      : casesFor(begun, v1),
  // In production the users' requests need the machine.
  workers: (environment, paths) =>
    environment === 'qa'
      ? [1, 2].map(() => openWorker(qaScenario(paths), qaParts))
      : [openWorker(productionScenario(paths), productionParts)],
}

function pathsOf(file: string, workDir: string): Promise<string[]> {
  return stepPaths({ workflow: workflowPath(exampleRoot, file), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Starts two hosts. What production needs besides starts with its first release. */
async function openOnNamespaces(asked: Asked): Promise<Opened> {
  const { environments, paths } = asked
  const lab = await openLab()
  const proven = new Map<Version, number>()
  let production: ProductionLab | undefined

  async function begin(terminal: Terminal): Promise<void> {
    if (production) return
    await build(lab, proven, (version) => terminal.status(`QA builds ${version.name}`))
    terminal.status('starting PostgreSQL and nginx')
    production = await openProduction(lab, proven)
    terminal.line()
    terminal.line(terminal.style('bold', 'Production: .github/workflows/production.yml'))
    for (const line of productionLines(production)) terminal.line(line)
  }

  const qa = runsOf(qaScenario(paths.qa ?? []), asked).map((run) =>
    rehearsalOf(run, {
      times,
      system: () => qaSystem(lab),
      ended({ problems, runResult }) {
        if (problems.length === 0) proven.set(run.version, Number(runResult.runId))
      },
    }),
  )
  const inProduction = runsOf(productionScenario(paths.production ?? []), asked).map((run) =>
    rehearsalOf(run, {
      times,
      begin,
      system() {
        if (!production) throw new Error('production was not started')
        return productionSystem(lab, production)
      },
    }),
  )

  return {
    slack: lab.slack,
    names: new Map(lab.hosts.flatMap(({ target, address, name }) => [target, address].map((each) => [each, name]))),
    lines: labLines(lab),
    rehearsals: [
      ...(environments.includes('qa') ? qa : []),
      ...(environments.includes('production') ? inProduction : []),
    ],
    async close() {
      await production?.close()
      await lab.close()
    },
  }
}

/** Builds in QA what it has not proven yet. */
async function build(lab: Lab, proven: Map<Version, number>, say: (version: Version) => void = () => {}) {
  for (const version of [v1, v2]) {
    if (proven.has(version)) continue
    say(version)
    proven.set(version, await buildIn(lab, version))
  }
  return proven
}

async function qaParts(): Promise<Parts> {
  const lab = await openLab()
  return { system: qaSystem(lab), close: () => lab.close() }
}

async function productionParts(): Promise<Parts> {
  const lab = await openLab()
  const production = await openProduction(lab, await build(lab, new Map()))
  return {
    system: productionSystem(lab, production),
    async close() {
      await production.close()
      await lab.close()
    },
  }
}

/** Which servers run where, and what is faked. */
function labLines({ hosts }: Lab): string[] {
  const names = hosts.map(({ name, address }) => `${name} (${address})`).join(' and ')
  return [
    `Hosts     ${names}: namespaces of this machine, each with disks, users and an sshd of its own`,
    "Fakes     The workflow runner is here in place of GitHub's; it replaces actions/checkout, upload-artifact and",
    '          download-artifact. Local servers replace Slack and GitHub.',
    shorterGate,
    '          These hosts have no systemd: the variable BELAY_RESTART names a command (--hosts systemd: real units).',
  ]
}

/** What production has besides what QA has. */
function productionLines({ postgres }: ProductionLab): string[] {
  return [
    `Database  PostgreSQL on ${postgres.address}:${postgres.port}, reached through the hosts`,
    "Proxy     nginx on each host, with the example's own sites; users come through it on fresh connections",
    "Fakes     A command replaces systemd's template units.",
  ]
}
