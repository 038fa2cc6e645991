import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { makeKey, type TestHost } from '../src/index.ts'

/** A folder with a key, and `ssh` with nothing but that key and the host's pinned line. */
export async function makeLogin() {
  const dir = await mkdtemp(join(tmpdir(), 'belay-testbed-'))
  const { publicKey } = await makeKey(dir)
  let uses = 0

  const start = async (host: Pick<TestHost, 'address' | 'port' | 'knownHosts'>, command: string) => {
    const pinned = join(dir, `known-hosts-${++uses}`)
    await writeFile(pinned, `${host.knownHosts}\n`)
    const options = {
      BatchMode: 'yes',
      ConnectTimeout: '3',
      IdentitiesOnly: 'yes',
      ServerAliveCountMax: '1',
      ServerAliveInterval: '1',
      StrictHostKeyChecking: 'yes',
      UserKnownHostsFile: pinned,
    }
    const settings = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
    const args = ['-F', 'none', '-i', join(dir, 'id'), ...settings, '-p', String(host.port), `deploy@${host.address}`]
    return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile('ssh', [...args, command], { timeout: 20_000 }, (_, stdout, stderr) =>
        resolve({ status: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  }
  return { publicKey, dir, ssh: start, remove: () => rm(dir, { recursive: true }) }
}

/** Puts the content of a folder of this machine into a folder of the host, as deploy and past the connection. */
export async function copyTo(host: TestHost, from: string, to: string): Promise<void> {
  for (const file of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const source = join(file.parentPath, file.name)
    await host.write(join(to, relative(from, source)), await readFile(source, 'utf8'))
  }
  await host.run(['chown', '-R', 'deploy:', to], { user: 'root' })
}

/** Calls `look` every 20 ms until it returns something true; fails after `timeoutMs`. */
export async function waitFor<T>(look: () => T | Promise<T>, timeoutMs = 5_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + timeoutMs; ; ) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`not true within ${timeoutMs} ms: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
