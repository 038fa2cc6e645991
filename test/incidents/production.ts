import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartPostgres, type Postgres, type SystemdHost, startPostgres } from '@belay/test-hosts'
import { type Fixture, type JobStep, openSystemdFixture, type Service, shaOf } from '../support/fixture.ts'
import { slotUnit } from '../support/slot-unit.ts'

export const slots = [5106, 5116] as const
const front = 8106
export const path = pathOf('api')
export const upstream = upstreamOf('api')
const login = { user: 'acme', password: 'rope @ knot: 100 %' }

/** Where a service with two slots lives on its hosts. */
export interface SlotLayout {
  readonly service: Service
  readonly slots: readonly [number, number]
  /** The port of its site. */
  readonly front: number
}
const api: SlotLayout = { service: 'api', slots, front }

/** One service of system B: two slots behind nginx on hosts with systemd, and a PostgreSQL that only hosts reach. */
export interface Production extends Fixture<SystemdHost> {
  readonly postgres: Postgres
  readonly databaseUrl: string
  /** Inputs that every action of the service takes. */
  readonly login: Readonly<Record<string, string>>
  migrate(version: string, inputs?: Record<string, string>): JobStep
  fill(version: string, inputs?: Record<string, string>, faults?: Record<string, unknown>): Promise<JobStep>
  switchTo(version: string, inputs?: Record<string, string>): JobStep
  /** All three, in their order. */
  steps(version: string, faults?: Record<string, unknown>): Promise<JobStep[]>
  /** What users of each host get through nginx: `v1 v1`. */
  users(): Promise<string>
  /** The slot in nginx's file, and whether each slot's unit runs: `5106 active inactive`. */
  slotsOn(host: SystemdHost): Promise<string>
  frontOf(host: SystemdHost): string
  /** Writes a migration of the service; all that were written are there for every later `migrate`. */
  migration(name: string, sql: string): void
}

export interface ProductionOptions {
  /** With false nothing of Belay or of the service is on the hosts, only the deploy user and its key. Default true. */
  prepared?: boolean
}

/**
 * Hosts prepared as an operator prepares them: a template unit, a site of nginx, and then the script that
 * `command: preflight` prints for these inputs, run by root.
 */
export async function openProduction(hosts = 2, { prepared = true }: ProductionOptions = {}): Promise<Production> {
  const fixture = await openSystemdFixture({ hosts, sudoers: '' })
  const postgres = await startPostgres()
  await postgres.createDatabase('acme')
  await postgres.createUser(login.user, login.password)
  const databaseUrl = postgres.url('acme', login)
  const migrations = join(fixture.folder, 'migrations')
  mkdirSync(migrations)
  const inputs = {
    hosts: fixture.hosts.map(({ target }) => target).join('\n'),
    'ssh-key': fixture.privateKey,
    'known-hosts': fixture.hosts.map(({ knownHosts }) => knownHosts).join('\n'),
    service: 'api',
    environment: 'qa',
  }
  const slotInputs = {
    slots: slots.join(' '),
    restart: 'systemd:api-qa@{slot}',
    check: 'http://this-host:{slot}/health',
  }

  const production: Production = {
    ...fixture,
    postgres,
    databaseUrl,
    login: inputs,
    migrate: (version, more = {}) => ({
      id: 'schema',
      uses: '$/actions/migrate-db',
      with: { ...inputs, version, 'database-url': databaseUrl, migrations, ...more },
    }),
    async fill(version, more = {}, faults = {}) {
      const source = await fixture.release('api', version, faults)
      // A machine that is busy with other tests starts a service late, which these tests do not verify.
      return fixture.deploy('api', source, { version, 'check-timeout': '20s', ...slotInputs, ...more })
    },
    switchTo: (version, more = {}) => ({
      id: 'traffic',
      uses: '$/actions/blue-green-switch',
      with: { ...inputs, version, slots: slots.join(' '), 'confirm-timeout': '60s', 'lock-timeout': '60s', ...more },
    }),
    steps: async (version, faults = {}) => [
      production.migrate(version),
      await production.fill(version, {}, faults),
      production.switchTo(version),
    ],
    async users() {
      return (await Promise.all(fixture.hosts.map((host) => versionAt(production.frontOf(host))))).join(' ')
    },
    async slotsOn(host) {
      const file = (await host.read(`${upstream}/active.conf`)) ?? ''
      const states = await Promise.all(
        slots.map(async (port) => (await host.run(['systemctl', 'is-active', `api-qa@${port}`])).stdout.trim()),
      )
      return `${/:(\d+);/.exec(file)?.[1] ?? 'none'} ${states.join(' ')}`
    },
    frontOf: (host) => `http://${host.address}:${front}/health`,
    migration: (name, sql) => writeFileSync(join(migrations, name), sql),
    async close() {
      await postgres.stop()
      await fixture.close()
    },
  }

  await Promise.all(fixture.hosts.map(widenNginx))
  if (!prepared) {
    await Promise.all(fixture.hosts.map(clear))
    return production
  }
  // A disk that may be filled up. A reboot empties it, so only the first host is rebooted.
  for (const host of fixture.hosts.slice(1))
    await host.run(['mount', '-t', 'tmpfs', '-o', 'size=128m,mode=755', 'tmpfs', '/srv'], { user: 'root' })
  await Promise.all(fixture.hosts.map((host) => writeUnitAndSite(host)))
  const script = await rootScript(production)
  await Promise.all(fixture.hosts.map((host) => prepare(host, script)))
  return production
}

