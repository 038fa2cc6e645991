import { expect, test } from 'vitest'
import { neighbourProblems } from '../../src/vps-systemd/neighbours.ts'

test('a neighbour must be the same process', () => {
  const before = { 'nginx on host-1': '41', 'nginx on host-2': '42' }
  expect(neighbourProblems(before, before)).toEqual([])
  expect(neighbourProblems(before, { 'nginx on host-1': '77' })).toEqual([
    'nginx on host-1 must be process 41 as before, but is 77',
    'nginx on host-2 must be process 42 as before, but is none',
  ])
})
