import { createServer } from 'node:http'
import type { TestHost } from '@belay/test-hosts'
import { areAll, cutOff, haveMade, loseRunnerWhen } from '../chaos/elsewhere/act.ts'
import { newSlot, oldSlot } from '../chaos/elsewhere/at-rest.ts'
import { brokenNginx, editByHand, follow } from '../chaos/elsewhere/by-hand.ts'
import { excuseHost } from '../chaos/elsewhere/central-proxy.ts'
import type { Lab, LabOptions } from '../chaos/elsewhere/lab.ts'
import { reboot } from '../chaos/strike.ts'
import { type CompletedJob, duringStep, type JobOptions, type JobStep } from '../support/fixture.ts'
import type { Pause } from '../support/pause.ts'
import { atPhase } from '../support/pauses.ts'
import { base } from '../support/slots.ts'

/** v1 is committed everywhere, then this job releases v2. */
export interface Played {
  readonly completed: CompletedJob
  /** The slot host that a cell calls *there*, and the proxy that it calls *that proxy*, by their indices. */
  readonly there?: number
  readonly thatProxy?: number
  /** Users of that proxy had none for a while: its host was off. */
  readonly wasOff?: boolean
  /** The slot hosts whose old slots were stopped. */
  readonly dead?: readonly number[]
  /** Cleans up for the next release what no job cleans up. */
  tidy?(): Promise<void>
}

export interface Scenario {
  readonly lab?: LabOptions
  play(lab: Lab): Promise<Played>
}

export async function releaseV2(lab: Lab, more: JobStep[] = [], options: JobOptions = {}): Promise<CompletedJob> {
  return lab.job('v2', [...(await lab.steps('v2')), ...more], options)
}

async function during(lab: Lab, act: Pause['inject'], end?: string): Promise<CompletedJob> {
  const [step, options] = duringStep(act, end)
  return releaseV2(lab, [step], options)
}

/** Something happens after the fill and before the switch. */
async function between(lab: Lab, act: Pause['inject']): Promise<CompletedJob> {
  const [step, options] = duringStep(act)
  return lab.job('v2', [await lab.fill('v2'), step, lab.traffic('v2')], options)
}

/** Something happens in the first post of a release that changed something, once its decision is made. */
export const onceDecided = (inject: Pause['inject']): JobOptions => ({
  pause: { step: 'release/traffic', stage: 'post', match: { event: 'decided' }, inject },
})

const play = (one: Scenario['play'], lab?: LabOptions): Scenario => ({ play: one, ...(lab && { lab }) })
const hostAt = (hosts: readonly TestHost[], index: number) => hosts[index] as TestHost
const lost: Pause['inject'] = (controller) => controller.loseRunner()

