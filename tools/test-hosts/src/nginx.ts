import { ask } from './ask.ts'
import type { TestHost } from './host.ts'
import { freePort } from './namespace-host.ts'
import { awaitListening, openRuntime, type TestProxy } from './proxy.ts'

/** An nginx whose upstream is one included file, as blue-green-switch moves it. */
export interface TestNginx extends TestProxy {
  /** The folder of the included file, `active.conf`. */
  readonly upstreamFolder: string
  readonly activeFile: string
  /** A program that takes `validate`, `reload` or `pid`: the input `proxy` after `command:`. */
  readonly control: string
  /** Configuration of others at http level; each file there is included. */
  readonly neighbours: string
}

export interface NginxOptions {
  /** The port of the slot that has the traffic at first. */
  slot?: number
  /** Instead of it: what stands after `server` in each line of the file, such as `10.0.0.1:5006 weight=3`. */
  servers?: readonly string[]
  /** Where the slots listen, for nginx's configuration; default: the host's own address, or 127.0.0.1. */
  slotAddress?: string
  /** Default: a free one. */
  port?: number
  /** Default: below its own folder. */
  upstreamFolder?: string
  /** A loopback address to listen on without a host; default 127.0.0.1. */
  address?: string
  /** Connections to a slot that stay open between requests; default none. */
  keepalive?: number
  name?: string
  /** Instead of a site of its own: a pattern of files with sites, one of which listens on `port`. */
  sites?: string
}

/** Starts a real nginx on a test host (as its deploy user), or plainly on this machine. */
export async function startNginx(host: TestHost | undefined, options: NginxOptions): Promise<TestNginx> {
  const runtime = await openRuntime(host, options.name ?? 'nginx', options.address)
  const { folder, address } = runtime
  const port = options.port ?? (await freePort(address))
  const upstreamFolder = options.upstreamFolder ?? `${folder}/upstream`
  const configFile = `${folder}/nginx.conf`
  const activeFile = `${upstreamFolder}/active.conf`
  const control = `${folder}/control`
  const neighbours = `${folder}/neighbours`
  const nginx = ['/usr/sbin/nginx', '-p', folder, '-c', configFile, '-e', `${folder}/error.log`]
  const servers = options.servers ?? [`${options.slotAddress ?? address}:${options.slot}`]
  if (!options.sites) await runtime.write(activeFile, servers.map((server) => `server ${server};\n`).join(''))
  await runtime.write(`${neighbours}/none.conf`, '# Nothing yet.\n')
  await runtime.write(configFile, configuration({ folder, upstreamFolder, neighbours, address, port, ...options }))
  await runtime.write(control, controlScript(nginx.join(' '), folder), 0o755)

  const start = async () => {
    await runtime.start([...nginx, '-g', 'daemon off;'], [...nginx, '-g', 'daemon on;'])
    await awaitListening(address, port)
  }
  await start()
  return {
    address,
    port,
    folder,
    configFile,
    upstreamFolder,
    activeFile,
    control,
    neighbours,
    async activePorts() {
      const { headers } = await ask(`http://${address}:${port}/health`)
      return [Number(String(headers['x-upstream']).split(':').at(-1))]
    },
    boot: start,
    async restart() {
      await runtime.end(`${folder}/nginx.pid`)
      await start()
    },
    async stop() {
      await runtime.end(`${folder}/nginx.pid`)
      await runtime.clear()
    },
  }
}

interface Settings {
  folder: string
  upstreamFolder: string
  neighbours: string
  address: string
  port: number
  keepalive?: number
  sites?: string
}

function configuration(settings: Settings): string {
  const { folder, neighbours, sites } = settings
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${folder}/${kind};`,
  )
  return `worker_processes 2;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 2048; }
http {
  access_log off;
${temporary.join('\n')}
${sites ? `  include ${sites};` : ownSite(settings)}
  include ${neighbours}/*.conf;
}
`
}

function ownSite({ upstreamFolder, address, port, keepalive }: Settings): string {
  return `  upstream app {
    include ${upstreamFolder}/*.conf;
${keepalive ? `    keepalive ${keepalive};\n` : ''}  }
  server {
    listen ${address}:${port};
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      add_header x-upstream $upstream_addr always;
    }
  }`
}

function controlScript(nginx: string, folder: string): string {
  return `#!/bin/sh
case $1 in
validate) exec ${nginx} -t ;;
reload) exec ${nginx} -s reload ;;
pid) exec cat ${folder}/nginx.pid ;;
esac
exit 2
`
}
