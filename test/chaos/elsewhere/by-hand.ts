import type { TestNginx } from '@belay/test-hosts'
import { waitFor } from '../../support/fixture.ts'
import type { Lab } from './lab.ts'

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

/** One proxy gets what the other one does, and loads it. */
export async function follow(lab: Lab, index: number, other: number): Promise<void> {
  await (lab.driver === 'nginx' ? followFile : followWeights)(lab, index, other)
  await waitFor(`proxy ${index + 1} does what proxy ${other + 1} does`, 20, async () => {
    const [mine, theirs] = await Promise.all([lab.proxies[index]?.version(), lab.proxies[other]?.version()])
    return mine === theirs
  })
}

async function followFile(lab: Lab, index: number, other: number): Promise<void> {
  const [one, another] = [nginxOf(lab, index), nginxOf(lab, other)]
  const text = (await lab.proxyHosts[other]?.read(another.activeFile)) ?? ''
  await lab.proxyHosts[index]?.write(one.activeFile, text)
  await lab.proxyHosts[index]?.run([one.control, 'reload'])
}

/** Servers of HAProxy have the names of their places. */
async function followWeights({ proxies, proxyHosts }: Lab, index: number, other: number): Promise<void> {
  const proxy = proxies[index]?.proxy
  if (!proxy || 'control' in proxy) throw new Error(`proxy ${index + 1} is no HAProxy`)
  const say = async (host: number, words: string) =>
    (await proxyHosts[host]?.run(['socat', '-t', '5', '-', `UNIX-CONNECT:${proxy.socket}`], { input: `${words}\n` }))
      ?.stdout ?? ''
  const servers = (await say(other, `show servers state ${proxy.backend}`)).split('\n').map((line) => line.split(' '))
  for (const [, backend, , name, , , , weight] of servers)
    if (backend === proxy.backend) await say(index, `set weight ${backend}/${name} ${weight}`)
  await proxyHosts[index]?.write(proxy.stateFile, await say(index, 'show servers state'))
}
