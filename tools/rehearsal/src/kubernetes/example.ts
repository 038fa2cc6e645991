import { canStartCluster } from '@belay/test-cluster'
import { exampleOf } from '../example-of.ts'
import type { Unit } from '../expect/unit.ts'
import { bringCluster } from '../machine.ts'
import type { Scenario } from '../scenario.ts'
import { v1, v2 } from '../version.ts'
import { type Environment, environments, openLab, shop } from './lab.ts'
import { shopSystem, times } from './system.ts'

const help = `A service in a Kubernetes cluster, with a namespace for QA and one for production. First qa.yml: v1 and v2 are
released without any secret of the cluster, by the identity that GitHub gives a job, each to the slot that has no traffic. Then
production.yml for the tags v1.0.0 and v1.1.0, with a canary first, and for \`previous\`. Users send 100 requests a second, and
none may fail. The cluster is a real one: etcd, control plane, containers. It needs root, and is built once: with --install, or
after a yes at a terminal.`

// For a first release a fault is worth a run only at the steps that change something.
const changing = /\/(deploy-kubernetes|blue-green-switch)$/

export const kubernetes = exampleOf({
  name: 'kubernetes',
  help,
  environments,
  actions: ['blue-green-switch', 'build-image', 'deploy-kubernetes', 'health-gate', 'notify-slack'],
  times,
  prepare: (_, preparation) => bringCluster(canStartCluster, preparation),
  scenario: shopScenario,
  changing: { qa: changing, production: changing },
  async open(wanted) {
    const lab = await openLab(!wanted.includes('qa'))
    const { cluster, slack, close } = lab
    return {
      slack,
      names: new Map([[cluster.address, 'cluster']]),
      lines: [
        `Cluster   a real Kubernetes on ${cluster.address}; the namespaces shop-qa and shop-production; users come through a port of its node`,
        'Access    by the identity that GitHub gives the job, with the role in cluster/; no secret is stored',
        "Fakes     The images are there already, made of the example's files and of the Node.js that runs this command: the build",
        "          finds them. The workflow runner replaces GitHub's runner and checkout; local servers replace Slack and GitHub.",
      ],
      system: (environment) => shopSystem(lab, environment),
      close,
    }
  },
})

/** One service, with two slots in QA; in production it is rolled out pod by pod, after a canary. */
function shopScenario(environment: Environment, paths: readonly string[]): Scenario {
  const unit = { job: 'release', service: shop.name } as const
  const deploy = 'release/shop/deploy-kubernetes'
  const units: Readonly<Record<Environment, Unit>> = {
    qa: { ...unit, table: 'kubernetes-slots', steps: { deploy, switch: 'release/shop/blue-green-switch' } },
    production: { ...unit, table: 'kubernetes', steps: { canary: 'release/shop/canary', deploy } },
  }
  return {
    environment,
    prefix: '',
    units: [units[environment]],
    paths,
    versions: [v1, v2],
    goesBack: environment === 'production',
    nextRestores: true,
  }
}
