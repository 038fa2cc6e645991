import { ask } from './ask.ts'
import type { TestHost } from './host.ts'
import { freePort } from './namespace-host.ts'
import { awaitListening, openRuntime, type TestProxy } from './proxy.ts'

/** An HAProxy with one backend of two servers, as blue-green-switch moves it. */
export interface TestHaproxy extends TestProxy {
  readonly socket: string
  readonly backend: string
  readonly stateFile: string
  /** Reads its configuration and the state file anew, as `systemctl reload` does. */
  reload(): Promise<void>
}

export interface HaproxyOptions {
  /** Ports of the two slots; the first has the traffic at first. */
  slots?: readonly [number, number]
  /** Instead of them: what stands after `server` in each line of the backend, such as `a1 10.0.0.1:5006 weight 3`. */
  servers?: readonly string[]
  slotAddress?: string
  port?: number
  address?: string
  name?: string
  /** False: its configuration does not read the state file. */
  persistent?: boolean
}

/** Starts a real HAProxy on a test host (as its deploy user), or plainly on this machine. */
export async function startHaproxy(host: TestHost | undefined, options: HaproxyOptions): Promise<TestHaproxy> {
  const runtime = await openRuntime(host, options.name ?? 'haproxy', options.address)
  const { folder, address } = runtime
  const port = options.port ?? (await freePort(address))
  const configFile = `${folder}/haproxy.cfg`
  const [socket, stateFile, pidFile] = [`${folder}/socket`, `${folder}/server-state`, `${folder}/haproxy.pid`]
  const { slots = [0, 0], slotAddress = address } = options
  const servers = options.servers ?? [
    `blue ${slotAddress}:${slots[0]} weight 100`,
    `green ${slotAddress}:${slots[1]} weight 0`,
  ]
  await runtime.write(configFile, configuration({ ...options, servers, socket, stateFile, address, port }))
  const haproxy = ['/usr/sbin/haproxy', '-W', '-f', configFile, '-p', pidFile]
  const start = async () => {
    await runtime.start([...haproxy, '-db'], [...haproxy, '-D'])
    await awaitListening(address, port)
  }
  await start()
  return {
    address,
    port,
    folder,
    configFile,
    socket,
    stateFile,
    backend: 'app',
    async reload() {
      const pid = Number((await runtime.read(pidFile))?.split('\n')[0])
      if (host) await host.kill(pid, 'SIGUSR2')
      else process.kill(pid, 'SIGUSR2')
      await new Promise((resolve) => setTimeout(resolve, 500))
      await awaitListening(address, port)
    },
    async activePorts() {
      const { text } = await ask(`http://${address}:${port}/statistics;csv`)
      const servers = text.split('\n').map((line) => line.split(','))
      const gets = (server: string) =>
        servers.some(
          ([backend, name, ...rest]) =>
            backend === 'app' && name === server && !/^(MAINT|DRAIN)/.test(rest[15] ?? '') && Number(rest[16]) > 0,
        )
      return slots.filter((_, index) => gets(index === 0 ? 'blue' : 'green'))
    },
    boot: start,
    async restart() {
      await runtime.end(pidFile)
      await start()
    },
    async stop() {
      await runtime.end(pidFile)
      await runtime.clear()
    },
  }
}

interface Settings {
  servers: readonly string[]
  socket: string
  stateFile: string
  address: string
  port: number
  persistent?: boolean
}

function configuration({ servers, socket, stateFile, address, port, persistent = true }: Settings): string {
  return `global
  stats socket ${socket} mode 660 level admin
${persistent ? `  server-state-file ${stateFile}\n` : ''}defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
${persistent ? '  load-server-state-from-file global\n' : ''}frontend web
  bind ${address}:${port}
  stats enable
  stats uri /statistics
  default_backend app
backend app
${servers.map((server) => `  server ${server} check inter 200\n`).join('')}`
}
