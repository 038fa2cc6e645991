import type { TestNginx } from '@belay/test-hosts'
import type { Lab } from '../../chaos/elsewhere/lab.ts'
import { waitFor } from '../../support/fixture.ts'

// What a person does with a proxy's files.

function nginxOf({ proxies }: Lab, index: number): TestNginx {
  const proxy = proxies[index]?.proxy
  if (!proxy || !('control' in proxy)) throw new Error(`proxy ${index + 1} is no nginx`)
  return proxy
}

/** A comment in the file that Belay wrote: it is not as Belay left it. */
export async function editByHand({ proxies }: Lab, index: number): Promise<void> {
  await proxies[index]?.edit()
}

/** Another service's file there that nginx refuses, with the whole of its configuration. */
export function brokenNginx(lab: Lab, index: number): { write(): Promise<void>; remove(): Promise<void> } {
  const file = `${nginxOf(lab, index).neighbours}/broken.conf`
  const host = lab.proxyHosts[index]
  return {
    write: async () => void (await host?.write(file, 'server { listen nonsense; }\n')),
    remove: async () => void (await host?.run(['rm', file], { user: 'root' })),
  }
}

/** One proxy gets the file of the other one, and loads it. */
export async function follow(lab: Lab, index: number, other: number): Promise<void> {
  const [one, another] = [nginxOf(lab, index), nginxOf(lab, other)]
  const text = (await lab.proxyHosts[other]?.read(another.activeFile)) ?? ''
  await lab.proxyHosts[index]?.write(one.activeFile, text)
  await lab.proxyHosts[index]?.run([one.control, 'reload'])
  await waitFor(`proxy ${index + 1} does what proxy ${other + 1} does`, 20, async () => {
    const [mine, theirs] = await Promise.all([lab.proxies[index]?.version(), lab.proxies[other]?.version()])
    return mine === theirs
  })
}
