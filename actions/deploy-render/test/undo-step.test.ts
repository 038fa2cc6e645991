import { describe, expect, test } from 'vitest'
import type { Deploy } from '../src/api-objects.ts'
import type { SavedService } from '../src/saved.ts'
import type { DeployRequest } from '../src/trigger-deploy.ts'
import { nextUndoStep } from '../src/undo-step.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)
const foreign = 'c'.repeat(40)

/** Each later than the one before it, of the commit of this job's release. */
function deploy(id: string, status: string, more: Partial<Deploy> & { of?: string } = {}): Deploy {
  const { of = fresh, ...others } = more
  return { id, status, trigger: 'api', commit: { id: of }, createdAt: `2026-11-29T01:${id.slice(-2)}:00Z`, ...others }
}

const former = (status = 'deactivated') => deploy('dep-01', status, { of: old })
const ours = (status: string) => deploy('dep-02', status)
/** Made by a push, of the same commit. */
const pushed = (status: string) => deploy('dep-03', status, { trigger: 'new_commit' })
const theirs = (status: string) => deploy('dep-04', status, { of: foreign, trigger: 'new_commit' })
const back = (status: string) => deploy('dep-05', status, { of: old, trigger: 'rollback' })

const rollbackRequest: DeployRequest = {
  trigger: 'rollback',
  content: undefined,
  knownIds: ['dep-01', 'dep-02'],
  newestCreatedAt: '2026-11-29T01:02:00Z',
  requestedAtMs: 0,
}

const released: SavedService = {
  id: 'srv-1',
  name: 'api',
  dashboardUrl: '',
  content: { commit: fresh },
  previous: { id: 'dep-01', name: old },
  autoDeploy: false,
  pinnedByDisk: false,
  request: { ...rollbackRequest, trigger: 'api', content: { commit: fresh }, knownIds: ['dep-01'] },
  deployId: 'dep-02',
}
const { deployId: _, ...unanswered } = released
const { request: __, ...unasked } = unanswered
const first = { ...released, previous: undefined }
const disk = { ...released, pinnedByDisk: true }
const requested = { ...released, rollbackId: 'dep-05', rollbackRequest }
const perhapsTold = { ...released, rollbackRequest }

const end = (result: string, detail: string, restoreEnv = false) => ({
  do: 'end',
  verdict: { result, detail: expect.stringContaining(detail) },
  restoreEnv,
})

type Row = [name: string, saved: SavedService, deploys: Deploy[], next: object]

/** Deploys are given oldest first. */
const check = (_: string, saved: SavedService, deploys: Deploy[], next: object) =>
  expect(nextUndoStep(saved, deploys.toReversed())).toMatchObject(next)

describe('the deploy of this job', () => {
  test.each<Row>([
    [
      'was not asked for: variables return',
      { ...unasked, env: [] },
      [former('live')],
      end('unchanged', 'this job made no deploy', true),
    ],
    ['was asked for and never heard of', unanswered, [former('live')], { do: 'find' }],
    ['is not shown', released, [former('live')], { do: 'find' }],
    ['is under way', released, [former('live'), ours('build_in_progress')], { do: 'cancel', deploy: { id: 'dep-02' } }],
    ['waits behind another', released, [former('live'), ours('queued')], { do: 'cancel', deploy: { id: 'dep-02' } }],
    ['has a status that is not known', released, [former('live'), ours('pondering')], { do: 'cancel' }],
    [
      'was replaced by one of the same that is under way',
      released,
      [former('live'), ours('canceled'), pushed('build_in_progress')],
      { do: 'adopt', deploy: { id: 'dep-03' } },
    ],
    [
      'is live before one of the same that would bring it back',
      released,
      [former(), ours('live'), pushed('queued')],
      { do: 'adopt', deploy: { id: 'dep-03' } },
    ],
    [
      'failed beside one of the same, which is of somebody else',
      released,
      [former('live'), ours('build_failed'), pushed('build_in_progress')],
      end('rolled-back', 'dep-03 of somebody else is under way', true),
    ],
  ])('%s', check)
})

