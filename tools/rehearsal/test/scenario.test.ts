import { expect, test } from 'vitest'
import type { Unit } from '../src/expect/unit.ts'
import { type Run, runsOf, type Scenario } from '../src/scenario.ts'
import { type Version, v1, v2 } from '../src/version.ts'

const unit = (service: string): Unit => ({ job: 'release', service, table: 'render', steps: { deploy: 'release/x' } })
const v0: Version = { name: 'v0', sha: '0', number: '0.9.0' }
const scenario: Scenario = {
  environment: 'production',
  prefix: '',
  units: [unit('database'), unit('api')],
  paths: [],
  versions: [v1, v2],
  replaced: v0,
  goesBack: true,
  migrationsOf: (version) => (version === v2 ? ['1', '2'] : ['1']),
  unchangedBy: (version) => (version === v2 ? ['database'] : []),
}

/** `v2 over database v1, api v1, schema 1` */
const textOf = ({ version, before, back, schema }: Run) => {
  const over = Object.entries(before).map(([service, old]) => `${service} ${old?.name}`)
  return `${version.name}${back ? ' by previous' : ''} over ${over.join(', ')}, schema ${schema.join('')}`
}

test('each run begins where the one before ended: what a version does not change stays', () => {
  expect(runsOf(scenario, { first: false }).map(textOf)).toEqual([
    'v1 over database v0, api v0, schema ',
    'v2 over database v1, api v1, schema 1',
    'v1 by previous over database v1, api v2, schema 12',
  ])
})

test('a fault goes into the second run, which is the last, or into the first', () => {
  const fault = { kind: 'kill', step: 'release/x' } as const
  expect(runsOf(scenario, { first: false, fault }).map((run) => run.fault?.kind)).toEqual([undefined, 'kill'])
  expect(runsOf(scenario, { first: true, fault }).map(textOf)).toEqual(['v1 over database v0, api v0, schema '])
})

test('where only the next release restores what a lost runner left, it follows, over what was before', () => {
  const fault = { kind: 'loseRunner', step: 'release/x' } as const
  const kinds = (first: boolean) => runsOf({ ...scenario, nextRestores: true }, { first, fault }).map(textOf)
  expect(kinds(false).slice(1)).toEqual([
    'v2 over database v1, api v1, schema 1',
    'v2 over database v1, api v1, schema 1',
  ])
  expect(kinds(true)).toHaveLength(2)
  expect(runsOf(scenario, { first: false, fault })).toHaveLength(2)
})
