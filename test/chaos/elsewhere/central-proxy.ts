import type { TestHaproxy, TestHost, TestNginx } from '@belay/test-hosts'
import { blue, green } from '../../support/slots.ts'
import { takesConnection, watchedProxy } from '../oracle.ts'
import type { ProxyOnHost } from '../struck.ts'

/** A proxy before several slot hosts. */
export interface CentralProxy extends ProxyOnHost {
  readonly url: string
  readonly proxy: TestNginx | TestHaproxy
  /**
   * From here on it may send traffic to these places though nothing runs there. `stopping`: until the test has stopped them,
   * users whose request one of them had got ask again, as HAProxy sends no request twice.
   */
  excuse(places: readonly string[], stopping?: Promise<unknown>): void
  /** All places that it tried in vain since its start, by its own log; only nginx writes that. */
  triedInVain(): Promise<string[]>
}

/** `name`: the first server's, as the proxy has it. */
export function watchedCentral(host: TestHost, proxy: TestNginx | TestHaproxy, name: string): CentralProxy {
  const excused = new Set<string>()
  const isExcused = (place: string) => excused.has(place)
  let stops = 0
  const one = watchedProxy(host, proxy, [`${name}:${green}`, `${name}:${blue}`])
  return {
    ...one,
    get isDown() {
      return one.isDown
    },
    boot: () => one.boot(),
    url: `http://${proxy.address}:${proxy.port}/health`,
    proxy,
    excuse(places, stopping) {
      for (const place of places) excused.add(place)
      if (!stopping) return
      stops += 1
      const end = () => {
        stops -= 1
      }
      stopping.then(end, end)
    },
    async version() {
      for (;;) {
        const began = stops
        const answer = await one.version()
        if (answer !== 'status 502' || began + stops === 0) return answer
      }
    },
    async downWithTraffic() {
      const down = await ('control' in proxy ? triedByNginx(proxy) : downBehindHaproxy(proxy))
      return down.filter((place) => !isExcused(place))
    },
    async triedInVain() {
      if (!('control' in proxy)) return []
      const log = (await host.read(`${proxy.folder}/error.log`)) ?? ''
      const tried = [...log.matchAll(/connect\(\) failed .* upstream: "http:\/\/([^/]+)\//g)].map(
        ([, place]) => place ?? '',
      )
      return [...new Set(tried)].filter((place) => !isExcused(place))
    },
  }
}

/** A slot host goes off and on. Nothing listens there while it is off; proxies then ask the others. */
export function excuseHost(proxies: readonly CentralProxy[], { address }: TestHost, off: Promise<unknown>): void {
  for (const proxy of proxies) proxy.excuse([`${address}:${blue}`, `${address}:${green}`], off)
}

/** nginx names every place that it tried for an answer: all but the last one took no connection. */
async function triedByNginx({ address, port }: TestNginx): Promise<string[]> {
  const { headers, ok } = await ask(`http://${address}:${port}/health`)
  const tried = headers.get('x-upstream')?.split(', ') ?? []
  return ok ? tried.slice(0, -1) : tried
}

async function downBehindHaproxy(proxy: TestHaproxy): Promise<string[]> {
  const before = await placesOf(proxy)
  const up = await Promise.all(before.map(isUp))
  const down = before.filter((_, index) => !up[index])
  if (down.length === 0) return []
  // It may have lost its traffic before it was stopped, in between.
  const after = await placesOf(proxy)
  const again = await Promise.all(down.map(isUp))
  return down.filter((place, index) => after.includes(place) && !again[index])
}

/** The places with weight, by what HAProxy itself says: each server has the name of its place. */
async function placesOf({ address, port }: TestHaproxy): Promise<string[]> {
  const statistics = await ask(`http://${address}:${port}/statistics;csv`)
  const servers = (await statistics.text()).split('\n').map((line) => line.split(','))
  return servers.flatMap(([backend, name = '', ...rest]) => {
    const has = !/^(MAINT|DRAIN)/.test(rest[15] ?? '') && Number(rest[16]) > 0
    return backend === 'app' && name !== 'BACKEND' && has ? [name] : []
  })
}

const isUp = (place: string) => takesConnection(place.split(':')[0] ?? '', Number(place.split(':')[1]))

const ask = (url: string) => fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(10_000) })
