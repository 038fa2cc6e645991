import type { DebianSuite } from '@belay/test-hosts'
import {
  type HostEngine,
  importImage,
  startHostEngine,
  startRegistry,
  type TestHost,
  type TestRegistry,
} from '@belay/test-hosts'
import { type Fixture, type JobStep, openFixture, shaOf, waitFor } from './fixture.ts'

/** The team's folder on each host. */
export const folder = '/srv/team/shop'
export const login = { username: 'puller', password: 'a token, with "odd" $characters' }

const busybox = '/usr/bin/busybox'

/** Hosts with an engine each, and a private registry that all of them reach. */
export interface ComposeFixture {
  readonly fixture: Fixture
  readonly hosts: readonly TestHost[]
  readonly engines: readonly HostEngine[]
  readonly registry: TestRegistry
  /** Makes an image of the service, pushes it, and forgets it on the engines; its `name@sha256:…`. */
  image(version: string, kind?: 'well' | 'unhealthy' | 'ends' | 'slow'): Promise<string>
  /** One deploy-ssh step that releases an image. */
  deploy(image: string, inputs?: Record<string, string>, step?: JobStep): JobStep
  /** The text of `.env`, and who owns it with which mode. */
  env(host: TestHost): Promise<string>
  owner(host: TestHost): Promise<string>
  close(): Promise<void>
}

export interface ComposeOptions {
  readonly hosts?: number
  readonly docker?: DebianSuite
  readonly shell?: 'sh' | 'busybox'
  /** The team's Compose file; default: `app` and `worker` of one image, beside a `db`. */
  readonly compose?: string
  /** The lines of `.env` before the first release, after ADDRESS. */
  readonly env?: string
}

const serviceText = (name: string, variable: string, port: string, more = '') => `  ${name}:
    image: \${${variable}:?set by a release}
    ports: ["\${ADDRESS}:${port}:3000"]
    restart: unless-stopped
    stop_signal: SIGKILL
    healthcheck: { test: ["CMD", "${busybox}", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/health"], interval: 1s, retries: 2 }
${more}`

const database = `  db:
    image: local/db:1
    stop_signal: SIGKILL
    environment: { PASSWORD: "a-secret-of-the-team" }
`

export const oneService = `services:
${serviceText('app', 'APP_IMAGE', '5101')}  worker:
    image: $APP_IMAGE
    stop_signal: SIGKILL
    command: ["${busybox}", "sleep", "100000"]
${database}`

/** Two slots, and room for a proxy. */
export const twoSlots = (more = '') => `services:
${serviceText('app-a', 'APP_A_IMAGE', '5201')}${serviceText('app-b', 'APP_B_IMAGE', '5202')}${database}${more}`

/** A proxy in a container of the same file, as the team would have it: the upstream's folder is mounted, not a file. */
export const proxyPort = 5280
const nginx = `  nginx:
    image: local/nginx:1
    network_mode: host
    restart: unless-stopped
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "./upstream:/etc/nginx/belay/api-qa:ro"]
`

export const slots = ['5201', '5202'] as const

/** Two slots behind nginx in a container, which sends the traffic to the first one. */
export async function openComposeSlotFixture(options: ComposeOptions = {}): Promise<ComposeFixture> {
  const fixture = await openComposeFixture({ compose: twoSlots(nginx), ...options })
  for (const [index, host] of fixture.hosts.entries()) {
    const engine = fixture.engines[index] as HostEngine
    await importImage(engine, 'local/nginx:1', {
      programs: ['/usr/sbin/nginx'],
      files: {
        'var/lib/nginx/none': '',
        'var/log/nginx/none': '',
        'etc/passwd': 'root:x:0:0:root:/:/none\n',
        'etc/group': 'root:x:0:\n',
      },
      command: ['/usr/sbin/nginx', '-g', 'daemon off;'],
    })
    await host.run(['install', '-d', `${folder}/upstream`])
    await host.write(`${folder}/upstream/active.conf`, `server ${host.address}:${slots[0]};\n`)
    await host.write(`${folder}/nginx.conf`, nginxConfiguration(host.address))
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d', 'nginx', 'db'], {
      APP_A_IMAGE: 'none',
      APP_B_IMAGE: 'none',
    })
    if (up.status !== 0) throw new Error(up.stderr)
    await waitFor('nginx answers', 30, () => answers(host)).catch(async () => {
      throw new Error(`nginx: ${(await host.run(['docker', 'logs', 'shop-nginx-1'], { user: 'root' })).stderr}`)
    })
  }
  return fixture
}

const nginxConfiguration = (address: string) => `user root;
worker_processes 2;
error_log /dev/stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  upstream api-qa { include /etc/nginx/belay/api-qa/*.conf; }
  server {
    listen ${address}:${proxyPort};
    location / { proxy_pass http://api-qa; }
  }
}
`

const answers = (host: TestHost) =>
  fetch(`http://${host.address}:${proxyPort}/`).then(
    () => true,
    () => false,
  )

