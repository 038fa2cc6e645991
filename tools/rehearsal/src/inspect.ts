import type { TestHost } from '@belay/test-hosts'

/** What answers is somebody, whatever it says: only a refused connection is nobody. */
export async function askSha(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: 'close' } })
    return shaIn(await response.text()) ?? `nothing that says its commit (status ${response.status})`
  } catch (error) {
    const { code, message = String(error) } = ((error as Error).cause ?? error) as { code?: unknown; message?: string }
    // A timeout has a number there, which says nothing.
    return code === 'ECONNREFUSED' ? undefined : `no answer (${typeof code === 'string' ? code : message})`
  }
}

export function shaIn(text: string): string | undefined {
  try {
    const { sha } = JSON.parse(text) as { sha?: unknown }
    return typeof sha === 'string' ? sha : undefined
  } catch {
    return undefined
  }
}

/** Whether a process of the host holds the lock of a base. */
export async function isLocked(host: TestHost, base: string): Promise<boolean> {
  const lock = `${base}/.belay/lock`
  return (await host.exists(lock)) && (await host.run(['flock', '--nonblock', lock, 'true'])).status !== 0
}

/** What is neither confirmed nor put back below a base: `000002-….armed`. */
export async function openStates(host: TestHost, base: string): Promise<string[]> {
  const { stdout } = await host.run(['ls', `${base}/.belay/states`], { user: 'root' })
  return stdout.split('\n').filter((name) => /\.(held|armed|undoing)$/.test(name))
}
