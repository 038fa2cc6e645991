import type { TestHost } from '@belay/test-hosts'

/** Runs a program as root on a host. Returns what it printed. @throws with what it said if it fails */
export async function asRoot(
  host: Pick<TestHost, 'name' | 'run'>,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { status, stdout, stderr } = await host.run([...argv], { user: 'root', timeoutMs: 120_000, env: { ...env } })
  if (status === 0) return stdout.trimEnd()
  throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim() || stdout.trim()}`)
}