describe('what was released is live', () => {
  test.each<Row>([
    ['and goes back', released, [former(), ours('live')], { do: 'roll-back', to: 'dep-01' }],
    ['by a deploy of the same', released, [former(), ours('deactivated'), pushed('live')], { do: 'roll-back' }],
    [
      'and has a disk',
      disk,
      [former(), ours('live')],
      { do: 'end', verdict: { result: 'committed', stays: true }, restoreEnv: false },
    ],
    ['and has a disk, whatever is under way', disk, [former(), ours('live'), pushed('queued')], { do: 'end' }],
    ['and nothing was before', first, [ours('live')], end('mixed', 'nothing was live before')],
    [
      'and somebody else deploys',
      released,
      [former(), ours('live'), theirs('queued')],
      end('mixed', 'dep-04 of somebody else is under way'),
    ],
    [
      'and somebody else rolls back',
      released,
      [former(), ours('live'), back('queued')],
      end('mixed', 'dep-05 of somebody else is under way'),
    ],
    [
      'and its rollback was perhaps taken, and is not shown',
      perhapsTold,
      [former(), ours('live')],
      { do: 'find-rollback' },
    ],
  ])('%s', check)
})

describe('the rollback', () => {
  test.each<Row>([
    ['is not shown yet', requested, [former(), ours('live')], { do: 'await-rollback', id: 'dep-05' }],
    ['is under way', requested, [former(), ours('live'), back('created')], { do: 'await-rollback', id: 'dep-05' }],
    [
      'is under way, and its answer was lost',
      perhapsTold,
      [former(), ours('live'), back('created')],
      { do: 'await-rollback', id: 'dep-05' },
    ],
    [
      'is under way, and brings the same as what was released',
      requested,
      [former(), ours('live'), { ...back('created'), commit: { id: fresh } }],
      { do: 'await-rollback', id: 'dep-05' },
    ],
    [
      'is under way, and somebody else deploys: its end is awaited',
      requested,
      [former(), ours('live'), theirs('queued'), back('update_in_progress')],
      { do: 'await-rollback', id: 'dep-05' },
    ],
    [
      'is under way before one of the same that would undo it',
      requested,
      [former(), ours('live'), pushed('queued'), back('update_in_progress')],
      { do: 'adopt', deploy: { id: 'dep-03' } },
    ],
    [
      'is live',
      requested,
      [former(), ours('deactivated'), back('live')],
      end('rolled-back', `back to ${old.slice(0, 12)}`),
    ],
    [
      'is live, and its answer was lost',
      perhapsTold,
      [former(), ours('deactivated'), back('live')],
      end('rolled-back', 'dep-01'),
    ],
    ['failed', requested, [former(), ours('live'), back('update_failed')], { do: 'explain', back: { id: 'dep-05' } }],
    [
      'was live, and somebody else has deployed since',
      requested,
      [former(), ours('deactivated'), back('deactivated'), deploy('dep-06', 'live', { of: foreign })],
      end('superseded', 'dep-06 of somebody else'),
    ],
  ])('%s', check)
})

describe('what was released has ended', () => {
  test.each<Row>([
    [
      'and the former deploy has stayed: variables return',
      released,
      [former('live'), ours('canceled')],
      end('rolled-back', 'the deploy ended as canceled; aaaaaaaaaaaa (dep-01) stayed live', true),
    ],
    [
      'and another one is live',
      released,
      [former(), ours('deactivated'), theirs('live')],
      end('superseded', 'dep-04 of somebody else is live'),
    ],
    ['and nothing is live', released, [former(), ours('canceled')], end('mixed', 'no deploy is live any more', true)],
    ['and nothing was before', first, [ours('build_failed')], end('rolled-back', 'no deploy is live, as before', true)],
  ])('%s', check)
})
