import type { Asked, Example, Opened, Rehearsal } from '../example.ts'
import { begunSteps, disruptionText } from '../fault.ts'
import { sentenceOf } from '../sentence.ts'
import { reportText } from '../traffic-report.ts'
import { servedName, tagOf, type Version, v1, v2 } from '../version.ts'
import { type Case, casesFor, openWorker, type Parts } from '../worker.ts'
import { checksOf } from './checks.ts'
import type { Run } from './expectation.ts'
import { type ExternalFailure, externalFailures } from './external-failure.ts'
import { type Lab, openLab } from './lab.ts'
import { pathsOf, type Rehearsed, rehearse } from './rehearse.ts'
import { allServe, deployedBy, services, v0 } from './services.ts'
import { targetsOf } from './verification.ts'

const help = `A database, an API and a frontend on Render; a push to main releases to production. First v1 over what the team had
deployed before, then v2, which does not change the database, then \`previous\`. Render is a local server that serves the
example's own API and page, and a fake of the graph. Needs no root.
--external-failure build-fails | start-fails | health-fails | frontend-fails | smoke-fails
--external-failure limits | errors | resets   Render answers with 429, with 500, or not at all`

const release = ['begin', 'end', 'plan', 'deployment', 'aftercare'].map((name) => `release/${name}`)

export const renderThreeServices: Example = {
  name: 'render-three-services',
  help,
  environments: ['production'],
  externalFailures,
  bundles: ['deploy-render', 'health-gate', 'notify-slack', ...release],
  paths: (_, workDir) => pathsOf(workDir),
  prepare() {},
  open,
  cases,
  // A release mostly waits for Render.
  workers: (_, paths) => [1, 2].map(() => openWorker(() => partsOf(paths))),
}

async function open(asked: Asked): Promise<Opened> {
  const lab = await openLab()
  const paths = asked.paths.production ?? []
  return {
    slack: lab.slack,
    names: new Map(services.map((name) => [lab.render.urlOf(name), name])),
    lines: [
      `Render    ${lab.render.url}: serves the example's own API and page, and a fake of the graph`,
      "Fakes     The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
    ],
    rehearsals: runsFor(asked).map((run) => rehearsalOf(lab, paths, run)),
    close: () => lab.close(),
  }
}

function rehearsalOf(lab: Lab, paths: readonly string[], run: Run): Rehearsal {
  const { version, back, before } = run
  const name = back ? 'previous' : `${version.name} (${version.sha.slice(0, 7)})`
  return {
    environment: 'production',
    title: `${name}: over ${before['acme-api'].name}${disruptionText(run)}`,
    notes: [],
    versions: { version, before },
    targets: () => targetsOf(lab),
    async run(terminal, onEvent) {
      const rehearsed = await rehearse(lab, paths, run, (event, controller) => {
        if (event.type === 'job-end') terminal.status('inspecting the services')
        onEvent(event, controller)
      })
      return {
        sentence: sentenceFor(run, rehearsed),
        lines: linesOf(rehearsed),
        checks: checksOf(run, rehearsed, resultOf(rehearsed.runResult)),
        clients: [{ service: 'acme-api', where: 'acme-api', report: rehearsed.trafficReport }],
        secrets: rehearsed.runResult.secrets,
        problems: rehearsed.problems,
      }
    },
  }
}

function runsFor({ fault, externalFailure, first }: Pick<Asked, 'fault' | 'externalFailure' | 'first'>): Run[] {
  const wrong = { fault, externalFailure: externalFailure as ExternalFailure | undefined }
  const one = { version: v1, back: false, before: allServe(v0) }
  if (first) return [{ ...one, ...wrong }]
  const two = { version: v2, back: false, before: allServe(v1), ...wrong }
  if (fault || externalFailure) return [one, two]
  const now = { ...allServe(v2), 'acme-database': v1 }
  return [one, two, { version: v1, back: true, before: now }]
}

/** What was promised and what was seen. */
function linesOf({ expectation, verification, runResult, trafficReport }: Rehearsed): string[] {
  const { promised } = expectation
  const row = promised
    ? `${promised.main} | ${promised.decision} → ${promised.result}, ${promised.job}, Render serves ${promised.serves}`
    : 'Render is not reached: it stays unchanged'
  return [
    'Promised by docs/decisions/transaction.md',
    `  ${row}`,
    `Seen from outside: the run ended as ${runResult.conclusion}, its result is ${resultOf(runResult)}`,
    ...services.map(
      (name) => `  ${name.padEnd(14)} serves ${verification.seen[name].slice(0, 7) || 'no healthy answer'}`,
    ),
    `  ${reportText('acme-api', trafficReport)}`,
  ]
}

/** What happened, in a sentence. */
function sentenceFor(run: Run, { verification, trafficReport }: Rehearsed): string {
  const { version, back, before, fault, externalFailure } = run
  return sentenceOf({
    version: tagOf(version),
    back,
    fault,
    externalFailure,
    // A service that the version does not change keeps its own, and is not part of the release.
    services: deployedBy(version, before).map((name) => {
      const after = servedName([verification.seen[name]], [v0, v1, v2])
      return { name, before: tagOf(before[name]), after }
    }),
    traffic: [{ service: 'acme-api', report: trafficReport }],
  })
}

function resultOf({ conclusion, jobs }: Rehearsed['runResult']): string {
  return jobs.release?.outputs.result || (conclusion === 'lost' ? 'unknown' : 'none')
}

/** All faults at every step and all external failures, over a previous release. */
function cases(_: string, begun: readonly string[]): Case[] {
  return [...casesFor(begun, v1), ...externalFailures.map((externalFailure) => ({ externalFailure, old: v1 }))]
}

async function partsOf(paths: readonly string[]): Promise<Parts> {
  const lab = await openLab()
  return {
    async rehearse(version: Version, old, wrong) {
      const run = {
        version,
        back: false,
        before: allServe(old ?? v0),
        fault: wrong.fault,
        externalFailure: wrong.externalFailure as ExternalFailure | undefined,
      }
      const { expectation, runResult, problems } = await rehearse(lab, paths, run)
      const asBefore = expectation.serving['acme-api'] === (old ?? v0)
      const begun = begunSteps(runResult)
      return { conclusion: runResult.conclusion, result: resultOf(runResult), problems, begun, asBefore }
    },
    close: () => lab.close(),
  }
}
