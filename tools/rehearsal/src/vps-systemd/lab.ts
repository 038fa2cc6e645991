import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeKey, startHost, startNginx, type TestHost, type TestNginx } from '@belay/test-hosts'
import { asRoot } from '../as-root.ts'
import { type Given, openOn, type Releases, releasesOn, variablesIn } from '../example-lab.ts'
import { type LabDatabase, openDatabase } from '../lab-database.ts'
import type { DerivedUnit } from '../repository/facts.ts'
import { prepareProxy } from '../repository/servers.ts'
import { textsOf } from '../repository/unit-files.ts'
import { code, type Environment, readFlow } from './acme.ts'

/** What releases run on: two hosts and the fakes; for production a database too, and nginx on each host. */
export interface Lab extends Releases<Environment> {
  readonly hosts: readonly TestHost[]
  readonly units: Readonly<Record<Environment, readonly DerivedUnit[]>>
  readonly database: LabDatabase | undefined
  readonly proxies: readonly TestNginx[]
  /** A text of `rehearsal.yml` with the addresses and ports that its URLs lead to here. */
  here(text: string): string
  /** Variables and secrets of an environment, as its operators would set them for these hosts. */
  ownOf(environment: Environment): Given['own']
}

/** Takes the place of systemd. */
const program = '/usr/local/bin/acme-run'

/** Where nginx listens for each service of production, on each host; a real one selects it by its name. */
const fronts = [8001, 8002] as const

/** Everything ends with `close` or with this process. */
export async function openLab(wanted: readonly Environment[]): Promise<Lab> {
  const units = { qa: (await readFlow('qa')).units, production: (await readFlow('production')).units }
  return openOn(code, async (base) => {
    const key = await makeKey(base.folder)
    const folders = [...units.qa, ...units.production].map(({ path }) => path)
    const open = async (name: string) => {
      const host = await base.add(startHost({ name, authorizedKey: key.publicKey, folders }))
      await host.write(program, readFileSync(join(import.meta.dirname, 'acme-run.sh'), 'utf8'), 0o755)
      return host
    }
    const hosts = await Promise.all([open('host-1'), open('host-2')])
    const login = { user: 'acme', password: 'rope @ knot: 100 %' }
    const database = wanted.includes('production') ? await base.add(openDatabase('acme', login)) : undefined
    const url = database?.url()
    const proxies = url ? await Promise.all(hosts.map((host) => prepareHost(host, units.production, url))) : []
    const here = (text: string) => hosts.reduce((all, host, at) => onHost(all, host, at, units.production), text)
    const ownOf = (name: Environment) => {
      const named = Object.entries(variablesIn(code.settings, {}, name)).map(([key, value]) => [key, here(value)])
      const vars = { ...Object.fromEntries(named), ...variablesOf(hosts, name, proxies[0]) }
      return { vars, secrets: { SSH_KEY: key.privateKey, ...(url && { DATABASE_URL: url }) } }
    }
    return {
      ...releasesOn(base, (name: Environment = 'qa') => ({ own: ownOf(name) })),
      ...{ hosts, units, database, proxies, here, ownOf },
    }
  })
}

/** Prepares for production what root prepares on a real host, as `rehearsal.yml` says. */
async function prepareHost(host: TestHost, units: readonly DerivedUnit[], databaseUrl: string): Promise<TestNginx> {
  const { hosts } = code.settings
  const files = textsOf(hosts.files, code.root, { 'database-url': databaseUrl })
  for (const [path, text] of Object.entries(files)) {
    const at = units.findIndex(({ upstream }) => basename(upstream) === basename(path))
    await host.write(path, text.replace('listen 80;', `listen ${host.address}:${fronts[at]};`))
  }
  for (const unit of units) await prepareProxy({ ...unit, addresses: ['this-host'] }, host)
  for (const command of hosts.run) await asRoot(host, ['sh', '-c', command])
  return startNginx(host, { sites: '/etc/nginx/sites-enabled/*', port: fronts[0] })
}

/** Hosts have no names here, and share the addresses of one machine: a process listens on its host's own. */
function onHost(text: string, { address }: TestHost, at: number, production: readonly DerivedUnit[]): string {
  const places = production.flatMap(({ urls, hosts }, index) => [
    [new URL(urls[at] ?? '').hostname, `${address}:${fronts[index]}`] as const,
    [hosts[at]?.address ?? '', address] as const,
    ['localhost', 'this-host'] as const,
  ])
  return places.reduce((all, [name, place]) => all.replaceAll(`//${name}`, `//${place}`), text)
}

/** What only these hosts have. */
function variablesOf(hosts: readonly TestHost[], name: Environment, proxy?: TestNginx): Record<string, string> {
  const run = name === 'qa' ? `command:${program}` : `command:${program} {slot}`
  return {
    BELAY_HOSTS: hosts.map(({ target }) => target).join('\n'),
    BELAY_KNOWN_HOSTS: hosts.map(({ knownHosts }) => knownHosts).join('\n'),
    BELAY_RESTART: run,
    ...(name === 'production' && { BELAY_STOP: `${run} stop`, BELAY_PROXY: `command:${proxy?.control}` }),
  }
}