/** By `main / decision / runner`. */
export const scenarios: Record<string, Scenario> = {
  'ended well / commit / stays': play(async (lab) => ({ completed: await releaseV2(lab) })),
  'ended well / undo: a later step failed / stays': play(async (lab) => ({
    completed: await releaseV2(lab, [{ run: 'exit 1' }]),
  })),
  'ended well / undo: the job was cancelled / stays': play(async (lab) => ({
    completed: await during(lab, (controller) => controller.cancel(), 'sleep 60'),
  })),
  'ended well / none / lost': play(async (lab) => ({ completed: await during(lab, lost) })),
  'lost between fill and switch / none / lost': play(async (lab) => ({ completed: await between(lab, lost) })),
  "lost between two proxies' moves / none / lost": play(async (lab) => {
    const [first, second] = [hostAt(lab.proxyHosts, 0), hostAt(lab.proxyHosts, 1)]
    const notYet = async () => !(await haveMade([second], 'move'))
    const strike = loseRunnerWhen('the first proxy moved', [second], () => haveMade([first], 'move'), notYet)
    const completed = await releaseV2(lab, [], atPhase('release/traffic', 'switch', strike.inject))
    await strike.struck()
    return { completed }
  }),
  'one of N fails its fill / undo: the job failed / stays': play(async (lab) => {
    const foreign = createServer((_, response) => void response.writeHead(500).end())
    const listen = () =>
      new Promise<void>((resolve) => foreign.listen(Number(newSlot), lab.slotHosts[2]?.address, resolve))
    const completed = await releaseV2(lab, [], atPhase('release/api', 'fill', listen))
    return { completed, tidy: async () => void foreign.close().closeAllConnections() }
  }),
  'a proxy cannot reach one new slot / undo: the job failed / stays': play(
    async (lab) => {
      const second = hostAt(lab.proxyHosts, 1)
      const leads = (from: string, to: string) =>
        second.run(['sed', '-i', `s/^${from} app-3$/${to} app-3/`, '/etc/hosts'], { user: 'root' })
      const [right, wrong] = [lab.slotHosts[2]?.address ?? '', '127.0.0.9']
      const completed = await between(lab, async () => void (await leads(right, wrong)))
      return { completed, tidy: async () => void (await leads(wrong, right)) }
    },
    { named: true },
  ),
  'one of two proxies refuses the move / undo: the job failed / stays': play(async (lab) => {
    const broken = brokenNginx(lab, 1)
    const completed = await releaseV2(lab, [], atPhase('release/traffic', 'switch', broken.write))
    return { completed, tidy: broken.remove }
  }),
  'ended well / undo: a later step failed, a proxy cut off / stays': play(async (lab) => ({
    completed: await during(lab, () => cutOff(lab.proxyHosts[1]), 'exit 1'),
    thatProxy: 1,
  })),
  'ended well / undo: a later step failed, a slot host cut off / stays': play(async (lab) => ({
    completed: await during(lab, () => cutOff(lab.slotHosts[2]), 'exit 1'),
    there: 2,
  })),
  'ended well / commit, a slot host cut off / stays': play(async (lab) => ({
    completed: await releaseV2(
      lab,
      [],
      onceDecided(() => cutOff(lab.slotHosts[2])),
    ),
    there: 2,
  })),
  'ended well / commit, a proxy cut off / stays': play(async (lab) => ({
    completed: await releaseV2(
      lab,
      [],
      onceDecided(() => cutOff(lab.proxyHosts[1])),
    ),
    thatProxy: 1,
    // The slots of both releases have traffic now, so none can be filled: a person brings that proxy in line.
    tidy: () => follow(lab, 1, 0),
  })),
  'ended well / commit / lost after the slot hosts': play(async (lab) => {
    const none = async () => areAll(lab.proxyHosts, 'armed')
    const confirmed = () => areAll(lab.slotHosts, 'confirmed')
    const strike = loseRunnerWhen('the slot hosts are confirmed', lab.proxyHosts, confirmed, none)
    const completed = await releaseV2(lab, [], onceDecided(strike.inject))
    await strike.struck()
    return { completed }
  }),
  'ended well / commit / lost after the proxies': play(async (lab) => {
    let all = false
    const inject: Pause['inject'] = async (controller) => {
      all = await areAll(lab.fixture.hosts, 'confirmed')
      controller.loseRunner()
    }
    const pause: Pause = { step: 'release/traffic', stage: 'post', match: { event: 'result' }, inject }
    const completed = await releaseV2(lab, [], { pause })
    if (!all) throw new Error(`not all hosts were confirmed when the runner was lost:\n${completed.log}`)
    return { completed }
  }),
  "ended well / undo: a proxy's file edited by hand / stays": play(async (lab) => ({
    completed: await during(lab, () => editByHand(lab, 0), 'exit 1'),
    thatProxy: 0,
    tidy: () => follow(lab, 0, 1),
  })),
  'ended well / undo: most old slots are dead / stays': play(async (lab) => ({
    completed: await during(
      lab,
      async () => {
        for (const host of lab.slotHosts.slice(0, 2))
          await host.run(['/usr/local/bin/belay-test-restart', base, 'this-host', oldSlot, `slots/${oldSlot}`, 'stop'])
      },
      'exit 1',
    ),
    dead: [0, 1],
  })),
  'ended well / undo: a proxy host rebooted / stays': play(async (lab) => ({
    completed: await during(
      lab,
      async () => void (await reboot({ slots: true }, hostAt(lab.proxyHosts, 0), lab.proxies[0])),
      'exit 1',
    ),
    thatProxy: 0,
    wasOff: true,
  })),
  'ended well / undo: a slot host rebooted / stays': play(async (lab) => ({
    completed: await during(
      lab,
      async () => {
        const host = hostAt(lab.slotHosts, 2)
        const off = reboot({ slots: true }, host)
        excuseHost(lab.proxies, host, off)
        await off
      },
      'exit 1',
    ),
  })),
  'ended well, `until: gate` / commit / stays': play(async (lab) => ({
    completed: await lab.job('v2', [await lab.fill('v2', { until: 'gate' })]),
  })),
}