/** What users get from the proxy; undefined where nothing answers well. */
export async function throughProxy(host: TestHost): Promise<string | undefined> {
  const request = { signal: AbortSignal.timeout(3000), headers: { connection: 'close' } }
  const response = await fetch(`http://${host.address}:${proxyPort}/health`, request).catch(() => undefined)
  return response?.ok ? ((await response.json()) as { version: string }).version : undefined
}

/** deploy-ssh to the idle slot. */
export function fill(fixture: ComposeFixture, image: string, inputs: Record<string, string> = {}): JobStep {
  return fixture.deploy(image, { slots: slots.join(' '), check: 'http://this-host:{slot}/health', ...inputs })
}

/** blue-green-switch after it. */
export function move(fixture: ComposeFixture, inputs: Record<string, string> = {}): JobStep {
  return {
    id: 'switch',
    uses: '$/actions/blue-green-switch',
    with: {
      hosts: fixture.hosts.map(({ target }) => target).join('\n'),
      'ssh-key': fixture.fixture.privateKey,
      'known-hosts': fixture.hosts.map(({ knownHosts }) => knownHosts).join('\n'),
      service: 'api',
      environment: 'qa',
      slots: slots.join(' '),
      upstream: `${folder}/upstream`,
      proxy: `compose:${folder}`,
      'drain-timeout': '2s',
      'confirm-timeout': '120s',
      ...inputs,
    },
  }
}

export async function openComposeFixture(options: ComposeOptions = {}): Promise<ComposeFixture> {
  const registry = await startRegistry({ login: { scheme: 'bearer', ...login } })
  const fixture = await openFixture({ hosts: options.hosts ?? 1, ...(options.shell && { shell: options.shell }) })
  const { hosts } = fixture
  const engines: HostEngine[] = []
  const close = async () => {
    await Promise.all(engines.map((engine) => engine.stop()))
    await fixture.close()
    await registry.stop()
  }
  try {
    for (const host of hosts) {
      const engine = await startHostEngine(host, { docker: options.docker ?? 'trixie' })
      engines.push(engine)
      await importImage(engine, 'local/db:1', { programs: [busybox], command: [busybox, 'sleep', '100000'] })
      await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', folder], { user: 'root' })
      await host.write(`${folder}/compose.yml`, options.compose ?? oneService)
      await host.write(`${folder}/.env`, `# the team's\nADDRESS=${host.address}\n${options.env ?? ''}`, 0o640)
    }
  } catch (error) {
    await close()
    throw error
  }

  return {
    fixture,
    hosts,
    engines,
    registry,
    async image(version, kind = 'well') {
      const [engine] = engines as [HostEngine]
      const name = `${registry.address}/acme/api`
      const health = JSON.stringify({ version, sha: shaOf(version), pid: 1 })
      const serve = `${busybox} echo ${version} begins; exec ${busybox} httpd -f -p 3000 -h /www`
      const commands = {
        well: serve,
        unhealthy: serve,
        ends: `${busybox} echo ${version} has no config; exit 3`,
        slow: `${busybox} sleep 4; ${serve}`,
      }
      await importImage(engine, `${name}:${version}`, {
        programs: [busybox],
        files: kind === 'unhealthy' ? { 'www/other': version } : { 'www/health': health },
        command: [busybox, 'sh', '-c', commands[kind]],
      })
      await engine.docker('login', '--username', login.username, '--password', login.password, registry.address)
      await engine.docker('push', '--quiet', `${name}:${version}`)
      const ref = await engine.docker('inspect', '--format', '{{index .RepoDigests 0}}', `${name}:${version}`)
      await engine.docker('rmi', '--force', `${name}:${version}`, ref)
      await engine.docker('logout', registry.address)
      return ref
    },
    deploy: (image, inputs = {}, step = {}) =>
      fixture.deploy(
        'api',
        '',
        {
          restart: `compose:${folder}`,
          ...(image === '' ? {} : { image }),
          'registry-user': login.username,
          'registry-token': login.password,
          'check-timeout': '20s',
          'confirm-timeout': '120s',
          ...inputs,
        },
        step,
      ),
    owner: async (host) =>
      (await host.run(['stat', '-c', '%U:%G %a', `${folder}/.env`], { user: 'root' })).stdout.trim(),
    env: async (host) => (await host.read(`${folder}/.env`)) ?? '',
    close,
  }
}

/** What users get, what `.env` says and who owns it, and what must never be touched: the database's container. */
export async function stateOf(fixture: ComposeFixture) {
  const [host, engine] = [fixture.hosts[0] as TestHost, fixture.engines[0] as HostEngine]
  const env = await fixture.env(host)
  return {
    served: await fixture.fixture.serves(host, 'api'),
    image: /^APP_IMAGE=(.*)$/m.exec(env)?.[1],
    rest: env.replace(/^APP_IMAGE=.*\n/m, ''),
    owner: await fixture.owner(host),
    db: await engine.docker('inspect', '--format', '{{.ID}} {{.State.StartedAt}}', 'shop-db-1'),
    files: (await host.run(['ls', '-A', folder])).stdout.split('\n').filter(Boolean),
  }
}

/** kill -9 of the process that serves a release on a host. */
export async function killServe(host: TestHost): Promise<void> {
  for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
}
