import type { Asked, Example, Opened, Rehearsal } from '../example.ts'
import type { Fault } from '../fault.ts'
import type { Terminal } from '../terminal.ts'
import { type Version, v1, v2 } from '../version.ts'
import { openWorker } from '../worker.ts'
import { openProductionWorker, productionCases, qaCases, qaParts } from './faults.ts'
import { type Lab, openLab } from './lab.ts'
import { prepareMachine } from './machine.ts'
import { buildIn, openProduction, type ProductionLab } from './production.ts'
import { productionChecks } from './production-checks.ts'
import type { ProductionRun } from './production-expectation.ts'
import {
  productionLines,
  productionSentence,
  productionTitle,
  productionVerificationLines,
} from './production-report.ts'
import { clientsOf, qaChecks } from './qa-checks.ts'
import { confirmTimeout, examplePaths, type Release, rehearse } from './rehearse.ts'
import { productionPaths, rehearseProduction } from './rehearse-production.ts'
import { hostNames, labLines, notesOf, qaSentence, titleOf, verificationLines } from './report.ts'
import { allServe, migrationsOf, neverServed } from './services.ts'
import { productionTargets, qaTargets } from './targets.ts'

const help = `(the default) An API and its worker on two hosts of their own with a real sshd. First qa.yml, v1 and v2. Then
production.yml for the tags v1.0.0 and v1.1.0, and for \`previous\`, with a real PostgreSQL, a real nginx on each host,
and users who send each host 200 requests a second. None of these may fail.
--environment qa     only QA
--environment production   only production; QA only builds the versions. A fault needs no --environment: it is
                     injected where its step is
--hosts namespaces   the hosts are namespaces of this machine (the default)
--hosts systemd      the hosts are containers with systemd as init, the services are real units; only for QA`

const release = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map((name) => `release/${name}`)

export const vpsSystemd: Example = {
  name: 'vps-systemd',
  help,
  environments: ['qa', 'production'],
  hosts: { namespaces: ['qa', 'production'], systemd: ['qa'] },
  bundles: ['deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch', ...release],
  paths: (environment, workDir) => (environment === 'qa' ? examplePaths : productionPaths)(workDir),
  prepare: ({ hosts, environments }, preparation) =>
    prepareMachine(hosts, environments.includes('production'), preparation),
  open,
  cases: (environment, paths) => (environment === 'qa' ? qaCases : productionCases)(paths),
  // In production the users' requests need the machine.
  workers: (environment, paths) =>
    environment === 'qa' ? [1, 2].map(() => openWorker(() => qaParts(paths))) : [openProductionWorker(paths)],
}

/** Starts two hosts. What production needs besides starts with its first release. */
async function open(asked: Asked): Promise<Opened> {
  const { environments, paths, fault, first, hosts } = asked
  const lab = await openLab(hosts)
  const proven = new Map<Version, number>()
  let production: ProductionLab | undefined

  const inQa = (one: Release): Rehearsal => ({
    environment: 'qa',
    title: titleOf(one),
    notes: notesOf(one),
    versions: { version: one.version, before: one.old ? allServe(one.old) : neverServed() },
    targets: () => qaTargets(lab.hosts),
    async run(terminal, onEvent) {
      const rehearsed = await rehearse(lab, paths.qa ?? [], one, { onEvent, ...watching(terminal) })
      const { runResult, problems } = rehearsed
      if (problems.length === 0) proven.set(one.version, Number(runResult.runId))
      return {
        sentence: qaSentence(one, rehearsed),
        lines: verificationLines(rehearsed),
        checks: qaChecks(one, rehearsed),
        clients: clientsOf(rehearsed),
        secrets: runResult.secrets,
        problems,
      }
    },
  })

  const inProduction = (run: ProductionRun): Rehearsal => ({
    environment: 'production',
    title: productionTitle(run),
    notes: notesOf(run),
    versions: { version: run.version, before: { ...neverServed(), ...run.serving } },
    targets: () => productionTargets(lab.hosts),
    async begin(terminal) {
      if (production) return
      await build(lab, proven, terminal)
      terminal.status('starting PostgreSQL and nginx')
      production = await openProduction(lab, proven)
      terminal.line()
      terminal.line(terminal.style('bold', 'Production: .github/workflows/production.yml'))
      for (const line of productionLines(production)) terminal.line(line)
    },
    async run(terminal, onEvent) {
      if (!production) throw new Error('production was not started')
      const watch = { onEvent, ...watching(terminal) }
      const rehearsed = await rehearseProduction(lab, production, paths.production ?? [], run, watch)
      return {
        sentence: productionSentence(run, rehearsed),
        lines: productionVerificationLines(rehearsed),
        checks: productionChecks(run, rehearsed),
        clients: clientsOf(rehearsed),
        secrets: rehearsed.runResult.secrets,
        problems: rehearsed.problems,
      }
    },
  })

  return {
    slack: lab.slack,
    names: hostNames(lab),
    lines: labLines(lab),
    rehearsals: [
      ...(environments.includes('qa') ? releases({ fault, first }).map(inQa) : []),
      ...(environments.includes('production') ? productionRuns({ fault, first }).map(inProduction) : []),
    ],
    async close() {
      await production?.close()
      await lab.close()
    },
  }
}

/** Builds in QA what it has not proven yet. */
async function build(lab: Lab, proven: Map<Version, number>, terminal: Terminal): Promise<void> {
  for (const version of [v1, v2]) {
    if (proven.has(version)) continue
    terminal.status(`QA builds ${version.name}`)
    proven.set(version, await buildIn(lab, version))
  }
}

/** The fault, and whether it goes into the first release. */
interface Disrupted {
  readonly fault: Fault | undefined
  readonly first: boolean
}

function releases({ fault, first }: Disrupted): Release[] {
  if (first) return [{ version: v1, old: undefined, fault }]
  return [
    { version: v1, old: undefined, fault: undefined },
    { version: v2, old: v1, fault },
  ]
}

function productionRuns({ fault, first }: Disrupted): ProductionRun[] {
  const empty = { serving: {}, schema: [], back: false }
  if (first) return [{ ...empty, version: v1, fault }]
  const runs: ProductionRun[] = [
    { ...empty, version: v1, fault: undefined },
    { version: v2, serving: allServe(v1), schema: migrationsOf(v1), back: false, fault },
  ]
  return fault ? runs : [...runs, { version: v1, serving: allServe(v2), schema: migrationsOf(v2), back: true, fault }]
}

function watching(terminal: Terminal) {
  let waiting = ''
  return {
    onVerify({ later }: { later: boolean }) {
      terminal.status('inspecting the hosts')
      if (later)
        terminal.line(`The runner is lost. Each host rolls back on its own ${confirmTimeout} s after it was armed.`)
    },
    onWait(places: readonly string[], seconds: number) {
      terminal.status(`${seconds.toFixed(0)} s: ${places.length} services on hosts are not as promised yet`)
      if (places.join() === waiting) return
      waiting = places.join()
      terminal.line(`${terminal.clock().padStart(8)}  not as promised yet: ${places.join(', ')}`)
    },
  }
}
