import type { Asked, Example, Opened, Rehearsal } from '../example.ts'
import type { Terminal } from '../terminal.ts'
import { type Version, v1, v2 } from '../version.ts'
import { openWorker } from '../worker.ts'
import { buildIn } from './build.ts'
import { checksOf, clientsOf } from './checks.ts'
import type { Run } from './expectation.ts'
import { casesOf, openParts } from './faults.ts'
import { targetsOf } from './inspect.ts'
import { openLab } from './lab.ts'
import { prepareMachine } from './machine.ts'
import { confirmTimeout, pathsOf, rehearse } from './rehearse.ts'
import { labLines, notesOf, sentenceFor, titleOf, verificationLines } from './report.ts'
import {
  type Environment,
  type ExternalFailure,
  environments,
  externalFailures,
  failingVersion,
  migrationsOf,
  shop,
} from './shop.ts'

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
  paths: pathsOf,
  prepare: (_, preparation) => prepareMachine(preparation),
  open,
  cases: casesOf,
  // Users and containers need the machine.
  workers: (environment, paths) => [openWorker(() => openParts(environment as Environment, paths))],
}

async function open(asked: Asked): Promise<Opened> {
  const wanted = asked.environments as readonly Environment[]
  const lab = await openLab(wanted)
  const proven = new Set<Version>()

  const inOne = (run: Run & { environment: Environment }): Rehearsal => ({
    environment: run.environment,
    title: titleOf(run),
    notes: notesOf(run),
    versions: { version: run.version, before: { [shop.name]: run.old } },
    targets: () => targetsOf(lab.server(run.environment)),
    async begin(terminal) {
      if (run.environment === 'qa') return
      for (const version of [v1, v2]) {
        if (proven.has(version)) continue
        terminal.status(`QA builds ${version.name}`)
        await buildIn(lab, version)
        proven.add(version)
      }
    },
    async run(terminal, onEvent) {
      const rehearsed = await rehearse(lab, asked.paths[run.environment] ?? [], run, {
        onEvent,
        ...watching(terminal),
      })
      const { runResult, problems } = rehearsed
      if (run.environment === 'qa' && problems.length === 0 && rehearsed.expectation.version === run.version) {
        lab.markProven(run.version, Number(runResult.runId))
        proven.add(run.version)
      }
      return {
        sentence: sentenceFor(run, rehearsed),
        lines: verificationLines(rehearsed),
        checks: checksOf(run, rehearsed),
        clients: clientsOf(rehearsed),
        secrets: runResult.secrets,
        problems,
      }
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
    rehearsals: wanted.flatMap((environment) => runsOf(environment, asked)).map(inOne),
    close: () => lab.close(),
  }
}

/** The runs that lead to the requested one, in their order. */
function runsOf(
  environment: Environment,
  { fault, externalFailure, first }: Asked,
): (Run & { environment: Environment })[] {
  const empty = { environment, back: false, old: undefined, schema: [] } as const
  if (first)
    return [
      {
        ...empty,
        version: externalFailure ? failingVersion(externalFailure as ExternalFailure) : v1,
        fault,
        externalFailure,
      },
    ]
  const over = { environment, old: v1, schema: migrationsOf(v1), back: false } as const
  const runs = [
    { ...empty, version: v1 },
    {
      ...over,
      version: externalFailure ? failingVersion(externalFailure as ExternalFailure) : v2,
      fault,
      externalFailure,
    },
  ]
  if (environment === 'qa' || fault) return runs
  return [...runs, { environment, version: v1, old: v2, schema: migrationsOf(v2), back: true }]
}

function watching(terminal: Terminal) {
  return {
    onVerify(later: boolean, seconds: number) {
      terminal.status(`asking the server what it serves${seconds > 1 ? ` (${seconds.toFixed(0)} s)` : ''}`)
      if (later && seconds === 0)
        terminal.line(`The runner is lost. The server rolls back on its own ${confirmTimeout} s after it was armed.`)
    },
  }
}
