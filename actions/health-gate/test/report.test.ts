import type { GateReport, Sample } from '@belay/probe'
import { expect, test } from 'vitest'
import { instancesJson, metricsJson, summaryOf } from '../src/report.ts'

function sample(startedMs: number, ms: number, reading: Partial<Sample> = {}): Sample {
  return { kind: 'pass', cause: 'as-expected', message: 'answered 200', startedMs, ms, ...reading }
}

const report: GateReport = {
  verdict: 'fail',
  cause: 'wrong-version',
  reason: 'b: answered 200 with version `<i>|`, not `v2` (its only probe)',
  attempts: 8,
  skipped: ['https://a/ (2001:db8::1): not probed, this machine has no route to it'],
  histories: [
    {
      name: 'https://a/?x|y (192.0.2.1)',
      target: 'https://a/?x|y',
      address: '192.0.2.1',
      samples: [
        sample(0, 900.4, { kind: 'error', cause: 'timeout', message: 'gave no answer within the timeout' }),
        ...[30, 10, 20, 40, 50].map((ms, index) => sample(2000 * (index + 1), ms, { version: 'v2' })),
      ],
    },
    { name: 'b', target: 'b', address: 'b', samples: [sample(0, 12.6, { kind: 'wrong-version', version: '<i>|' })] },
    { name: 'c', target: 'c', address: '', samples: [] },
  ],
}

test('the summary shows the last samples of each instance and their median', () => {
  expect(
    summaryOf(report),
  ).toBe(`**health-gate: fail** after 8 probes. b: answered 200 with version \`&lt;i>\\|\`, not \`v2\` (its only probe)

| instance | probes | last 5, newest last | median | version |
|---|---|---|---|---|
| https://a/?x\\|y (192.0.2.1) | 6 | pass 30 ms, pass 10 ms, pass 20 ms, pass 40 ms, pass 50 ms | 30 ms | \`v2\` |
| b | 1 | wrong-version 13 ms | 13 ms | \`<i>\\|\` |
| c | 0 | none |  |  |

https://a/ (2001:db8::1): not probed, this machine has no route to it`)
})

test('the output holds every instance with its last samples', () => {
  const instances = JSON.parse(instancesJson(report))
  expect(instances).toHaveLength(3)
  expect(instances[0]).toMatchObject({ url: 'https://a/?x|y', address: '192.0.2.1', attempts: 6, version: 'v2' })
  expect(instances[0].last).toHaveLength(5)
  expect(instances[1].last).toEqual([
    { kind: 'wrong-version', cause: 'as-expected', message: 'answered 200', startedMs: 0, ms: 13 },
  ])
  expect(instances[2]).toEqual({ url: 'c', address: '', attempts: 0, version: '', last: [] })
})

const metricReport: GateReport = {
  verdict: 'fail',
  cause: 'limit',
  reason: 'errors: is 0.2, and not < 0.05 (the last of 3 probes)',
  attempts: 3,
  skipped: [],
  histories: [
    {
      name: 'errors',
      target: 'errors',
      address: '',
      condition: '< 0.05',
      samples: [
        sample(0, 10, { kind: 'error', cause: 'too-few-samples', count: 3 }),
        sample(1, 10, { value: 0.01234, count: 60 }),
        sample(2, 10, { kind: 'fail', cause: 'limit', value: 0.2, count: 130.4 }),
      ],
    },
    { name: 'p95', target: 'p95', address: '', condition: '<= 1', samples: [] },
  ],
}

test('the summary shows the numbers of each metric, and why one is missing', () => {
  expect(
    summaryOf(metricReport),
  ).toBe(`**health-gate: fail** after 3 probes. errors: is 0.2, and not &lt; 0.05 (the last of 3 probes)

| metric | must be | probes | last 5, newest last | samples |
|---|---|---|---|---|
| errors | \`< 0.05\` | 3 | too-few-samples, 0.0123, **0.2** | 130 |
| p95 | \`<= 1\` | 0 | none |  |`)
})

test('the output metrics has the last number of each metric', () => {
  expect(JSON.parse(metricsJson(metricReport))).toEqual([
    { name: 'errors', condition: '< 0.05', attempts: 3, value: 0.2, samples: 130.4, last: 'fail' },
    { name: 'p95', condition: '<= 1', attempts: 0, value: null, samples: null, last: null },
  ])
  expect(instancesJson(metricReport)).toBe('[]')
})
