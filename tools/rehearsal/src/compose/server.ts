import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importServerImages, startHost, startHostEngine, type TestHost } from '@belay/test-hosts'
import { basePath, type Environment, exampleRoot, shop } from './shop.ts'

/** The server of an environment: sshd, Docker, and what the example's Compose file runs on it. */
export interface ShopServer {
  readonly host: TestHost
  readonly environment: Environment
  /** The database's URL on the server. */
  readonly databaseUrl: string
  /** A file with the certificate that its nginx shows. */
  readonly certificate: string
  /** The rows of a query, a line each, the columns separated by `|`. */
  query(sql: string): Promise<string[]>
  /** The containers that a release must not touch, by service. */
  neighbours(): Promise<Record<string, string>>
  stop(): Promise<void>
}

const password = 'rope @ knot: 100 %'

/** `registryPort`: of the registry on this machine's 127.0.0.1; the server's own port forwards to it. `folder`: for keys. */
export async function openServer(
  environment: Environment,
  { authorizedKey, registryPort, folder }: { authorizedKey: string; registryPort: number; folder: string },
): Promise<ShopServer> {
  const host = await startHost({
    name: `shop-${environment}`,
    authorizedKey,
    network: 'own',
    reaches: [registryPort],
    folders: [shop.folder, basePath(environment)],
  })
  try {
    const engine = await startHostEngine(host)
    await importServerImages(engine.docker)
    const certificate = makeCertificate(folder, environment, host.address)
    await furnish(host, certificate)
    const compose = (...args: string[]) =>
      asRoot(host, 'docker', 'compose', '--project-directory', shop.folder, ...args)
    await compose('up', '--detach', 'db', 'cache', 'nginx')
    const psql = ['exec', '-T', '-e', `PGPASSWORD=${password}`, 'db', 'psql', '-U', 'acme', '-d', 'acme', '-At', '-c']
    const query = async (sql: string) => (await compose(...psql, sql)).split('\n').filter(Boolean)
    await eventually(() => query('select 1'))
    return {
      host,
      environment,
      databaseUrl: `postgres://acme:${encodeURIComponent(password)}@127.0.0.1:5432/acme`,
      certificate,
      query,
      async neighbours() {
        const names = ['db', 'cache', 'nginx']
        const ids = await Promise.all(names.map((name) => compose('ps', '--quiet', name)))
        return Object.fromEntries(names.map((name, index) => [name, ids[index] ?? '']))
      },
      async stop() {
        await engine.stop().catch(() => undefined)
        await host.stop()
      },
    }
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** Prepares the server as the example's README says. */
async function furnish(host: TestHost, certificate: string): Promise<void> {
  const files = ['compose.yml', ...['nginx/conf.d', 'nginx/upstream'].flatMap(filesIn)]
  const owned = ['nginx', 'nginx/conf.d', 'nginx/upstream', 'nginx/tls'].map((path) => `${shop.folder}/${path}`)
  await asRoot(host, 'install', '-d', '-o', 'deploy', '-g', 'deploy', ...owned)
  for (const path of files) await host.write(`${shop.folder}/${path}`, readFileSync(join(exampleRoot, path), 'utf8'))
  const settings = readFileSync(join(exampleRoot, '.env.example'), 'utf8')
  const filled = settings.replace(/^DATABASE_PASSWORD=$/m, `DATABASE_PASSWORD='${password}'`)
  if (filled === settings) throw new Error('examples/compose/.env.example has no line DATABASE_PASSWORD=')
  await host.write(`${shop.folder}/.env`, filled, 0o600)
  await host.write(`${shop.folder}/nginx/tls/fullchain.pem`, readFileSync(certificate, 'utf8'))
  await host.write(`${shop.folder}/nginx/tls/privkey.pem`, readFileSync(`${certificate}.key`, 'utf8'), 0o600)
}

function filesIn(path: string): string[] {
  return readdirSync(join(exampleRoot, path)).map((name) => `${path}/${name}`)
}

/** Like a real one, but self-signed. */
function makeCertificate(folder: string, environment: Environment, address: string): string {
  const path = join(folder, `${environment}.pem`)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${path}.key`]
  const names = ['-subj', '/CN=shop.example.com', '-addext', `subjectAltName=IP:${address}`]
  execFileSync('openssl', ['req', '-x509', '-days', '2', '-out', path, ...key, ...names], { stdio: 'pipe' })
  return path
}

async function asRoot(host: TestHost, ...argv: string[]): Promise<string> {
  // The default folder of the client's plugins, where the server's Compose is.
  const env = { DOCKER_CONFIG: '/home/deploy/.docker' }
  const { status, stdout, stderr } = await host.run(argv, { user: 'root', timeoutMs: 120_000, env })
  if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim()}`)
  return stdout.trimEnd()
}

async function eventually(holds: () => Promise<unknown>): Promise<void> {
  for (const last = Date.now() + 60_000; ; await sleep(200)) {
    try {
      await holds()
      return
    } catch (error) {
      if (Date.now() > last) throw error
    }
  }
}
