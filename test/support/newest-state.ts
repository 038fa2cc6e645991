import type { TestHost } from '@belay/test-hosts'

/** The state of the newest transaction below a folder of a host, as its file's name says it: `confirmed`, `armed`, … */
export async function newestState(host: TestHost, base: string): Promise<string> {
  const states = await host.list(`${base}/.belay/states`)
  return states?.at(-1)?.split('.').at(-1) ?? ''
}
