import { prepareDockerServers } from '../docker-server.ts'
import { exampleOf, namesOf } from '../example-of.ts'
import type { Scenario } from '../scenario.ts'
import { type Lab, openLab } from './lab.ts'
import { code, type Environment, environments, externalFailures, shop } from './shop.ts'
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

export const compose = exampleOf({
  name: 'compose',
  help,
  environments,
  externalFailures,
  actions: ['build-image', 'deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch'],
  times,
  prepare: prepareDockerServers,
  scenario: shopScenario,
  changing: { qa: /\/(deploy-ssh|blue-green-switch)$/ },
  async open(wanted) {
    const lab = await openLab(wanted)
    return {
      slack: lab.slack,
      names: namesOf(wanted.map((name) => lab.server(name).host)),
      lines: labLines(lab, wanted),
      system: (environment) => shopSystem(lab, environment),
      proof: { build: lab.build, mark: lab.markProven },
      restore: (environment, schema) => code.takeBack(lab.server(environment).query, schema),
      close: lab.close,
    }
  },
})

/** One service with a schema, two slots and a proxy. Production moves the registry's tags. */
function shopScenario(environment: Environment, paths: readonly string[]): Scenario {
  const step = (action: string) => `release/shop/${action}`
  const steps = {
    ...{ schema: step('migrate-db'), deploy: step('deploy-ssh'), switch: step('blue-green-switch') },
    ...(environment === 'production' && { tags: 'release/promote', deployment: step('deployment') }),
  }
  return code.scenario(environment, paths, [{ job: 'release', service: shop.name, table: 'traffic', steps }])
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
  ]
}
