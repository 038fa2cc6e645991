import { expect, test } from 'vitest'
import { type GateReport, type GateRules, type GateTarget, type Instance, type Probe, runGate } from '../src/gate.ts'
import type { ProbeResult, Sample, SampleKind } from '../src/sample.ts'
import { virtualClock } from './virtual-clock.ts'

const rules: GateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 20_000 }

function reading(kind: SampleKind, message: string = kind): ProbeResult {
  return { kind, cause: kind === 'pass' ? 'as-expected' : 'status', message }
}

/** Runs a gate on virtual time. A probe is given the clock's time in seconds and what it needs to wait. */
async function run(
  instances: Record<
    string,
    (seconds: number, wait: (ms: number) => Promise<void>) => ProbeResult | Promise<ProbeResult>
  >,
  changes: Partial<GateRules> = {},
) {
  const clock = virtualClock()
  const seen: { name: string; sample: Sample }[] = []
  const targets = Object.entries(instances).map(([name, say]): GateTarget => {
    const probe: Probe = async (signal) => say(clock.now() / 1000, (ms) => clock.sleep(ms, signal))
    return { name, find: async () => ({ instances: [{ name, address: '', probe }], skipped: [] }) }
  })
  const watcher = { sample: (name: string, sample: Sample) => seen.push({ name, sample }) }
  const work = runGate(targets, { ...rules, ...changes }, new AbortController().signal, watcher, clock)
  const report = await clock.run(work)
  return { report, seen, endMs: clock.now() }
}

function startsOf(report: GateReport, index = 0): number[] {
  return report.histories[index]?.samples.map(({ startedMs }) => startedMs) ?? []
}

test('passes at the moment of the last required success', async () => {
  const { report, endMs } = await run({ a: () => reading('pass') })
  expect(report.verdict).toBe('pass')
  expect(endMs).toBe(4000)
})

test('waits while the old version answers, and counts from where the new one begins', async () => {
  const { report, endMs } = await run({ a: (s) => reading(s < 7 ? 'wrong-version' : 'pass') })
  expect(report.verdict).toBe('pass')
  expect(endMs).toBe(12_000)
})

test('starts anew after every relapse', async () => {
  const { report } = await run({ a: (s) => reading(s === 4 ? 'fail' : 'pass') })
  expect(report).toMatchObject({ verdict: 'pass', attempts: 6 })
})

test('an instance that flaps never passes', async () => {
  const { report, endMs } = await run({ a: (s) => reading(s % 4 === 0 ? 'pass' : 'fail', `said ${s % 4}`) })
  expect(report.verdict).toBe('fail')
  expect(report.reason).toBe('a: said 2 (the last of 10 probes)')
  expect(endMs).toBe(20_000)
})

test('one instance that had passed and fails again keeps the gate from passing', async () => {
  const { report, endMs } = await run({
    early: (s) => reading(s === 8 ? 'fail' : 'pass'),
    late: (s) => reading(s < 6 ? 'error' : 'pass'),
  })
  expect(report.verdict).toBe('pass')
  expect(endMs).toBe(14_000)
})

test('one stale instance of two fails the gate, by its name', async () => {
  const { report } = await run({
    fresh: () => reading('pass'),
    stale: () => reading('wrong-version', 'answered with v1'),
  })
  expect(report.verdict).toBe('fail')
  expect(report.reason).toBe('stale: answered with v1 (all 10 probes)')
})

test('a watch lasts until its end, and fails as soon as it is certain', async () => {
  const good = await run({ a: (s) => reading(s === 6 ? 'fail' : 'pass') }, { isWatch: true })
  expect(good.report.verdict).toBe('pass')
  expect(good.endMs).toBe(20_000)
  const bad = await run({ a: () => reading('pass'), b: (s) => reading(s < 8 ? 'error' : 'fail') }, { isWatch: true })
  expect(bad.report).toMatchObject({ verdict: 'fail', reason: 'b: fail (the last 3 of 7 probes)' })
  expect(bad.endMs).toBe(12_000)
})

test('ends exactly at the deadline, in the middle of a probe, which is then no sample', async () => {
  const { report, endMs } = await run(
    {
      a: async (_, wait) => {
        await wait(3000)
        return reading('fail', 'slow')
      },
    },
    { deadlineMs: 10_000 },
  )
  expect(endMs).toBe(10_000)
  expect(startsOf(report)).toEqual([0, 3000, 6000])
  expect(report.verdict).toBe('fail')
})

