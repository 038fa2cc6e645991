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

/** What stands for the proxy's side: it says what lies beside it, and goes back where its process `.dead` had moved. */
export const proxy = `${base}/switch/.belay/blue-green-switch.sh`

const says = `case $1 in
active) cat "$0.active" 2>/dev/null ;;
armed) [ -e "$0.armed" ] ;;
recover) [ ! -e "$0.dead" ] || mv "$0.dead" "$0.active" ;;
esac
`

/** From here on traffic goes to these ports. */
export async function routeTraffic(host: TestHost, ports: string): Promise<void> {
  await host.run(['mkdir', '-p', `${base}/switch/.belay`])
  await host.write(proxy, says)
  await host.write(`${proxy}.active`, `${ports}\n`)
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
