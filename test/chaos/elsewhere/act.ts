import type { TestHost } from '@belay/test-hosts'
import type { RunController } from '@belay/workflow-runner'
import { waitFor } from '../../support/fixture.ts'
import { newestState } from '../../support/newest-state.ts'
import { base } from '../../support/slots.ts'
import { allIdle } from '../chain.ts'
import { endCountdown, secondsLeft } from './countdown.ts'
import type { Lab } from './lab.ts'

/** From here on the runner does not reach the host. */
export async function cutOff(host: TestHost | undefined): Promise<void> {
  await host?.link.refuse(true)
  host?.link.cut()
}

/** What the runner sends these hosts stays on its way, long enough to lose the runner before it arrives. */
const onItsWayMs = 8000

/** A strike between two boundaries: `struck` rejects where it was not struck there. */
export interface Strike {
  /** To be called while a step of the job is held. */
  inject(controller: RunController): void
  readonly struck: () => Promise<void>
}

/**
 * Loses the runner as soon as `holds`, before anything that it sends from then on reaches the `late` hosts. `still` must hold
 * then: that what comes next did not happen yet.
 */
export function loseRunnerWhen(
  what: string,
  late: readonly TestHost[],
  holds: () => Promise<boolean>,
  still: () => Promise<boolean> = async () => true,
): Strike {
  let struck: Promise<void> | undefined
  const strike = async (controller: RunController) => {
    for (const { link } of late) link.delayMs = onItsWayMs
    try {
      await waitFor(what, 60, holds)
      if (!(await still())) throw new Error(`struck too late: ${what}`)
    } finally {
      controller.loseRunner()
      for (const { link } of late) {
        link.cut()
        link.delayMs = 0
      }
    }
  }
  return {
    inject(controller) {
      struck = strike(controller)
      struck.catch(() => {})
    },
    struck: async () => {
      if (!struck) throw new Error(`the boundary was never reached: ${what}`)
      await struck
    },
  }
}

export async function areAll(hosts: readonly TestHost[], state: string): Promise<boolean> {
  const states = await Promise.all(hosts.map((host) => newestState(host, base)))
  return states.every((one) => one === state)
}

/** Whether a change of that kind was made, with success, in the newest transaction of each host. */
export async function haveMade(hosts: readonly TestHost[], kind: 'claim' | 'move' | 'role'): Promise<boolean> {
  const newest = `ls -t ${base}/.belay/changes | grep '\\.${kind}$' | sort | tail -n 1`
  const script = `name=$(${newest}) && test -e "${base}/.belay/work/\${name%.*}/${kind}/passed"`
  const made = await Promise.all(hosts.map((host) => host.run(['sh', '-c', script])))
  return made.every(({ status }) => status === 0)
}

/**
 * The time that hosts wait for passes: first the proxies return what is armed there, then the slot hosts, which wait
 * longer. Says which ones had waited.
 */
export async function passTime({ slotHosts, proxyHosts, fixture }: Lab): Promise<readonly TestHost[]> {
  const armedProxies = await armedOf(proxyHosts)
  const armedSlotHosts = await armedOf(slotHosts)
  const latest = Math.max(...armedProxies.map(({ left }) => left))
  const early = armedSlotHosts.find(({ left }) => left < latest + 170)
  if (early)
    throw new Error(`${early.host.name} returns ${early.left - latest} s after the last proxy, which may be too early`)
  for (const { host } of armedProxies) await endCountdown(host)
  await waitFor('the proxies are at rest', 60, () => allIdle({ hosts: proxyHosts }))
  for (const { host } of armedSlotHosts) await endCountdown(host)
  await waitFor('the slot hosts are at rest', 60, () => allIdle(fixture))
  return [...armedProxies, ...armedSlotHosts].map(({ host }) => host)
}

async function armedOf(hosts: readonly TestHost[]): Promise<{ host: TestHost; left: number }[]> {
  const all = await Promise.all(hosts.map(async (host) => ({ host, left: await secondsLeft(host) })))
  return all.flatMap(({ host, left }) => (left === undefined ? [] : [{ host, left }]))
}