/** Why these tests cannot run here; undefined if they can. */
export const lacksDatabase = () => canStartPostgres()

export async function versionAt(url: string): Promise<string> {
  const request = { signal: AbortSignal.timeout(3000), headers: { connection: 'close' } }
  const response = await fetch(url, request).catch(() => undefined)
  return response?.ok ? ((await response.json()) as { version: string }).version : '-'
}

/** The commit that a version stands for, as the services report it. */
export { shaOf }

function pathOf(service: Service): string {
  return `/srv/${service}/qa`
}

export function upstreamOf(service: Service): string {
  return `/etc/nginx/belay/${service}-qa`
}

export async function writeUnitAndSite(host: SystemdHost, place = api): Promise<void> {
  await writeUnit(host, place.service)
  await writeSite(host, place)
}

/** Removes the folders and units with which every host of a fixture begins. */
export async function clear(host: SystemdHost): Promise<void> {
  const units = ['api-qa.service', 'worker-qa.service']
  await asRoot(host, ['systemctl', 'disable', ...units])
  await asRoot(host, ['rm', '-r', '/srv/api', '/srv/worker', ...units.map((unit) => `/etc/systemd/system/${unit}`)])
  await asRoot(host, ['systemctl', 'daemon-reload'])
}

/** The template of both slots: the instance is the port. */
export async function writeUnit(host: SystemdHost, service: Service = 'api'): Promise<void> {
  const unit = slotUnit(pathOf(service), ['TimeoutStopSec=45', 'MemoryMax=512M'])
  await host.write(`/etc/systemd/system/${service}-qa@.service`, unit)
}

/** A site whose upstream is the slot in the file of Belay's folder; nginx has not loaded it yet. */
export async function writeSite(host: SystemdHost, { service, front } = api): Promise<void> {
  const name = `${service}-qa`
  await host.write(
    `/etc/nginx/sites-enabled/${name}`,
    `upstream ${name} { include ${upstreamOf(service)}/*.conf; }
server {
  listen ${host.address}:${front};
  location / {
    proxy_pass http://${name};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
  }
}
`,
  )
}

/** What `command: preflight` prints for root, as a job's log has it. */
export async function rootScript(production: Production, preflight?: JobStep): Promise<string> {
  const step = preflight ?? (await production.fill('v0', { command: 'preflight', source: '' }))
  const completed = await production.job('v0', [step])
  const script = /#!\/bin\/sh\n[\s\S]*?\n# In nginx, only inside [^\n]*\n/.exec(completed.log)?.[0]
  if (!script) throw new Error(`no root script in:\n${completed.log}`)
  return script
}

/** Runs the script as root, and starts nginx or makes it load one more site. */
export async function prepare(host: SystemdHost, script: string, place = api): Promise<void> {
  await asRoot(host, ['sh', '-s'], script)
  await writeActive(host, place.slots[0], place.service)
  await asRoot(host, ['systemctl', 'enable', '--now', 'nginx'])
  await reloadNginx(host)
}

/**
 * Reloads nginx as root, and waits until no worker of the former configuration accepts a connection: `systemctl reload` ends
 * before that, and an old worker may still answer a request after a new one did.
 */
export async function reloadNginx(host: SystemdHost): Promise<void> {
  await asRoot(host, ['sh', '-c', reloadAndWait])
}

/** A worker changes its title when it closes the sockets on which it listens. */
const reloadAndWait = `set -eu
accepts() { [ "$(tr -d '\\0' <"$1/cmdline" 2>/dev/null)" = 'nginx: worker process' ]; }
former=
for process in /proc/[0-9]*; do if accepts "$process"; then former="$former $process"; fi; done
systemctl reload nginx
tries=0
for process in $former; do
  while accepts "$process"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || { echo "$process still accepts connections, 10 s after the reload" >&2; exit 1; }
    sleep 0.05
  done
done`

/** Writes the port to which nginx routes. It listens for two hosts on one machine here: the address distinguishes them. */
export async function writeActive(host: SystemdHost, port: number, service: Service = 'api'): Promise<void> {
  const upstream = upstreamOf(service)
  await host.write(`${upstream}/active.conf`, `server this-host:${port};\n`)
  await asRoot(host, ['chown', 'deploy:deploy', `${upstream}/active.conf`])
}

/**
 * Room for all connections of a client of 200 requests a second while a busy machine holds the service up for seconds:
 * with Debian's 768 a worker resets what comes then. Before nginx starts. A container may not raise the limit of open files
 * above the machine's hard one: a higher number here is ignored, and a worker left with 1024.
 */
export async function widenNginx(host: SystemdHost): Promise<void> {
  const wider =
    's/^worker_processes.*/&\\nworker_rlimit_nofile 16384;/; s/worker_connections .*/worker_connections 8192;/'
  await asRoot(host, ['sed', '-i', wider, '/etc/nginx/nginx.conf'])
}

/** @throws Error with the command's output if it fails */
export async function asRoot(host: SystemdHost, argv: string[], input?: string): Promise<void> {
  const { status, stderr } = await host.run(argv, { user: 'root', ...(input && { input }) })
  if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr}\n${input ?? ''}`)
}
