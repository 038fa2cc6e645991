import type { TestHost } from '@belay/test-hosts'

/** The state of the newest transaction below a folder of a host, as its file's name says it: `confirmed`, `armed`, … */
export async function newestState(host: TestHost, base: string): Promise<string> {
  const { stdout } = await host.run(['ls', `${base}/.belay/states`])
  return stdout.trim().split('\n').at(-1)?.split('.').at(-1) ?? ''
}
