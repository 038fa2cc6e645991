import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BareProxy, startBareHaproxy, startBareNginx } from './bare.ts'
import { type LoadedBelay, openBelay, type Release, type ReleaseKind } from './belay.ts'
import type { Lane } from './lane.ts'
import type { Driver, Options } from './options.ts'
import { startSlots } from './slots.ts'
import { type Row, rowOf, timesOf } from './table.ts'
import { problemsOf } from './verdict.ts'
import { watch } from './watch.ts'

export interface Measured {
  readonly rows: readonly Row[]
  /** Lines on how long Belay's moves took. */
  readonly times: readonly string[]
  readonly problems: readonly string[]
}

/** Half of the releases are bad, in both ways. */
const turns: readonly ReleaseKind[] = ['good', 'unfit', 'good', 'rollback', 'regretted', 'good', 'unfit', 'regretted']

/** Before the first move and after the last, so that each has requests under way. */
const restMs = 2000

/** How long a stop and start is watched. */
const restartSeconds = 10

export async function measureDriver(driver: Driver, options: Options): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bl-'))
  const slots = await startSlots(folder, '127.0.0.1')
  try {
    const bare = await (driver === 'nginx' ? startBareNginx : startBareHaproxy)(slots)
    try {
      const { belay, alone, releases } = await sideBySide(driver, bare, options)
      const restarted = await restart(bare, options.rate)
      return {
        rows: [
          rowOf(driver, 'Belay', belay),
          rowOf(driver, driver === 'nginx' ? 'bare reload' : 'bare ready and drain', alone),
          rowOf(driver, 'stop and start', restarted),
        ],
        times: timesOf(driver, releases),
        problems: problemsOf(driver, belay, alone, releases),
      }
    } finally {
      await bare.stop()
    }
  } finally {
    slots.stop()
    rmSync(folder, { recursive: true })
  }
}

interface Lanes {
  readonly belay: Lane
  readonly alone: Lane
  readonly releases: readonly Release[]
}

/** Belay's releases until its clients have sent enough, and after each the proxy alone moved as often. */
async function sideBySide(driver: Driver, bare: BareProxy, { requests, rate }: Options): Promise<Lanes> {
  const belay = await openBelay(driver)
  try {
    const watches = [await watch(belay.url, rate), await watch(bare.url, rate)] as const
    try {
      const { releases, moves } = await releaseInTurns(driver, belay, bare, requests / rate)
      const [ofBelay, ofBare] = await Promise.all([watches[0].stop(), watches[1].stop()])
      return {
        belay: { watched: ofBelay, moves: releases.flatMap(movesOf) },
        alone: { watched: ofBare, moves },
        releases,
      }
    } finally {
      // A second time is nothing.
      await Promise.all(watches.map((one) => one.stop()))
    }
  } finally {
    await belay.close()
  }
}

async function releaseInTurns(driver: Driver, belay: LoadedBelay, bare: BareProxy, seconds: number) {
  const began = performance.now()
  const releases: Release[] = []
  const moves: number[] = []
  await sleep(restMs)
  for (let turn = 0; turn < turns.length || performance.now() - began < seconds * 1000; turn++) {
    const release = await belay.release(turns[turn % turns.length] as ReleaseKind)
    releases.push(release)
    for (let move = 0; move < release.moves; move++) {
      moves.push(await time(() => bare.switchSlot()))
      await sleep(restMs / 4)
    }
    const tenths = (Date.now() - release.began) / 100
    console.log(`${driver} ${turn + 1}: ${release.kind}, ${Math.round(tenths) / 10} s`)
  }
  await sleep(restMs)
  return { releases, moves }
}

function movesOf({ switchMs, backMs }: Release): number[] {
  return [switchMs, backMs].filter((ms) => ms !== undefined)
}

async function restart(bare: BareProxy, rate: number): Promise<Lane> {
  const asking = await watch(bare.url, rate)
  try {
    await sleep(restMs)
    const ms = await time(() => bare.restart())
    await sleep(restartSeconds * 1000)
    return { watched: await asking.stop(), moves: [ms] }
  } finally {
    await asking.stop()
  }
}

async function time(act: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}
