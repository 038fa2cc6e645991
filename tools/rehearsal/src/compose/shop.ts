import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Query } from '../observe/database.ts'
import { belayRoot, exampleFolder } from '../paths.ts'
import { type Version, v2 } from '../version.ts'

/** The repository that is rehearsed. */
export const exampleRoot = exampleFolder('compose')

export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

/** The example's one service, with the values of its workflows and its Compose file. */
export const shop = {
  name: 'acme-shop',
  /** The ports of its two slots, and which line of `.env` holds the image of each. */
  slots: { '5006': 'APP_A_IMAGE', '5016': 'APP_B_IMAGE' },
  /** The team's folder on the server. */
  folder: '/srv/acme-shop/compose',
  /** The name of its image below a registry. */
  image: 'acme/shop',
  /** The page that users request. */
  page: '/orders',
  /** A second page for its smoke test. */
  details: '/health/detailed',
} as const

export type Slot = keyof typeof shop.slots
export const slots = Object.keys(shop.slots) as Slot[]

/** Where Belay keeps the releases of an environment. */
export function basePath(environment: Environment): string {
  return `/srv/${shop.name}/${environment}`
}

/** External failures: they happen outside of Belay's steps. */
export const externalFailures = [
  'build-fails',
  'push-refused',
  'pull-refused',
  'start-fails',
  'health-fails',
  'smoke-fails',
] as const
export type ExternalFailure = (typeof externalFailures)[number]

/** The commit with an external failure: v2 with one line changed. A failure of the registry has one too, so that the registry has nothing of it yet. */
export function failingVersion(externalFailure: ExternalFailure): Version {
  return { ...v2, sha: createHash('sha1').update(externalFailure).digest('hex') }
}

/** What an external failure changes in the code; a failure of the registry changes nothing. */
const broken: Readonly<Partial<Record<ExternalFailure, { file: string; from: string; to: string }>>> = {
  'build-fails': { file: 'test/health.test.mjs', from: "'ready')", to: "'broken for the rehearsal')" },
  'start-fails': {
    file: 'app/server.mjs',
    from: 'let ending = false',
    to: "let ending = false\nthrow new Error('broken for the rehearsal')",
  },
  'health-fails': { file: 'app/server.mjs', from: "status: 'ok', sha", to: "status: 'failing', sha" },
  'smoke-fails': {
    file: 'app/server.mjs',
    from: 'detailed(orders, cache, migrations)), sha',
    to: "detailed(orders, cache, migrations)), sha, status: 'failing'",
  },
}

/**
 * Copies the example at a version into an empty folder. It uses the packages that Belay itself has installed: nothing is
 * downloaded.
 */
export function checkOut(version: Version, folder: string): void {
  const left = ['node_modules', 'build']
  cpSync(exampleRoot, folder, { recursive: true, filter: (path) => !left.includes(basename(path)) })
  symlinkSync(join(belayRoot, 'node_modules'), join(folder, 'node_modules'))
  for (const name of migrationsOf(v2)) if (!migrationsOf(version).includes(name)) rmSync(join(folder, migrations, name))
  const externalFailure = externalFailures.find((one) => failingVersion(one).sha === version.sha)
  const change = externalFailure && broken[externalFailure]
  if (!change) return
  const path = join(folder, change.file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(change.from)) throw new Error(`examples/compose/${change.file} has no "${change.from}" to break`)
  writeFileSync(path, text.replace(change.from, change.to))
}

const migrations = 'migrations'

/** The files of the migrations that a version was built with, in their order: v2 brought the last one. */
export function migrationsOf({ number }: Version): string[] {
  const all = readdirSync(join(exampleRoot, migrations)).sort()
  return number === v2.number ? all : all.slice(0, -1)
}

/** A migration stays when its release is undone. Takes back all but the first `count`. */
export async function revertSchema(query: Query, count: number): Promise<void> {
  const [table] = await query("select to_regclass('belay_migrations')")
  if (!table) return
  const statements = ['drop table if exists orders', 'alter table if exists orders drop column if exists packed_at']
  const applied = Number((await query('select count(*) from belay_migrations'))[0])
  for (let left = applied; left > count; left -= 1) {
    await query(statements[left - 1] ?? '')
    await query('delete from belay_migrations where version = (select max(version) from belay_migrations)')
  }
}
