import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FakeGitHub } from '@belay/fakes/github'
import type { TestHost } from '@belay/test-hosts'
import { numberOfBuild, slackToken } from '../example-lab.ts'
import { exampleVariables } from '../example-variables.ts'
import { proveOn, startExampleGitHub } from '../github.ts'
import { type LabDatabase, openDatabase } from '../lab-database.ts'
import { type EndedRun, startOf } from '../runs.ts'
import { type Version, v2 } from '../version.ts'
import type { Lab, ReleaseOptions } from './lab.ts'
import { exampleRoot, type Service, services } from './services.ts'

/** What production has besides the hosts: a database, nginx on each host, and the repository on GitHub. */
export interface ProductionLab {
  readonly database: LabDatabase
  readonly github: FakeGitHub
  /** Variables and secrets of the environment `production`, also for other environments that replace it. */
  readonly environment: { readonly vars: Record<string, string>; readonly secrets: Record<string, string> }
  /** Runs the workflow for a version by its tag, or by hand (`previous`). */
  release(version: Version | 'previous', more?: ReleaseOptions): Promise<EndedRun>
  /** From now on its GitHub has that run of QA as a success of the version. */
  markProven(version: Version, run: number): void
  close(): Promise<void>
}

/** Root wrote the database's URL into these files of each host. */
export const settingsFiles: readonly string[] = services.map(({ name }) => `/etc/${name}/production.env`)

/**
 * Prepares production on the hosts of a lab, whose QA has built all versions: `proven` are the numbers of those runs.
 * Everything ends with `close` or with this process.
 */
export async function openProduction(lab: Lab, proven: ReadonlyMap<Version, number>): Promise<ProductionLab> {
  const database = await openDatabase('acme', { user: 'acme', password: 'rope @ knot: 100 %' })
  const databaseUrl = database.url()
  await Promise.all(lab.hosts.map((host) => prepareHost(host, databaseUrl)))
  const github = await startExampleGitHub(proven, lab.artifacts)
  const environment = { vars: variablesOf(lab), secrets: { SSH_KEY: lab.sshKey, DATABASE_URL: databaseUrl } }
  return {
    database,
    github,
    environment,
    release(version, more = {}) {
      return lab.release(version === 'previous' ? v2 : version, {
        workflow: 'production.yml',
        ...startOf(version),
        apiUrl: github.url,
        vars: exampleVariables(lab.slack),
        secrets: { SLACK_TOKEN: slackToken },
        ...more,
        environments: {
          ...more.environments,
          production: { ...environment, vars: { ...environment.vars, ...more.vars } },
        },
      })
    },
    markProven: (version, run) => proveOn(github, version, run, lab.artifacts),
    async close() {
      await Promise.all([database.stop(), github.stop()])
    },
  }
}

/** Runs only the build of QA's workflow, so that the version counts as proven. Returns the number of the run. */
export function buildIn(lab: Lab, version: Version): Promise<number> {
  return numberOfBuild(version, lab.release(version, { jobs: ['build'] }))
}

/** The variables of the environment `production`, as its operators would set them for these hosts. */
function variablesOf({ hosts }: Lab): Record<string, string> {
  const each = (line: (host: TestHost) => string) => hosts.map(line).join('\n')
  const [api, worker] = services as [Service, Service]
  const front = ({ production }: Service, page: string) =>
    each(({ address }) => `http://${address}:${production.front}${page}`)
  return {
    BELAY_HOSTS: each(({ target }) => target),
    BELAY_KNOWN_HOSTS: each(({ knownHosts }) => knownHosts),
    // These hosts share the addresses of one machine, so a slot listens on its host's own.
    BELAY_CHECK: 'http://this-host:{slot}/health/ready',
    BELAY_RESTART: 'command:/usr/local/bin/acme-slot start {slot}',
    BELAY_STOP: 'command:/usr/local/bin/acme-slot stop {slot}',
    BELAY_PROXY: 'command:/usr/local/bin/acme-proxy',
    API_URLS: front(api, '/health'),
    WORKER_URLS: front(worker, '/health'),
    API_SMOKE_URLS: front(api, api.page),
    WORKER_SMOKE_URLS: front(worker, worker.page),
  }
}

/** Prepares what root prepares on a real host, and the programs that replace systemd. */
async function prepareHost(host: TestHost, databaseUrl: string): Promise<void> {
  const asRoot = async (...argv: string[]) => {
    const { status, stderr } = await host.run(argv, { user: 'root' })
    if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim()}`)
  }
  for (const name of ['acme-slot', 'acme-proxy'])
    await host.write(`/usr/local/bin/${name}`, readFileSync(join(import.meta.dirname, `${name}.sh`), 'utf8'), 0o755)
  for (const service of services) {
    const { name, production } = service
    const upstream = `/etc/nginx/belay/${name}-production`
    await asRoot('install', '-d', '-o', 'deploy', '-g', 'deploy', upstream)
    await host.write(`${upstream}/active.conf`, `server this-host:${production.slots[0]};\n`)
    await host.write(`/etc/nginx/sites/${name}-production`, siteOf(host, service))
    await host.write(`/etc/${name}/production.env`, `DATABASE_URL='${databaseUrl}'\n`)
  }
  await host.write('/etc/nginx/nginx.conf', nginxConfig)
  const started = await host.run(['nginx', '-q', '-e', '/run/belay-test/nginx.log'])
  if (started.status !== 0) throw new Error(`${host.name}: nginx did not start: ${started.stderr.trim()}`)
}

/** The example's own site, where nginx listens for it on a test host. */
function siteOf({ address }: TestHost, { name, production }: Service): string {
  const text = readFileSync(join(exampleRoot, 'nginx', `${name}-production`), 'utf8')
  const moved = text.replace(/^( *)listen 80;$/m, `$1listen ${address}:${production.front};`)
  if (moved === text) throw new Error(`examples/vps-systemd/nginx/${name}-production has no line "listen 80;"`)
  return moved
}

/** Like Debian's, but for a user who is not root. */
const nginxConfig = `worker_processes 2;
pid /run/belay-test/nginx.pid;
error_log /run/belay-test/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path /run/belay-test/nginx-body;
  proxy_temp_path /run/belay-test/nginx-proxy;
  fastcgi_temp_path /run/belay-test/nginx-fastcgi;
  uwsgi_temp_path /run/belay-test/nginx-uwsgi;
  scgi_temp_path /run/belay-test/nginx-scgi;
  include /etc/nginx/sites/*;
}
`
