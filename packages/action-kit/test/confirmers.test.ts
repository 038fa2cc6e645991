import { describe, expect, test } from 'vitest'
import { type ArmedTarget, type Confirmer, type Confirmers, confirmerOf, type Journal } from '../src/index.ts'

const target = (name: string, kind: string): ArmedTarget => ({ name, service: 'api', handle: { kind } })
const step = { journal: {} as Journal }

/** Misses the targets that are named so, and confirms the others. */
function keeper(kind: string): Confirmer {
  return {
    missing: async (targets) =>
      targets.filter(({ name }) => name === 'gone').map(({ name }) => ({ target: name, why: `${kind} lost it` })),
    confirm: async (targets) =>
      targets.map(({ name, service }) => ({ target: name, service, result: 'committed', detail: kind })),
  }
}

const confirmers: Confirmers = { ssh: () => keeper('ssh'), lease: () => keeper('lease') }

test('a target is asked and confirmed by what knows its kind', async () => {
  const all = confirmerOf(confirmers, step)
  const targets = [target('web1', 'ssh'), target('gone', 'lease'), target('web2', 'ssh')]
  expect(await all.missing(targets)).toEqual([{ target: 'gone', why: 'lease lost it' }])
  const details = (await all.confirm(targets)).map((one) => [one.target, one.detail])
  expect(Object.fromEntries(details)).toEqual({ web1: 'ssh', gone: 'lease', web2: 'ssh' })
})

test('what knows a kind is made for this step, once a target of that kind is asked', async () => {
  const made: unknown[] = []
  const make = (kind: string) => async (given: unknown) => {
    made.push([kind, given])
    return keeper(kind)
  }
  const all = confirmerOf({ ssh: make('ssh'), lease: make('lease') }, step)
  expect(made).toEqual([])
  await all.missing([target('web1', 'ssh')])
  expect(made).toEqual([['ssh', step]])
})

describe('a target of an unknown kind', () => {
  const all = confirmerOf(confirmers, step)
  const targets = [target('web1', 'ssh'), target('cluster', 'unheard-of')]

  test('is missing, so that the job is undone (rule 7)', async () => {
    expect(await all.missing(targets)).toEqual([
      { target: 'cluster', why: expect.stringContaining('kind "unheard-of"; use one version of Belay') },
    ])
  })

  test('is never reported as confirmed (rule 15)', async () => {
    expect(await all.confirm(targets)).toMatchObject([
      { target: 'web1', result: 'committed' },
      { target: 'cluster', result: 'mixed', detail: expect.stringContaining('not confirmed') },
    ])
  })
})