test('intervals run from start to start, and a slow probe is not overtaken by the next', async () => {
  let inFlight = 0
  let most = 0
  const { report } = await run({
    a: async (s, wait) => {
      most = Math.max(most, ++inFlight)
      await wait(s === 0 ? 4500 : 1500)
      inFlight -= 1
      return reading('pass')
    },
  })
  expect(startsOf(report)).toEqual([0, 4500, 6500])
  expect(most).toBe(1)
})

test('a probe that hangs is stopped at its timeout', async () => {
  const { report } = await run({
    a: async (s, wait) => {
      await wait(s === 0 ? 3_600_000 : 0)
      return reading(s === 0 ? 'error' : 'pass')
    },
  })
  expect(report.histories[0]?.samples[0]).toMatchObject({ kind: 'error', ms: 5000 })
  expect(report.verdict).toBe('pass')
})

test('where no probe ended, nothing was measured', async () => {
  const hang = async (_: number, wait: (ms: number) => Promise<void>) => {
    await wait(3_600_000)
    return reading('pass')
  }
  const { report, endMs } = await run({ a: hang }, { timeoutMs: 30_000 })
  expect(report).toMatchObject({ verdict: 'inconclusive', attempts: 0 })
  expect(report.reason).toBe('a: no probe ended before the deadline')
  expect(endMs).toBe(20_000)
})

test('what waiting cannot fix ends the gate at once, for all instances', async () => {
  const { report, endMs } = await run({
    a: () => reading('pass'),
    b: (s) => ({ kind: 'fail', cause: 'certificate', message: 'showed a bad certificate', fatal: s === 2 }),
  })
  expect(report).toMatchObject({ verdict: 'fail', cause: 'certificate' })
  expect(report.reason).toContain('b: showed a bad certificate')
  expect(endMs).toBe(2000)
})

test('searches for the instances of a target until it finds them', async () => {
  const clock = virtualClock()
  const there: Instance[] = [1, 2].map((n) => ({
    name: `t (${n})`,
    address: `${n}`,
    probe: async () => reading('pass'),
  }))
  const target: GateTarget = {
    name: 't',
    find: async () =>
      clock.now() < 5000
        ? { missing: reading('error', 'has no address') }
        : { instances: there, skipped: ['t (3): far'] },
  }
  const said: string[] = []
  const work = runGate([target], rules, new AbortController().signal, { skipped: (text) => said.push(text) }, clock)
  const report = await clock.run(work)
  expect(report).toMatchObject({ verdict: 'pass', attempts: 9, skipped: ['t (3): far'] })
  expect(report.histories.map(({ name, target, address: place }) => [name, target, place])).toEqual([
    ['t (1)', 't', '1'],
    ['t (2)', 't', '2'],
  ])
  expect(said).toEqual(['t (3): far'])
  expect(clock.now()).toBe(10_000)
})

test('a target that was never found stands in the reason', async () => {
  const clock = virtualClock()
  const missing = { ...reading('error', 'has a name that does not exist'), cause: 'unresolved' } as const
  const target: GateTarget = { name: 'https://nowhere/', find: async () => ({ missing }) }
  const report = await clock.run(runGate([target], rules, new AbortController().signal, {}, clock))
  expect(report).toMatchObject({ verdict: 'inconclusive', cause: 'unresolved', attempts: 10 })
  expect(report.reason).toBe('https://nowhere/: has a name that does not exist (all 10 probes)')
})

test('an abort ends it at once, in the middle of a probe', async () => {
  const clock = virtualClock()
  const cancel = new AbortController()
  let ended = false
  const probe: Probe = async (signal) => {
    await clock.sleep(4000, signal)
    ended = true
    return reading('pass')
  }
  const target: GateTarget = {
    name: 't',
    find: async () => ({ instances: [{ name: 't', address: '', probe }], skipped: [] }),
  }
  const work = runGate([target], rules, cancel.signal, {}, clock)
  void clock.sleep(1000, new AbortController().signal).then(() => cancel.abort(new Error('cancelled')))
  await expect(clock.run(work)).rejects.toThrow('cancelled')
  expect(ended).toBe(true)
  expect(clock.now()).toBe(1000)
})

test('a probe that throws is a bug, and its error is thrown', async () => {
  const broken = async () => {
    throw new Error('defect')
  }
  const work = run({ a: broken, b: () => reading('pass') })
  await expect(work).rejects.toThrow('defect')
})
