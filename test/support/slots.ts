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

const switches = `${base}/switch/.belay`

/** The script of blue-green-switch, which only a recovery calls: it goes back where its process `.dead` had moved. */
const script = `${switches}/blue-green-switch.sh`
const says = `[ "$1" != recover ] || [ ! -e "$0.dead" ] || mv "$0.dead" '${switches}/active'
`

/** What a switch notes of its proxy, for a proxy that is a file with ports. A real proxy stands in test/chaos/chain.ts. */
const proxy = `fake_loaded() { :; }
fake_read() {
  why='the proxy does not answer' weights=''
  [ -e '${switches}/active' ] || return 1
  for port in ${blue} ${green}; do
    case " $(cat '${switches}/active') " in
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
  await host.run(['mkdir', '-p', `${switches}/states`])
  await host.write(script, says)
  await host.write(`${switches}/proxy`, proxy)
  if (ports === undefined) await host.run(['rm', `${switches}/active`], { user: 'root' })
  else await host.write(`${switches}/active`, `${ports}\n`)
}

/** A switch is under way from here on, until what is returned is called with the state that it ended with. */
export async function beginSwitch(host: TestHost): Promise<(state: string) => Promise<void>> {
  const lock = `${switches}/lock`
  const state = `${switches}/states/000001-x`
  await host.run(['mkdir', '-p', `${switches}/states`])
  await host.write(`${state}.armed`, '')
  const holder = host.run(['flock', lock, 'sleep', '240'], { user: 'root', timeoutMs: 250_000 }).catch(() => {})
  const isHeld = async () => (await host.run(['flock', '-n', lock, 'true'], { user: 'root' })).status !== 0
  while (!(await isHeld())) await new Promise((resolve) => setTimeout(resolve, 50))
  return async (end) => {
    await host.run(['mv', `${state}.armed`, `${state}.${end}`], { user: 'root' })
    for (const { pid, args } of await host.processes())
      if (args.includes(lock) || (args.includes('sleep') && args.includes('240'))) await host.kill(pid, 'SIGKILL')
    await holder
  }
}

/** The switch that moved the traffic died: a recovery returns the traffic to this port. */
export async function killSwitch(host: TestHost, from: string): Promise<void> {
  await host.write(`${script}.dead`, `${from}\n`)
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
