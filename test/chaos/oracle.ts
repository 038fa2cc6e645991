import { connect } from 'node:net'
import { ask, type TestHaproxy, type TestHost, type TestNginx } from '@belay/test-hosts'
import type { ProxyOnHost, Strike } from './struck.ts'

/** `servers`: those of HAProxy between which a person shares the traffic. */
export function watchedProxy(
  host: TestHost,
  proxy: TestNginx | TestHaproxy,
  servers: readonly [string, string] = ['green', 'blue'],
): ProxyOnHost {
  let isDown = false
  return {
    get isDown() {
      return isDown
    },
    version: () => versionAt(`http://${proxy.address}:${proxy.port}/health`),
    async downWithTraffic() {
      const [before, up] = await slotsAt(host, proxy)
      const down = before.filter((_, index) => !up[index])
      if (down.length === 0) return []
      // It may have lost its traffic before it was stopped, in between.
      const [after, again] = await slotsAt(host, proxy)
      return down.filter((slot) => after.includes(slot) && !again[after.indexOf(slot)])
    },
    down: () => {
      isDown = true
    },
    async boot() {
      await proxy.boot()
      // Its services start at the same moment, and take a while to listen.
      const end = Date.now() + 10_000
      while (Date.now() < end && /^(status|error) /.test(await this.version()))
        await new Promise((resolve) => setTimeout(resolve, 50))
      isDown = false
    },
    edit: () => ('control' in proxy ? editFile(host, proxy) : editWeight(host, proxy, servers)),
  }
}

async function slotsAt(host: TestHost, proxy: TestNginx | TestHaproxy): Promise<[number[], boolean[]]> {
  const active = await proxy.activePorts()
  return [active, await Promise.all(active.map((slot) => takesConnection(host.address, slot)))]
}

export function takesConnection(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.setTimeout(10_000, () => socket.destroy(new Error('too late')))
    socket.once('connect', () => socket.destroy())
    socket.once('error', () => {})
    socket.once('close', (failed) => resolve(!failed))
  })
}

async function versionAt(url: string): Promise<string> {
  try {
    const { status, text } = await ask(url)
    return status === 200 ? (JSON.parse(text) as { version: string }).version : `status ${status}`
  } catch (error) {
    return `error ${error}`
  }
}

/** A line that changes nothing yet: the file is not as Belay left it. */
async function editFile(host: TestHost, { activeFile }: TestNginx): Promise<Strike> {
  const was = await host.read(activeFile)
  const mark = '# by hand'
  await host.write(activeFile, `${was}${mark}\n`)
  const isKept = async () => (await host.read(activeFile))?.includes(mark)
  if (!(await isKept())) throw new Error(`${host.name}: ${activeFile} was not edited`)
  return {
    proof: `${host.name}: ${activeFile} has "${mark}"`,
    async expectKept() {
      if (!(await isKept()))
        throw new Error(`${host.name}: ${activeFile} was overwritten: ${await host.read(activeFile)}`)
    },
    async repair() {
      const text = (await host.read(activeFile)) ?? ''
      await host.write(activeFile, text.replace(`${mark}\n`, ''))
      await host.run(['sh', '-c', `kill -HUP "$(cat ${activeFile.replace(/upstream\/active.conf$/, 'nginx.pid')})"`])
    },
  }
}

/**
 * A part of the users is sent to the slot that has none of them. Where that one is stopped, the other's weight is changed:
 * users of a dead slot would be the person's own doing.
 */
async function editWeight(
  host: TestHost,
  proxy: TestHaproxy,
  [one, other]: readonly [string, string],
): Promise<Strike> {
  const say = async (words: string) => {
    const { stdout } = await host.run(['socat', '-t', '5', '-', `UNIX-CONNECT:${proxy.socket}`], {
      input: `${words}\n`,
    })
    return stdout.trim()
  }
  const weightOf = async (server: string) =>
    Number(/^\d+/.exec(await say(`get weight ${proxy.backend}/${server}`))?.[0])
  const [idle, busy] = (await weightOf(one)) === 0 ? [one, other] : [other, one]
  const places = (await say(`show servers state ${proxy.backend}`)).split('\n').map((line) => line.split(' '))
  const place = places.find((fields) => fields[3] === idle)
  const connection = `TCP:${place?.[4]}:${place?.[18]},connect-timeout=2`
  const runs = (await host.run(['socat', '-u', 'OPEN:/dev/null', connection])).status === 0
  const server = runs ? idle : busy
  const [was, mine] = [await weightOf(server), 40]
  await say(`set weight ${proxy.backend}/${server} ${mine}`)
  const is = await weightOf(server)
  if (is !== mine || was === mine) throw new Error(`${host.name}: weight of ${server} is ${is}, was ${was}`)
  return {
    proof: `${host.name}: weight of ${server} was ${was}, is ${is}`,
    async expectKept() {
      const now = await weightOf(server)
      if (now !== mine) throw new Error(`${host.name}: the weight of ${server} was overwritten: ${now}, not ${mine}`)
    },
    repair: async () => void (await say(`set weight ${proxy.backend}/${server} ${was}`)),
  }
}

/**
 * Each 50 ms, at every proxy: users are answered by one of these versions, and no slot that gets traffic is down. `stop`
 * throws with each violation; a host that is off by a reboot of the test is not asked.
 */
export function watch(proxies: readonly ProxyOnHost[], versions: readonly string[]): { stop(): Promise<number> } {
  const violations = new Set<string>()
  let looks = 0
  let stopped = false
  const lookAt = async (proxy: ProxyOnHost, number: number) => {
    while (!stopped) {
      if (!proxy.isDown) {
        const [version, down] = await Promise.all([proxy.version(), proxy.downWithTraffic().catch((error) => [error])])
        // Its host may have been switched off in that time.
        if (!proxy.isDown) {
          looks += 1
          if (!versions.includes(version)) violations.add(`users of proxy ${number} got: ${version}`)
          if (down.length > 0) violations.add(`proxy ${number} sends traffic to a slot that is down: ${down}`)
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const loops = proxies.map((proxy, index) => lookAt(proxy, index + 1))
  return {
    async stop() {
      stopped = true
      await Promise.all(loops)
      if (violations.size > 0) throw new Error([...violations].join('\n'))
      if (looks < proxies.length) throw new Error('the oracle never looked')
      return looks
    },
  }
}
