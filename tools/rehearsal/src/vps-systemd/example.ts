import type { Example } from '../example.ts'
import { exampleOf, namesOf } from '../example-of.ts'
import { prepareMachine as prepareServers } from '../repository/repository.ts'
import { type Lab, openLab } from './lab.ts'
import { prepareMachine } from './machine.ts'
import { openOnSystemd } from './on-systemd.ts'
import { buildIn, openProduction, type ProductionLab } from './production.ts'
import { productionScenario, qaScenario } from './scenario.ts'
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

const onNamespaces = exampleOf({
  name: 'vps-systemd',
  help,
  environments: ['qa', 'production'],
  actions: ['deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch'],
  times,
  prepare: ({ environments }, preparation) => prepareMachine(environments.includes('production'), preparation),
  scenario: (environment, paths) => (environment === 'qa' ? qaScenario(paths) : productionScenario(paths)),
  // For a first release only steps after a change of hosts are worth a run.
  changing: { qa: /\/(deploy-ssh|smoke)$/ },
  workers: { qa: 2 },
  async open(environments) {
    const lab = await openLab()
    const { slack, hosts } = lab
    const names = namesOf(hosts)
    if (!environments.includes('production'))
      return { slack, names, lines: linesOf(lab), system: () => qaSystem(lab), close: lab.close }
    const production = await openProduction(lab, new Map()).catch(async (error) => {
      await lab.close()
      throw error
    })
    return {
      slack,
      names,
      lines: linesOf(lab, production),
      system: (environment) => (environment === 'qa' ? qaSystem(lab) : productionSystem(lab, production)),
      proof: { build: (version) => buildIn(lab, version), mark: production.markProven },
      async close() {
        await production.close()
        await lab.close()
      },
    }
  },
})

export const vpsSystemd: Example = {
  ...onNamespaces,
  hosts: ['namespaces', 'systemd', 'one-proxy'],
  prepare: (asked, preparation) =>
    asked.hosts === 'namespaces' ? onNamespaces.prepare(asked, preparation) : prepareServers(true, preparation),
  open: (asked) => (asked.hosts === 'namespaces' ? onNamespaces.open(asked) : openOnSystemd(asked)),
}

/** Which servers run where, and what is faked. */
function linesOf({ hosts }: Lab, production?: ProductionLab): string[] {
  const names = hosts.map(({ name, address }) => `${name} (${address})`).join(' and ')
  return [
    `Hosts     ${names}: namespaces of this machine, each with disks, users and an sshd of its own`,
    ...(production ? productionLines(production) : []),
    "Fakes     The workflow runner is here in place of GitHub's; it replaces actions/checkout, upload-artifact and",
    '          download-artifact. Local servers replace Slack and GitHub. These hosts have no systemd: commands replace',
    '          its units (--hosts systemd: real units).',
  ]
}

function productionLines({ database }: ProductionLab): string[] {
  return [
    `Database  PostgreSQL on ${database.address}:${database.port}, for production; reached through the hosts`,
    "Proxy     nginx on each host, with the example's own sites; users come through it on fresh connections",
  ]
}
