import type { TestHost } from '@belay/test-hosts'

/** The commit that a URL reports. Undefined only for a refused connection: anything else is an answer. */
export async function askSha(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: 'close' } })
    return shaIn(await response.text()) ?? `an answer without a commit (status ${response.status})`
  } catch (error) {
    const { code, message = String(error) } = ((error as Error).cause ?? error) as { code?: unknown; message?: string }
    // A timeout has a number there, which says nothing.
    return code === 'ECONNREFUSED' ? undefined : `no answer (${typeof code === 'string' ? code : message})`
  }
}

/** The same as seen on a host. Undefined if nothing listens there, or behind its proxy. */
export async function askShaOn(host: TestHost, url: string): Promise<string | undefined> {
  const format = '\n%{http_code}'
  const { status, stdout } = await host.run(['curl', '-sk', '--max-time', '10', '--write-out', format, url])
  const end = stdout.lastIndexOf('\n')
  const code = stdout.slice(end + 1)
  if (status === 7 || code === '502') return undefined
  return shaIn(stdout.slice(0, end)) ?? `an answer without a commit (curl ${status}, ${code})`
}

export function shaIn(text: string): string | undefined {
  try {
    const { sha } = JSON.parse(text) as { sha?: unknown }
    return typeof sha === 'string' ? sha : undefined
  } catch {
    return undefined
  }
}

/** Whether a process on the host holds the lock of a base path. */
export async function isLocked(host: TestHost, base: string): Promise<boolean> {
  const lock = `${base}/.belay/lock`
  return (await host.exists(lock)) && (await host.run(['flock', '--nonblock', lock, 'true'])).status !== 0
}

/** The changes below a base path that are neither confirmed nor undone: `000002-….armed`. */
export async function openStates(host: TestHost, base: string): Promise<string[]> {
  const { stdout } = await host.run(['ls', `${base}/.belay/states`], { user: 'root' })
  return stdout.split('\n').filter((name) => /\.(held|armed|undoing)$/.test(name))
}
