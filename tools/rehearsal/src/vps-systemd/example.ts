import { canStartHosts, canStartPostgres } from '@belay/test-hosts'
import { programsFor } from '../../../../scripts/machine/programs.ts'
import type { Example } from '../example.ts'
import { exampleOf, namesOf } from '../example-of.ts'
import { prepareHosts } from '../machine.ts'
import { exampleSource, openExample } from '../repository/example-source.ts'
import { prepareMachine } from '../repository/repository.ts'
import { scenarioOf } from '../repository/system.ts'
import { code, environments, readFlow } from './acme.ts'
import { type Lab, openLab } from './lab.ts'
import { acmeSystem, times } from './system.ts'

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
  environments,
  actions: ['deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch'],
  times,
  async prepare({ environments }, preparation) {
    const has = environments.includes('production')
    const programs = [...programsFor('hosts'), ...(has ? (['nginx', 'unzip', 'postgres'] as const) : [])]
    await prepareHosts(programs, () => canStartHosts() ?? (has ? canStartPostgres() : undefined), preparation)
  },
  scenario: async (environment, paths) => scenarioOf(await readFlow(environment), paths),
  // For a first release only steps after a change of hosts are worth a run.
  changing: { qa: /\/(deploy-ssh|smoke)$/ },
  workers: { qa: 2 },
  async open(wanted) {
    const lab = await openLab(wanted)
    return {
      slack: lab.slack,
      names: namesOf(lab.hosts),
      lines: linesOf(lab),
      system: (environment) => acmeSystem(lab, environment),
      ...(lab.database && { proof: { build: lab.build, mark: lab.markProven } }),
      close: lab.close,
    }
  },
})

/** What says what the workflows do not, by the kind of hosts. */
const settingsFiles: Readonly<Record<string, string>> = { 'one-proxy': 'one-proxy/rehearsal.yml' }

export const vpsSystemd: Example = {
  ...onNamespaces,
  hosts: ['namespaces', 'systemd', 'one-proxy'],
  prepare: (asked, preparation) =>
    asked.hosts === 'namespaces' ? onNamespaces.prepare(asked, preparation) : prepareMachine(true, preparation),
  open: (asked) =>
    asked.hosts === 'namespaces'
      ? onNamespaces.open(asked)
      : openExample(exampleSource('vps-systemd', code.checkOut, settingsFiles[asked.hosts]), asked),
}

/** Which servers run where, and what is faked. */
function linesOf({ hosts, database }: Lab): string[] {
  const names = hosts.map(({ name, address }) => `${name} (${address})`).join(' and ')
  return [
    `Hosts     ${names}: namespaces of this machine, each with disks, users and an sshd of its own`,
    ...(database
      ? [
          `Database  PostgreSQL on ${database.address}:${database.port}, for production; reached through the hosts`,
          "Proxy     nginx on each host, with the example's own sites; users come through it on fresh connections",
        ]
      : []),
    "Fakes     The workflow runner is here in place of GitHub's; it replaces actions/checkout, upload-artifact and",
    '          download-artifact. Local servers replace Slack and GitHub. These hosts have no systemd: commands replace',
    '          its units (--hosts systemd: real units).',
  ]
}
