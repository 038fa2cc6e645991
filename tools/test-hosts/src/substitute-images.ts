import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { whyMissing } from '../../../scripts/machine/missing.ts'

/**
 * Substitute images for tests and the rehearsal, in which nothing can be pulled. They are made on this machine, from
 * Debian's packages and the node that runs this, and have the tags of the images that they replace. They have only what
 * the example needs.
 */
const recipes = join(import.meta.dirname, 'substitute-images')

/** Root file systems that were made once stay here; the name of one holds a hash of its recipe. */
const store = '/var/lib/belay-testbed/images'

/** Runs `docker` with arguments; resolves with its standard output. */
export type RunDocker = (...args: string[]) => Promise<string>

interface SubstituteImage {
  readonly tag: string
  /** As lines of a Dockerfile. */
  readonly changes: readonly string[]
}

const servers: readonly SubstituteImage[] = [
  { tag: 'postgres:15', changes: ['ENTRYPOINT ["stand-in-postgres"]', 'EXPOSE 5432'] },
  { tag: 'redis:7', changes: ['ENTRYPOINT ["stand-in-redis"]', 'CMD ["redis-server"]', 'EXPOSE 6379'] },
  { tag: 'nginx:1', changes: ['CMD ["nginx", "-g", "daemon off;"]', 'EXPOSE 80'] },
]

/** The tags that `importServerImages` gives. */
export const serverImages: readonly string[] = servers.map(({ tag }) => tag)

/** Why the substitute images cannot be made here; undefined if they can. */
export function canMakeSubstituteImages(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'substitute images need Linux and root'
  return whyMissing('debootstrap', 'busybox')
}

/**
 * Gives an engine `postgres:15`, `redis:7` and `nginx:1`: Debian 12's own servers of these versions. The first time on a
 * machine it takes one to two minutes (debootstrap), afterwards seconds. The engine must see this machine's /var/lib.
 */
export async function importServerImages(docker: RunDocker): Promise<void> {
  const tar = await rootOf('servers')
  const base = 'belay-stand-in:servers'
  await docker('import', tar, base)
  // Never started: a commit of it only says what the image is started with.
  const container = (await docker('create', base, 'true')).trim()
  for (const { tag, changes } of servers)
    await docker('commit', ...changes.flatMap((change) => ['--change', change]), container, tag)
  await docker('rm', container)
}

/** Gives an engine `tag` for a Node.js image of that name: this node, busybox, and the user `node`. */
export async function importNodeImage(docker: RunDocker, tag: string): Promise<void> {
  await docker('import', '--change', 'CMD ["node"]', await nodeRoot(), tag)
}

/** The tar with the root file system of that image, for an image that no engine makes. */
export function nodeRoot(): Promise<string> {
  return rootOf('node', process.execPath)
}

/** The tar of a root file system, made where it is not there yet. */
async function rootOf(name: 'servers' | 'node', ...args: string[]): Promise<string> {
  const hash = createHash('sha256').update(args.map((path) => `${path} ${statSync(path).size}`).join('\n'))
  for (const file of readdirSync(recipes).sort()) hash.update(readFileSync(join(recipes, file)))
  const tar = join(store, `${name}-${hash.digest('hex').slice(0, 12)}.tar`)
  if (existsSync(tar)) return tar
  if (name === 'servers')
    console.log('making substitute images for postgres, redis and nginx with debootstrap: takes one to two minutes')
  await promisify(execFile)('sh', [join(recipes, `${name}.sh`), tar, ...args], {
    timeout: 600_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return tar
}
