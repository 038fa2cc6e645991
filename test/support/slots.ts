import type { TestHost } from '@belay/test-hosts'

export const base = '/srv/api/qa'
export const [blue, green] = ['5201', '5202'] as const

const restart = `command:/usr/local/bin/belay-test-restart ${base} this-host {slot} slots/{slot}`

/** Inputs of deploy-ssh for a service `api` in two slots, which a command starts and stops. */
export const slotInputs = {
  // While nobody knows where traffic goes the last one is filled.
  slots: `${green} ${blue}`,
  restart,
  stop: `${restart} stop`,
  check: 'http://this-host:{slot}/health',
}

const belay = `${base}/.belay`

/** What a switch notes of its proxy, for a proxy that is a file with ports. A real proxy stands in test/chaos/chain.ts. */
const proxy = `fake_loaded() { :; }
fake_read() {
  why='the proxy does not answer' weights=''
  [ -e '${belay}/active' ] || return 1
  for port in ${blue} ${green}; do
    case " $(cat '${belay}/active') " in
    *" $port "*) weights="$weights$port=100 " ;;
    *) weights="$weights$port=0 " ;;
    esac
  done
}
r_driver='fake'
r_slots='${blue} ${green}'
r_whole='yes'
`

/** From here on traffic goes to these ports; undefined: the proxy does not answer. */
export async function routeTraffic(host: TestHost, ports: string | undefined): Promise<void> {
  await host.run(['mkdir', '-p', belay])
  await host.write(`${belay}/proxy`, proxy)
  if (ports === undefined) await host.run(['rm', `${belay}/active`], { user: 'root' })
  else await host.write(`${belay}/active`, `${ports}\n`)
}

/** What the service answers in a slot; undefined where nothing answers well. */
export async function answerFrom(host: TestHost, port: string): Promise<{ version: string; pid: number } | undefined> {
  const request = { signal: AbortSignal.timeout(3000), headers: { connection: 'close' } }
  const response = await fetch(`http://${host.address}:${port}/health`, request).catch(() => undefined)
  return response?.ok ? ((await response.json()) as { version: string; pid: number }) : undefined
}

/** The versions in both slots, blue first: `v1 -`. */
export async function versionsInSlots(host: TestHost): Promise<string> {
  const answers = await Promise.all([blue, green].map((port) => answerFrom(host, port)))
  return answers.map((one) => one?.version ?? '-').join(' ')
}
