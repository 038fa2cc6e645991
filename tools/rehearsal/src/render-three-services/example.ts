import { stepPaths } from '@belay/workflow-runner'
import type { Asked, Example, Opened } from '../example.ts'
import { shorterGate } from '../example-variables.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { rehearsalOf } from '../rehearsal.ts'
import { runsOf } from '../scenario.ts'
import { v1 } from '../version.ts'
import { casesFor, openWorker } from '../worker.ts'
import { externalFailures } from './external-failure.ts'
import { openLab } from './lab.ts'
import { graphScenario } from './scenario.ts'
import { exampleRoot, services, workflow } from './services.ts'
import { graphSystem, times } from './system.ts'

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
  paths: (_, workDir) =>
    stepPaths({ workflow: workflowPath(exampleRoot, workflow), belayRoot, callerRoot: exampleRoot, workDir }),
  prepare() {},
  open,
  // All faults at every step and all external failures, over a previous release.
  cases: (_, begun) => [
    ...casesFor(begun, v1),
    ...externalFailures.map((externalFailure) => ({ externalFailure, old: v1 })),
  ],
  // A release mostly waits for Render.
  workers: (_, paths) => [1, 2].map(() => openWorker(graphScenario(paths), openParts)),
}

async function open(asked: Asked): Promise<Opened> {
  const lab = await openLab()
  const runs = runsOf(graphScenario(asked.paths.production ?? []), asked)
  return {
    slack: lab.slack,
    names: new Map(services.map((name) => [lab.render.urlOf(name), name])),
    lines: [
      `Render    ${lab.render.url}: serves the example's own API and page, and a fake of the graph`,
      "Fakes     The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
      shorterGate,
    ],
    rehearsals: runs.map((run) => rehearsalOf(run, { times, system: () => graphSystem(lab) })),
    close: () => lab.close(),
  }
}

async function openParts() {
  const lab = await openLab()
  return { system: graphSystem(lab), close: () => lab.close() }
}
