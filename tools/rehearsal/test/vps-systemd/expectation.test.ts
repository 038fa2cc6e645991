import { expect, test } from 'vitest'
import type { Fault } from '../../src/fault.ts'
import { belayRoot } from '../../src/paths.ts'
import { readPromises } from '../../src/promises.ts'
import { v1, v2 } from '../../src/version.ts'
import { expectationOf } from '../../src/vps-systemd/expectation.ts'

const nested = ['begin', 'notify-slack', 'artifact', 'deploy-ssh', 'health-gate', 'end']
const composite = (path: string) => [path, ...nested.map((name) => `${path}/${name}`)]
const paths = ['build/tars', ...composite('release/api'), ...composite('release/worker'), 'release/smoke']

function promised(kind: Fault['kind'], step: string) {
  const { conclusion, result, services, later } = expectationOf(readPromises(belayRoot), paths, v2, v1, { kind, step })
  const rows = services.map(
    (one) => `${one.promised ? `${one.promised.main}/${one.promised.decision}` : '-'}: ${one.version?.name}`,
  )
  return [`${conclusion} ${result}${later ? ' later' : ''}`, ...rows]
}

test('without a fault both services serve the new version', () => {
  const { conclusion, result, services, later } = expectationOf(
    readPromises(belayRoot),
    paths,
    v1,
    undefined,
    undefined,
  )
  expect([conclusion, result, later]).toEqual(['success', 'committed', false])
  expect(services.map(({ version }) => version)).toEqual([v1, v1])
})

const laterStep = 'ended well/undo: a later step failed: v1'
const inChange = 'killed in the change/undo: the job failed: v1'
const cancelled = 'ended well/undo: the job was cancelled: v1'

test.each([
  ['break', 'build/tars', 'failure unchanged', '-: v1', '-: v1'],
  ['loseRunner', 'build/tars', 'lost unchanged', '-: v1', '-: v1'],
  ['kill', 'release/api/begin', 'failure unchanged', '-: v1', '-: v1'],
  ['kill', 'release/api/deploy-ssh', 'failure rolled-back', inChange, '-: v1'],
  ['kill', 'release/api', 'failure rolled-back', inChange, '-: v1'],
  ['break', 'release/api/deploy-ssh', 'failure rolled-back', laterStep, '-: v1'],
  ['kill', 'release/worker/begin', 'failure rolled-back', laterStep, '-: v1'],
  ['kill', 'release/worker/deploy-ssh', 'failure rolled-back', laterStep, inChange],
  ['cancel', 'release/worker/deploy-ssh', 'cancelled rolled-back', cancelled, cancelled],
  ['cancel', 'release/smoke', 'cancelled rolled-back', cancelled, cancelled],
  ['loseRunner', 'release/api/end', 'lost unknown later', 'ended well/none: v1', '-: v1'],
  ['loseRunner', 'release/smoke', 'lost unknown later', 'ended well/none: v1', 'ended well/none: v1'],
] as const)('%s at %s: %s', (kind, step, end, api, worker) => {
  expect(promised(kind, step)).toEqual([end, api, worker])
})
