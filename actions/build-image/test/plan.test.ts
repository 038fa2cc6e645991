import { describe, expect, test } from 'vitest'
import type { BuildEvent } from '../src/event.ts'
import { type BuildOptions, planBuild, planPromotion, tagError, versionTag } from '../src/plan.ts'

const sha = '3f2a9c1b7d04e5f60718293a4b5c6d7e8f901234'
const head = 'a'.repeat(40)
const event = (change: Partial<BuildEvent> = {}): BuildEvent => ({
  name: 'push',
  tag: undefined,
  pullRequest: undefined,
  ...change,
})
const pull = (fork: boolean) => event({ name: 'pull_request', pullRequest: { number: 12, headSha: head, fork } })
const wishes = (change: Partial<BuildOptions> = {}): BuildOptions => ({ sha, tags: [], push: 'auto', ...change })

describe('the tags of a build', () => {
  test.each<[string, BuildEvent, BuildOptions, string[], boolean]>([
    ['a push to a branch', event(), wishes(), [`sha-${sha}`], true],
    ['a schedule', event({ name: 'schedule' }), wishes(), [`sha-${sha}`], true],
    ['a version tag', event({ tag: 'v1.4.2' }), wishes(), [`sha-${sha}`, '1.4.2'], true],
    ['a version tag without v', event({ tag: '1.4.2' }), wishes(), [`sha-${sha}`, '1.4.2'], true],
    ['a prerelease', event({ tag: 'v2.0.0-rc.1' }), wishes(), [`sha-${sha}`, '2.0.0-rc.1'], true],
    ['build metadata', event({ tag: 'v1.0.0+build.7' }), wishes(), [`sha-${sha}`, '1.0.0_build.7'], true],
    ['another tag', event({ tag: 'release/2026-11' }), wishes(), [`sha-${sha}`, 'release-2026-11'], true],
    ['tags of the user', event(), wishes({ tags: ['run-77', `sha-${sha}`] }), [`sha-${sha}`, 'run-77'], true],
    ['a pull request', pull(false), wishes(), [`pr-12-${head}`], true],
    ['a pull request of a fork', pull(true), wishes(), [`pr-12-${head}`], false],
    ['a fork, pushed all the same', pull(true), wishes({ push: 'true' }), [`pr-12-${head}`], true],
    ['a merge queue', event({ name: 'merge_group' }), wishes(), [`sha-${sha}`], true],
    ['a release', event({ name: 'release', tag: 'v1.4.2' }), wishes(), [`sha-${sha}`, '1.4.2'], true],
    ['by hand on a tag', event({ name: 'workflow_dispatch', tag: 'v1.4.2' }), wishes(), [`sha-${sha}`, '1.4.2'], true],
    ['by hand on a branch', event({ name: 'workflow_dispatch' }), wishes(), [`sha-${sha}`], true],
    ['push: false', event(), wishes({ push: 'false' }), [`sha-${sha}`], false],
  ])('%s', (_, event, wishes, tags, push) => {
    expect(planBuild(event, wishes)).toMatchObject({ tags, push })
  })

  test('of a pull request may move, and never take the name of a commit', () => {
    expect(planBuild(pull(false), wishes({ tags: ['run-77'] })).moving).toBe(`pr-12-${head}`)
    expect(planBuild(event(), wishes()).moving).toBeUndefined()
  })

  test.each(['a,b', '-a', '.a', 'ä', 'a b', 'x'.repeat(129), ''])('%j is no tag', (tag) => {
    expect(tagError(tag)).toBeDefined()
  })

  test('every git tag becomes a tag that registries take', () => {
    for (const name of ['v1.2.3', 'feature/a+b', '.x', '-x', 'a@b', 'x'.repeat(200), `v1.2.3-${'a.'.repeat(90)}b`])
      expect(tagError(versionTag(name))).toBeUndefined()
  })
})

describe('the tags of a promotion', () => {
  test.each<[string, string[], string[], string[]]>([
    ['v1.4.2', [], [], ['1.4.2', '1.4', '1', 'latest']],
    ['v1.4.2', ['1.4.1', '1.3.9', '0.9.0', 'latest', 'sha-x'], [], ['1.4.2', '1.4', '1', 'latest']],
    // A fix of an older line has its own tags only.
    ['v1.3.10', ['1.4.1', '1.3.9'], [], ['1.3.10', '1.3']],
    ['v1.4.1', ['2.0.0'], [], ['1.4.1', '1.4', '1']],
    ['v1.4.1', ['1.4.1', '1.4.2'], [], ['1.4.1']],
    // 10 is more than 9, and a prerelease is not more than anything stable.
    ['v1.10.0', ['1.9.0', '2.0.0-rc.1'], [], ['1.10.0', '1.10', '1', 'latest']],
    ['v2.0.0-rc.1', ['1.9.0'], [], ['2.0.0-rc.1']],
    ['v0.4.0', ['0.3.0'], [], ['0.4.0', '0.4', 'latest']],
    [sha, ['1.0.0'], [], []],
    [sha, ['1.0.0'], ['qa'], ['qa']],
    [sha, ['1.0.0'], ['latest', 'qa'], ['qa']],
    // latest is last, wherever it stands, and keeps its rule.
    ['v1.4.2', ['1.4.1'], ['latest', 'stable', '1'], ['1.4.2', 'stable', '1', 'latest']],
    ['v1.4.0', ['1.4.1'], ['latest', 'stable'], ['1.4.0', 'stable']],
    ['v1.4.0', [], ['2'], ['1.4.0']],
  ])('%s beside %j, wished %j: %j', (version, known, wished, tags) => {
    const plan = planPromotion(version, known, wished)
    expect(plan.moves.map(({ tag }) => tag)).toEqual(tags)
    for (const { why } of plan.kept) expect(why).not.toBe('')
  })

  test('going back takes the floating tags along, whatever is higher, and a prerelease none', () => {
    const { moves, kept } = planPromotion('v1.4.0', ['1.4.0', '1.4.1', '1.5.0'], [], true)
    expect([moves.map(({ tag }) => tag), kept]).toEqual([['1.4.0', '1.4', '1', 'latest'], []])
    expect(planPromotion('v1.4.0-rc.1', ['1.4.1'], ['latest'], true).moves.map(({ tag }) => tag)).toEqual([
      '1.4.0-rc.1',
    ])
  })

  test('only the version itself is for ever', () => {
    const { moves } = planPromotion('v1.4.2', [], [])
    expect(moves.map(({ kind }) => kind)).toEqual(['version', 'floating', 'floating', 'floating'])
  })

  test('what stays says why', () => {
    expect(planPromotion('v1.4.0', ['1.4.1'], []).kept).toEqual(
      ['1.4', '1', 'latest'].map((tag) => ({ tag, why: '1.4.1 is higher' })),
    )
  })
})
