import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { TestHost } from '@belay/test-hosts'
import type { Reports } from './reports.ts'

/** A secret that was found where it does not belong. */
export interface Leftover {
  /** `host-1:/tmp/x`, `the runner: /…/key` */
  readonly place: string
}

/** Where a release may write on a host. */
const hostFolders = ['/etc', '/home', '/run', '/srv', '/tmp', '/root/.docker', '/root/.ssh', '/root/.pgpass']

/**
 * A folder is searched without what is mounted below it: the file systems of containers hold programs, and are large. A
 * process's arguments are visible to every user of a host.
 */
const searchOnHost = `patterns=$(cat)
for each in ${hostFolders.join(' ')}; do
  [ ! -e "$each" ] || find "$each" -xdev -type f -exec grep -laF -e "$patterns" -- {} +
done
printf '%s\\n' "$patterns" | grep -slaF -f - /proc/[0-9]*/cmdline
true`

/**
 * Lines to search for. Of a key all lines but those that every key has; of a URL its password too, as it is and decoded.
 */
export function patternsOf(secrets: readonly string[]): string[] {
  const lines = secrets.flatMap((secret) => [...linesOf(secret), ...passwordsIn(secret)])
  // A shorter line could be anywhere.
  return [...new Set(lines)].filter((line) => line.length >= 8)
}

function linesOf(secret: string): string[] {
  const lines = secret.split('\n').map((line) => line.trim())
  // The first line of OpenSSH's format names it.
  return secret.startsWith('-----BEGIN') ? lines.slice(2).filter((line) => !line.startsWith('-----')) : lines
}

function passwordsIn(secret: string): string[] {
  if (!URL.canParse(secret)) return []
  const { password } = new URL(secret)
  return password ? [password, decodeURIComponent(password)] : []
}

/** The files and processes of hosts that hold a secret. `known`: files, and folders with a `/` at the end, of their operators. */
export async function leftoversOnHosts(
  hosts: readonly TestHost[],
  secrets: readonly string[],
  known: readonly string[],
): Promise<Leftover[]> {
  const input = patternsOf(secrets).join('\n')
  const found = await Promise.all(
    hosts.map(async (host) => {
      const { stdout } = await host.run(['sh', '-c', searchOnHost], { user: 'root', input })
      const paths = stdout.split('\n').filter((path) => path !== '' && !isKnown(path, known))
      return paths.map((path) => ({ place: `${host.name}:${path}` }))
    }),
  )
  return found.flat()
}

/** Docker's client keeps a login in a file of this name; `auths` without one is no login. */
const findLogins =
  'grep -rls \'"auth"\' /home /root/.docker /tmp /var/tmp /dev/shm /run/user /srv --include=config.json'

/** The files of hosts that hold a login to a registry. */
export async function loginsOnHosts(hosts: readonly TestHost[]): Promise<Leftover[]> {
  const found = hosts.map(async (host) => {
    const { stdout } = await host.run(['sh', '-c', findLogins], { user: 'root' })
    return stdout.split('\n').flatMap((path) => (path ? [{ place: `${host.name}:${path}, a registry login` }] : []))
  })
  return (await Promise.all(found)).flat()
}

function isKnown(path: string, known: readonly string[]): boolean {
  return known.some((one) => path === one || (one.endsWith('/') && path.startsWith(one)))
}

/** The messages and deployments that hold a secret, in whatever version. */
export function leftoversInReports({ messages, deployments }: Reports, secrets: readonly string[]): Leftover[] {
  const patterns = patternsOf(secrets)
  const holds = (report: unknown) => patterns.some((pattern) => JSON.stringify(report).includes(pattern))
  return [
    ...messages.filter(holds).map(({ ts }) => ({ place: `the message ${ts} in Slack` })),
    ...deployments.filter(holds).map(({ id }) => ({ place: `the deployment ${id} on GitHub` })),
  ]
}

/** The files below folders of the runner that hold a secret. */
export async function leftoversOnRunner(folders: readonly string[], secrets: readonly string[]): Promise<Leftover[]> {
  const some = folders.filter((folder) => existsSync(folder))
  const patterns = patternsOf(secrets)
  if (some.length === 0 || patterns.length === 0) return []
  const found = await grep(['-rlaF', '-D', 'skip', '-f', '-', '--', ...some], patterns.join('\n'))
  return found.map((path) => ({ place: `the runner: ${path}` }))
}

function grep(args: readonly string[], input: string): Promise<string[]> {
  return new Promise((resolve) => {
    // Its status is 1 if nothing was found, and 2 if a file went away.
    const child = execFile('grep', args, { maxBuffer: 1 << 26 }, (_, stdout) =>
      resolve(stdout.split('\n').filter(Boolean)),
    )
    child.stdin?.end(input)
  })
}
