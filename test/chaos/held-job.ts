import { holdAt, type Moment, type TestHost } from '@belay/test-hosts'
import type { CompletedJob } from '../support/fixture.ts'
import { base } from '../support/slots.ts'
import type { HostPlace } from './host-points.ts'

/** The moment of a place on a host; a place at a line of the runner has none. */
export function momentOf({ boundary, step }: HostPlace): Moment | undefined {
  return boundary.host && { ...boundary.host, base, change: step === 'traffic' ? 'move' : 'release' }
}

/** Runs a job and strikes where all of these hosts stand still at that moment. */
export async function runHeld(
  hosts: readonly TestHost[],
  moment: Moment,
  start: () => Promise<CompletedJob>,
  strike: () => Promise<void>,
): Promise<CompletedJob> {
  const holds = await Promise.all(hosts.map((host) => holdAt(host, moment)))
  const areHeld = async () => (await Promise.all(holds.map(({ isHeld }) => isHeld()))).every(Boolean)
  let over = false
  const running = start().finally(() => {
    over = true
  })
  let reached = await areHeld()
  while (!reached && !over) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    reached = await areHeld()
  }
  try {
    if (reached) await strike()
  } finally {
    await Promise.all(holds.map(({ release }) => release()))
  }
  return running
}
