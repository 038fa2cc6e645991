import type { LoadReport } from '@belay/load'
import { describe, expect, test } from 'vitest'
import { type Happened, sentenceOf } from '../src/sentence.ts'

const seen = (service: string, sent: number, ...versions: string[]) => {
  const report = { sent, failed: [], versions: versions.map((version) => ({ version })) } as unknown as LoadReport
  return { service, report }
}
const served = (name: string, before: string | undefined, after: string | undefined) => ({ name, before, after })

function sentence(happened: Partial<Happened>): string {
  const services = [served('acme-api', 'v1.0.0', 'v1.0.0')]
  return sentenceOf({ version: 'v1.1.0', back: false, services, traffic: [], ...happened })
}

describe('without a fault', () => {
  test.each<[Partial<Happened>, string]>([
    [{ services: [served('acme-api', undefined, 'v1.1.0')] }, 'v1.1.0 was released as the first release'],
    [
      { services: [served('acme-api', 'v1.0.0', 'v1.1.0')], traffic: [seen('acme-api', 1200), seen('acme-api', 34)] },
      'v1.1.0 was released over v1.0.0: 1,234 requests, 0 failed',
    ],
    [
      { version: 'v1.0.0', back: true, services: [served('acme-api', 'v1.1.0', 'v1.0.0')] },
      'v1.0.0 was released over v1.1.0, by `previous`',
    ],
    [
      { services: [served('acme-api', undefined, undefined)] },
      'v1.1.0 was not released as the first release; nothing serves, as before',
    ],
    [
      { services: [served('acme-api', 'v1.0.0', 'v1.0.0 and v1.1.0')] },
      'v1.1.0 was not released over v1.0.0; v1.0.0 and v1.1.0 serve',
    ],
  ])('%j', (happened, text) => {
    expect(sentence(happened)).toBe(text)
  })
})

describe('with a fault', () => {
  const kill = { kind: 'kill', step: 'release (acme-api)/belay/blue-green-switch' } as const

  test('in the middle of a change, under traffic', () => {
    expect(sentence({ fault: kill, traffic: [seen('acme-api', 3912, 'a')] })).toBe(
      'v1.1.0 was killed in the middle of the switch; v1.0.0 served throughout: 3,912 requests, 0 failed',
    )
  })

  test('after users saw the new version', () => {
    const fault = { kind: 'break', step: 'release/smoke' } as const
    expect(sentence({ fault, traffic: [seen('acme-api', 10, 'a', 'b', 'a')] })).toBe(
      'v1.1.0 failed on purpose at the end of release/smoke; v1.0.0 serves again: 10 requests, 0 failed',
    )
  })

  test('served again, not throughout, where requests failed', () => {
    const one = { sent: 40, failed: [{ atMs: 1, code: 'ECONNREFUSED', reused: false }], versions: [] }
    const traffic = [{ service: 'acme-api', report: one }]
    expect(sentence({ fault: kill, traffic, restarts: true })).toMatch(
      /; v1\.0\.0 serves again: 40 requests, 1 failed while it restarted$/,
    )
  })

  test('where services end differently', () => {
    const services = [served('acme-api', 'v1.0.0', 'v1.0.0'), served('acme-worker', 'v1.0.0', 'v1.1.0')]
    const traffic = [seen('acme-api', 5, 'a'), seen('acme-worker', 5, 'a', 'b')]
    expect(sentence({ fault: kill, services, traffic })).toBe(
      'v1.1.0 was killed in the middle of the switch; acme-api: v1.0.0 served throughout; acme-worker: v1.1.0 serves: 10 requests, 0 failed',
    )
  })

  test('of which hosts recover without a runner', () => {
    const fault = { kind: 'loseRunner', step: 'release/smoke' } as const
    expect(sentence({ fault, laterSeconds: 31.4 })).toBe(
      'v1.1.0 lost its runner in release/smoke; v1.0.0 serves, restored without a runner in 31 s',
    )
  })

  test('in a first release', () => {
    const services = [served('acme-api', undefined, undefined)]
    expect(sentence({ externalFailure: 'build-fails', services })).toBe(
      'v1.1.0 met the external failure build-fails; nothing serves, as before',
    )
  })
})
