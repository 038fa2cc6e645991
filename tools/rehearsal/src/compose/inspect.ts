import { isLocked, openStates, shaIn } from '../inspect.ts'
import type { Target } from '../observe/served.ts'
import type { ShopServer } from './server.ts'
import { basePath, type Slot, shop, slots } from './shop.ts'

/** The state of a server, read without Belay. */
export interface Seen {
  /** The ports in nginx's file. */
  readonly routed: readonly string[]
  /** The commit that users get through nginx; undefined if nothing listens behind it. */
  readonly served: string | undefined
  readonly slots: readonly SeenSlot[]
  /** Bases whose lock a process holds. */
  readonly locked: readonly string[]
  /** Changes that are neither confirmed nor undone. */
  readonly open: readonly string[]
  /** Names of the migrations that are applied, in their order. */
  readonly schema: readonly string[]
  /** The database's advisory locks. */
  readonly databaseLocks: number
  /** Indexes that an interrupted migration left behind. */
  readonly invalidIndexes: readonly string[]
  /** Files with a registry login. */
  readonly logins: readonly string[]
}

export interface SeenSlot {
  readonly port: Slot
  /** The commit that its container reports; undefined if none listens. */
  readonly sha: string | undefined
  /** The line of `.env`, which `docker compose up` by hand would run; empty if there is none. */
  readonly image: string
  /** The text of its state file: `active` or `idle`; undefined if there is none. */
  readonly role: string | undefined
}

export async function lookAt(server: ShopServer): Promise<Seen> {
  const { host, environment } = server
  const base = basePath(environment)
  const [file, served, settings, locked, open, logins, schema, [locks = '0'], invalidIndexes] = await Promise.all([
    host.read(`${shop.folder}/nginx/upstream/active.conf`),
    ask(server, 'https://127.0.0.1/health'),
    host.read(`${shop.folder}/.env`),
    isLocked(host, base),
    openStates(host, base),
    host.run(['sh', '-c', findLogins], { user: 'root' }),
    applied(server),
    server.query("select count(*) from pg_locks where locktype = 'advisory'"),
    server.query('select indexrelid::regclass from pg_index where not indisvalid'),
  ])
  return {
    routed: [...(file ?? '').matchAll(/^\s*server\s+\S+:(\d+)[ ;]/gm)].map(([, port = '']) => port),
    served,
    slots: await Promise.all(slots.map((port) => lookAtSlot(server, port, settings ?? ''))),
    locked: locked ? [base] : [],
    open,
    schema,
    databaseLocks: Number(locks),
    invalidIndexes,
    logins: logins.stdout.split('\n').filter(Boolean),
  }
}

/** What users get through nginx, and below it both slots. */
export function targetsOf(server: ShopServer): Target[] {
  const target = (place: string, url: string): Target => ({ service: shop.name, place, ask: () => ask(server, url) })
  return [
    target(`${server.host.name}, for users`, 'https://127.0.0.1/health'),
    ...slots.map((port) => ({
      ...target(`${server.host.name}, slot ${port}`, `http://127.0.0.1:${port}/health`),
      isSlot: true,
    })),
  ]
}

/** Docker's client keeps a login in a file of this name; `auths` without one is no login. */
const findLogins = `grep -rls '"auth"' /home /root/.docker /tmp /var/tmp /dev/shm /run/user /srv --include=config.json`

async function lookAtSlot(server: ShopServer, port: Slot, settings: string): Promise<SeenSlot> {
  const { host, environment } = server
  const [sha, role] = await Promise.all([
    ask(server, `http://127.0.0.1:${port}/health`),
    host.run(['cat', `${basePath(environment)}/slots/${port}.state`], { user: 'root' }),
  ])
  const image = new RegExp(`^${shop.slots[port]}=(.*)$`, 'm').exec(settings)?.[1] ?? ''
  return { port, sha, image, role: role.stdout.trim() || undefined }
}

/** The commit that a URL reports, read on the server; undefined if nothing listens there or behind nginx. */
async function ask({ host }: ShopServer, url: string): Promise<string | undefined> {
  const format = '\n%{http_code}'
  const { status, stdout } = await host.run(['curl', '-sk', '--max-time', '10', '--write-out', format, url])
  const code = stdout.slice(stdout.lastIndexOf('\n') + 1)
  if (status === 7 || code === '502') return undefined
  return shaIn(stdout.slice(0, stdout.lastIndexOf('\n'))) ?? `an answer without a commit (curl ${status}, ${code})`
}

/** The migrations in Belay's own table; empty if the table does not exist. */
async function applied({ query }: ShopServer): Promise<string[]> {
  const [table] = await query("select to_regclass('belay_migrations')")
  return table ? query('select name from belay_migrations order by version') : []
}
