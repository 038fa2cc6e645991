import { canStartCluster } from '@belay/test-cluster'
import { stepPaths } from '@belay/workflow-runner'
import type { Asked, Example, Opened } from '../example.ts'
import { shorterGate } from '../example-variables.ts'
import { bringCluster } from '../machine.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { rehearsalOf } from '../rehearsal.ts'
import { runsOf, type Scenario } from '../scenario.ts'
import { v1, v2 } from '../version.ts'
import { casesFor, openWorker } from '../worker.ts'
import { type Environment, environments, exampleRoot, openLab, shop } from './lab.ts'
import { shopSystem, times } from './system.ts'

const help = `A service in a Kubernetes cluster, with a namespace for QA and one for production. First qa.yml: v1 and v2 are
released without any secret of the cluster, by the identity that GitHub gives a job. Then production.yml for the tags v1.0.0
and v1.1.0, and for \`previous\`. Users send 100 requests a second, and none may fail. The cluster is a real one: etcd, control
plane, containers. It needs root, and is built once: with --install, or after a yes at a terminal.`

const release = ['begin', 'end', 'plan', 'artifact', 'deployment', 'aftercare'].map((name) => `release/${name}`)

export const kubernetes: Example = {
  name: 'kubernetes',
  help,
  environments,
  bundles: ['build-image', 'deploy-kubernetes', 'health-gate', 'notify-slack', ...release],
  paths: (environment, workDir) =>
    stepPaths({
      workflow: workflowPath(exampleRoot, `${environment}.yml`),
      belayRoot,
      callerRoot: exampleRoot,
      workDir,
    }),
  prepare: (_, preparation) => bringCluster(canStartCluster, preparation),
  open,
  // Every fault at every step over a previous release; for a first release only at the step that changes something.
  cases: (_, begun) => [
    ...casesFor(
      begun.filter((path) => path.endsWith('/deploy-kubernetes')),
      undefined,
    ),
    ...casesFor(begun, v1),
  ],
  // A cluster and its users need the machine.
  workers: (environment, paths) => [
    openWorker(shopScenario(environment, paths), () => openParts(environment as Environment)),
  ],
}

/** One service that is rolled out pod by pod. */
function shopScenario(environment: string, paths: readonly string[]): Scenario {
  const steps = { deploy: 'release/shop/deploy-kubernetes' }
  return {
    environment,
    prefix: '',
    units: [{ job: 'release', service: shop.name, table: 'kubernetes', steps }],
    paths,
    versions: [v1, v2],
    goesBack: environment === 'production',
    nextRestores: true,
  }
}

async function open(asked: Asked): Promise<Opened> {
  const wanted = asked.environments as readonly Environment[]
  const lab = await openLab(!wanted.includes('qa'))
  return {
    slack: lab.slack,
    names: new Map([[lab.cluster.address, 'cluster']]),
    lines: [
      `Cluster   a real Kubernetes on ${lab.cluster.address}; the namespaces shop-qa and shop-production; users come through a port of its node`,
      'Access    by the identity that GitHub gives the job, with the role in cluster/; no secret is stored',
      "Fakes     The images are there already, made of the example's files and of the Node.js that runs this command: the build",
      "          finds them. The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
      shorterGate,
    ],
    rehearsals: wanted.flatMap((environment) =>
      runsOf(shopScenario(environment, asked.paths[environment] ?? []), asked).map((run) =>
        rehearsalOf(run, { times, system: () => shopSystem(lab, environment) }),
      ),
    ),
    close: () => lab.close(),
  }
}

async function openParts(environment: Environment) {
  const lab = await openLab(true)
  return { system: shopSystem(lab, environment), close: () => lab.close() }
}
