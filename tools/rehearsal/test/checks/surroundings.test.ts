import type { JobResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { databaseProblems, namingProblems } from '../../src/checks/database.ts'
import { neighbourProblems, tagProblems, unnamedTags } from '../../src/checks/surroundings.ts'
import type { Expectation, ExpectedUnit } from '../../src/expect/expectation.ts'

test('a neighbour must be the same process', () => {
  const before = { neighbours: { 'nginx on host-1': 'process 41', 'nginx on host-2': 'process 42' } }
  expect(neighbourProblems(before, before)).toEqual([])
  expect(neighbourProblems(before, { neighbours: { 'nginx on host-1': 'process 77' } })).toEqual([
    'nginx on host-1 must be process 41 as before, but is process 77',
    'nginx on host-2 must be process 42 as before, but is none',
  ])
})

test('tags move as a whole, or stay; one that was not there before stays too', () => {
  const before = { tags: { '1': 'a', latest: undefined } }
  const moved = { tags: { '1': 'b', latest: 'b' } }
  const found = (now: object, are: 'moved' | 'as before' | 'unknown') =>
    tagProblems(before, now, { are, named: false }, 'b')
  expect([found(moved, 'moved'), found(before, 'as before'), found(moved, 'unknown')]).toEqual([[], [], []])
  expect(found(moved, 'as before')).toEqual(['the tag 1 must name a, but names b'])
  expect(found(before, 'moved')).toEqual([
    'the tag 1 must name b, but names a',
    'the tag latest must name b, but names nothing',
  ])
})

test('after a lost runner the command that restores each tag stands in Slack', () => {
  const before = { tags: { '1': 'sha256:a', latest: undefined } }
  const text = 'docker buildx imagetools create --tag r/shop:1 r/shop@sha256:a'
  const found = (message: string, named = true) => unnamedTags(before, { are: 'unknown', named }, 'r/shop', message)
  expect([found(text), found('', false)]).toEqual([[], []])
  expect(found('')).toEqual(["Slack's message must have the command that restores the tag 1, but does not"])
})

test('a schema, a lock and an index that are not as promised', () => {
  const row = { result: 'rolled-back' }
  const expectation = (result = row.result) =>
    ({ schemas: [['1_a.sql'], ['1_a.sql', '2_b.sql']], units: [{ rows: [{ result }] }] }) as unknown as Expectation
  const seen = { applied: ['1_a', '2_b'], advisoryLocks: 0, invalidIndexes: [] }
  expect(databaseProblems(expectation(), seen)).toEqual([])
  expect(databaseProblems(expectation(), { applied: ['2_b'], advisoryLocks: 1, invalidIndexes: ['i'] })).toEqual([
    'the schema must be 1_a, or 1_a 2_b, but is 2_b',
    'the database still holds an advisory lock',
    'the index i is not valid',
  ])
  expect(databaseProblems(expectation('mixed'), { ...seen, invalidIndexes: ['i'] })).toEqual([])
})

test('a migration that stays must be named', () => {
  const expected = { unit: { job: 'release' }, named: ['003_to_pack.sql'] } as unknown as ExpectedUnit
  const job = (log: string) => ({ steps: [{ log }] }) as unknown as JobResult
  const stays = 'schema of acme-api: stays. 003_to_pack stays applied; the previous version works with it'
  expect(namingProblems(expected, job(stays))).toEqual([])
  expect(namingProblems(expected, job('schema of acme-api: stays. Nothing else.'))).toEqual([
    'release must name 003_to_pack, which is not undone, but says "schema of acme-api: stays. Nothing else."',
  ])
})
