import { expect } from 'vitest'
import type { CompletedJob } from '../support/fixture.ts'
import { blue, routeTraffic } from '../support/slots.ts'
import type { HostPlace } from './host-points.ts'
import { watch } from './oracle.ts'
import { openScene, type Scene } from './scene.ts'

/** What was done to the release of v2. */
export interface Struck {
  /** All that is known of it, for a failure. */
  readonly context: string
  /** Puts right what a person or the disk holds. */
  repair?(): Promise<void>
}

/**
 * Plays one point: v1 is released, v2 is struck by `strike`, which expects what is promised, then v3 must be released as if
 * nothing had been. All that time users are answered.
 */
export async function playPoint(place: HostPlace, strike: (scene: Scene) => Promise<Struck>): Promise<void> {
  const scene = await openScene(place)
  const { fixture, proxies } = scene
  try {
    const first = await fixture.job('v1', await scene.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    if (place.slots && !place.proxy) await Promise.all(fixture.hosts.map((host) => routeTraffic(host, blue)))
    const oracle = watch(proxies, ['v1', 'v2', 'v3', 'v9'])
    const { context, repair } = await strike(scene)
    await repair?.()
    const after = await fixture.job('v3', await scene.steps('v3'))
    expect(after.belay, `${context}\n=== and then\n${wordsOf(after)}`).toBe('committed')
    expect(new Set(await scene.newest()), `${context}\n=== and then\n${after.log}`).toEqual(new Set(['v3']))
    if (proxies.length > 0) await expect(oracle.stop(), context).resolves.toBeGreaterThan(0)
  } finally {
    await scene.close()
  }
}

/** All that a job said. */
export function wordsOf({ log, record, belay }: CompletedJob): string {
  return `BELAY_RESULT=${belay}\n${log}\n${record.map((one) => JSON.stringify(one)).join('\n')}`
}
