import { describe, expect, test } from 'vitest'
import type { LastSwitch, Slot, SwitchFacts } from '../src/inspect.ts'
import { chooseRollbackContent, planSwitch } from '../src/plan.ts'
import { facts } from './support/facts.ts'

const [v1, v2, v3] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
const content = { id: 'r2', version: 'v2', sha: v2 }

const slot = (name: string, weight: number, release = '', sha = '', version = ''): Slot => ({
  name,
  weight,
  listening: true,
  release,
  sha,
  version,
})
const blue = (weight: number) => slot('5006', weight, 'r1', v1, 'v1')
const green = (weight: number) => slot('5016', weight, 'r2', v2, 'v2')

const last = (from: Slot, to: Slot, kind: LastSwitch['kind'] = 'switch'): LastSwitch => ({
  kind,
  release: to.release,
  version: to.version,
  slot: to.name,
  from: { slot: from.name, release: from.release, sha: from.sha, version: from.version },
})

const noFrom = { release: '', sha: '', version: '' }

describe('a switch', () => {
  test.each<[string, SwitchFacts, boolean]>([
    ['goes to the idle slot', facts([blue(100), green(0)]), false],
    [
      'is a noop where the version has the traffic',
      facts([slot('5006', 0, 'r0', v1), slot('5016', 100, 'r1', v2)]),
      true,
    ],
    [
      'is none where this release waits in the idle slot with the same commit',
      facts([slot('5006', 100, 'r1', v2), green(0)]),
      false,
    ],
    [
      'is none where traffic is not where it was committed',
      facts([slot('5006', 0), slot('5016', 100, 'r9', v2)], { last: last(slot('5016', 0), slot('5006', 0, 'r8', v1)) }),
      false,
    ],
    [
      'is a noop by what was committed where deploy-ssh fills no slots',
      facts([slot('5006', 0), slot('5016', 100)], {
        last: last(slot('5006', 0), slot('5016', 0, 'r1')),
        committedSwitches: [
          { id: 'r0', sha: v1 },
          { id: 'r1', sha: v2 },
        ],
      }),
      true,
    ],
  ])('%s', (_, host, noop) => {
    expect(planSwitch(content, [host]).noop).toBe(noop)
  })

  test('is no noop as long as one host lacks it, and hosts that differ are named', () => {
    const there = facts([slot('5006', 0, 'r0', v1), slot('5016', 100, 'r1', v2, 'v2')])
    const lacking = facts([blue(100), green(0)], { host: 'web2' })
    const plan = planSwitch(content, [there, lacking])
    expect(plan).toMatchObject({ noop: false, differed: true })
    expect(plan.warnings[0]).toContain('web1 has v2, web2 has v1')
    expect(plan.lines[1]).toBe('web2: slot 5006 (v1) → slot 5016 (v2)')
  })
})

describe('several servers behind a proxy', () => {
  const [a, b, c, d] = ['10.0.0.1:5006', '10.0.0.1:5016', '10.0.0.2:5006', '10.0.0.2:5016']
  /** The first server serves at its first slot, the other one at its second. */
  const mixed = [slot(`${a}`, 3), slot(`${b}`, 0), slot(`${c}`, 0), slot(`${d}`, 1)]
  const switched = {
    last: { ...last(slot('', 0), slot('', 0, 'r1')), slot: `${d} ${a}`, from: { ...noFrom, slot: `${c} ${b}` } },
  }

  test('each goes from the slot that it serves from to its other one', () => {
    expect(planSwitch(content, [facts(mixed)]).lines).toEqual([`web1: ${a} ${d} → ${b} ${c}`])
  })

  test('are a noop by what was committed, in whatever order the servers are listed', () => {
    const committed = { ...switched, committedSwitches: [{ id: 'r1', sha: v2 }] }
    expect(planSwitch(content, [facts(mixed, committed)]).noop).toBe(true)
    expect(planSwitch({ ...content, sha: v3 }, [facts(mixed, committed)]).noop).toBe(false)
  })

  test('go back to what the last committed switch left', () => {
    expect(chooseRollbackContent('previous', [facts(mixed, switched)])).toMatchObject({
      sha: '',
      version: `the content of slot ${b} ${c}`,
    })
    const moved = [slot(`${a}`, 0), slot(`${b}`, 3), ...mixed.slice(2)]
    expect(() => chooseRollbackContent('previous', [facts(moved, switched)])).toThrow('changed from outside')
    expect(() =>
      chooseRollbackContent('previous', [
        facts(
          mixed.map((one) => ({ ...one, weight: 1 })),
          switched,
        ),
      ]),
    ).toThrow('does not all go')
  })
})

describe('a rollback', () => {
  const switched = facts([blue(0), green(100)], {
    last: last(blue(0), green(0)),
    committedSwitches: [{ id: 'r2', sha: v2 }],
  })

  test('goes to what the last committed switch left', () => {
    expect(chooseRollbackContent('previous', [switched])).toEqual({ id: 'r1', version: 'v1', sha: v1 })
    expect(chooseRollbackContent('v1', [switched])).toMatchObject({ id: 'r1' })
    expect(chooseRollbackContent(v1, [switched])).toMatchObject({ id: 'r1' })
  })

  test.each<[string, string, SwitchFacts, string]>([
    ['nothing was ever switched', 'previous', facts([blue(100), green(0)]), 'no switch was ever committed'],
    [
      'the slot was filled anew since',
      'previous',
      facts([slot('5006', 0, 'r3', v3, 'v3'), green(100)], { last: last(blue(0), green(0)) }),
      'now holds v3, not v1',
    ],
    [
      'the last switch was a rollback',
      'previous',
      facts([blue(100), green(0)], { last: last(green(0), blue(0), 'rollback') }),
      'was a rollback',
    ],
    [
      'somebody else moved the traffic',
      'previous',
      facts([blue(100), green(0)], { last: last(blue(0), green(0)) }),
      'changed from outside',
    ],
    [
      'traffic is split',
      'previous',
      facts([blue(50), green(50)], { last: last(blue(0), green(0)) }),
      'does not all go',
    ],
    ['the slot holds another version', 'v7', switched, 'not a committed v7'],
    [
      'what is in the slot was never committed',
      'v3',
      facts([slot('5006', 0, 'r3', v3, 'v3'), green(100)], { last: last(blue(0), green(0)) }),
      'not a committed v3',
    ],
  ])('is refused where %s', (_, version, host, why) => {
    expect(() => chooseRollbackContent(version, [host])).toThrow(why)
  })

  test('is refused where the hosts would go to different versions', () => {
    const other = facts([slot('5006', 0, 'r0', v3, 'v0'), green(100)], {
      last: last(slot('5006', 0, 'r0', v3, 'v0'), green(0)),
    })
    expect(() => chooseRollbackContent('previous', [switched, other])).toThrow('different versions')
  })
})
