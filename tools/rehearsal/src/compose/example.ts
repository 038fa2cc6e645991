import { stepPaths } from '@belay/workflow-runner'
import type { Asked, Example, Opened } from '../example.ts'
import { shorterGate } from '../example-variables.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { rehearsalOf } from '../rehearsal.ts'
import { type Run, runsOf } from '../scenario.ts'
import type { Terminal } from '../terminal.ts'
import { type Version, v1, v2 } from '../version.ts'
import { type Case, casesFor, openWorker, type Parts } from '../worker.ts'
import { buildIn, type Lab, openLab } from './lab.ts'
import { prepareMachine } from './machine.ts'
import { shopScenario } from './scenario.ts'
import { type Environment, environments, exampleRoot, externalFailures, revertSchema } from './shop.ts'
import { shopSystem, times } from './system.ts'

const help = `A service in a container, on a server for QA and one for production, each with a Docker of its own: Compose,
PostgreSQL, Redis, and nginx with TLS before two slots. First qa.yml: v1 and v2 are built, pushed to a real registry
with a password, pulled and released. Then production.yml for the tags v1.0.0 and v1.1.0, and for \`previous\`. Users
send 200 requests a second, and none may fail.
--environment qa     only QA
--environment production   only production; QA only builds the versions. Without --environment a fault is injected
                     into the first environment that has its step
--external-failure NAME
                     v2 itself, or the registry, fails in QA: ${externalFailures.join(', ')}`

const release = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map((name) => `release/${name}`)
const actions = ['build-image', 'deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch']

export const compose: Example = {
  name: 'compose',
  help,
  environments,
  bundles: [...actions, ...release],
  externalFailures,
  paths: (environment, workDir) =>
    stepPaths({
      workflow: workflowPath(exampleRoot, `${environment}.yml`),
      belayRoot,
      callerRoot: exampleRoot,
      workDir,
    }),
  prepare: (_, preparation) => prepareMachine(preparation),
  open,
  cases: casesOf,
  // Users and containers need the machine.
  workers: (name, paths) => {
    const environment = name as Environment
    return [openWorker(shopScenario(environment, paths), () => openParts(environment))]
  },
}

async function open(asked: Asked): Promise<Opened> {
  const wanted = asked.environments as readonly Environment[]
  const lab = await openLab(wanted)
  const proven = new Set<Version>()

  async function begin(terminal: Terminal): Promise<void> {
    for (const version of [v1, v2]) {
      if (proven.has(version)) continue
      terminal.status(`QA builds ${version.name}`)
      await buildIn(lab, version)
      proven.add(version)
    }
  }

  const inOne = (environment: Environment, run: Run) =>
    rehearsalOf(run, {
      times,
      system: () => shopSystem(lab, environment),
      ...(environment === 'production' && { begin }),
      ended({ problems, runResult, expectation }) {
        const serves = expectation.units.every(({ version }) => version === run.version)
        if (environment !== 'qa' || problems.length > 0 || !serves) return
        lab.markProven(run.version, Number(runResult.runId))
        proven.add(run.version)
      },
    })

  return {
    slack: lab.slack,
    names: new Map(
      wanted.flatMap((name) => {
        const { target, address, name: known } = lab.server(name).host
        return [target, address].map((each) => [each, known] as const)
      }),
    ),
    lines: labLines(lab, wanted),
    rehearsals: wanted.flatMap((environment) => {
      const scenario = shopScenario(environment, asked.paths[environment] ?? [])
      return runsOf(scenario, asked).map((run) => inOne(environment, run))
    }),
    close: () => lab.close(),
  }
}

/** Every fault at every step over a previous release; for a first release only at changing steps. */
function casesOf(environment: string, begun: readonly string[]): Case[] {
  if (environment === 'production') return casesFor(begun, v1)
  const changing = begun.filter((path) => /\/(deploy-ssh|blue-green-switch)$/.test(path))
  const others = externalFailures.map((externalFailure) => ({ externalFailure, old: v1 }))
  return [...casesFor(changing, undefined), ...casesFor(begun, v1), ...others]
}

/** A server for one release after the other. Each begins with the schema of the serving version. */
async function openParts(environment: Environment): Promise<Parts> {
  const lab = await openLab([environment])
  try {
    if (environment === 'production') for (const version of [v1, v2]) await buildIn(lab, version)
  } catch (error) {
    await lab.close()
    throw error
  }
  return {
    system: shopSystem(lab, environment),
    restore: (schema) => revertSchema(lab.server(environment).query, schema.length),
    close: () => lab.close(),
  }
}

/** Which servers run where, and what is faked. */
function labLines({ registry }: Lab, wanted: readonly string[]): string[] {
  return [
    `Servers   ${wanted.map((name) => `shop-${name}`).join(' and ')}: each with an sshd, a network and a Docker of its own; on it Compose runs`,
    '          the example, PostgreSQL, Redis and nginx with TLS; users come through nginx on fresh connections',
    `Registry  a real one on ${registry.address}, with a password; the runner has a Docker of its own`,
    'Fakes     images, made on this machine, because none is pulled: postgres:15, redis:7 and nginx:1 are Debian 12 with',
    '          its own servers, node:24 is the Node.js that runs this command.',
    "          The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
    shorterGate,
  ]
}
