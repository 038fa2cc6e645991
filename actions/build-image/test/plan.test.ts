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
const options = (change: Partial<BuildOptions> = {}): BuildOptions => ({ sha, tags: [], push: 'auto', ...change })

describe('the tags of a build', () => {
  test.each<[string, BuildEvent, BuildOptions, string[], boolean]>([
    ['a push to a branch', event(), options(), [`sha-${sha}`], true],
    ['a schedule', event({ name: 'schedule' }), options(), [`sha-${sha}`], true],
    ['a version tag', event({ tag: 'v1.4.2' }), options(), [`sha-${sha}`, '1.4.2'], true],
    ['a version tag without v', event({ tag: '1.4.2' }), options(), [`sha-${sha}`, '1.4.2'], true],
    ['a prerelease', event({ tag: 'v2.0.0-rc.1' }), options(), [`sha-${sha}`, '2.0.0-rc.1'], true],
    ['build metadata', event({ tag: 'v1.0.0+build.7' }), options(), [`sha-${sha}`, '1.0.0_build.7'], true],
    ['another tag', event({ tag: 'release/2026-11' }), options(), [`sha-${sha}`, 'release-2026-11'], true],
    ['tags of the user', event(), options({ tags: ['run-77', `sha-${sha}`] }), [`sha-${sha}`, 'run-77'], true],
    ['a pull request', pull(false), options(), [`pr-12-${head}`], true],
    ['a pull request of a fork', pull(true), options(), [`pr-12-${head}`], false],
    ['a fork, pushed all the same', pull(true), options({ push: 'true' }), [`pr-12-${head}`], true],
    ['a merge queue', event({ name: 'merge_group' }), options(), [`sha-${sha}`], true],
    ['a release', event({ name: 'release', tag: 'v1.4.2' }), options(), [`sha-${sha}`, '1.4.2'], true],
    ['by hand on a tag', event({ name: 'workflow_dispatch', tag: 'v1.4.2' }), options(), [`sha-${sha}`, '1.4.2'], true],
    ['by hand on a branch', event({ name: 'workflow_dispatch' }), options(), [`sha-${sha}`], true],
    ['push: false', event(), options({ push: 'false' }), [`sha-${sha}`], false],
  ])('%s', (_, event, options, tags, push) => {
    expect(planBuild(event, options)).toMatchObject({ tags, push })
  })

  test('of a pull request may move, and never have the name of a commit', () => {
    expect(planBuild(pull(false), options({ tags: ['run-77'] })).moving).toBe(`pr-12-${head}`)
    expect(planBuild(event(), options()).moving).toBeUndefined()
  })

  test.each(['a,b', '-a', '.a', 'ä', 'a b', 'x'.repeat(129), ''])('%j is not a tag', (tag) => {
    expect(tagError(tag)).toBeDefined()
  })

  test('every git tag becomes a tag that registries accept', () => {
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
    // latest is last, wherever the input has it, and keeps its rule.
    ['v1.4.2', ['1.4.1'], ['latest', 'stable', '1'], ['1.4.2', 'stable', '1', 'latest']],
    ['v1.4.0', ['1.4.1'], ['latest', 'stable'], ['1.4.0', 'stable']],
    ['v1.4.0', [], ['2'], ['1.4.0']],
  ])('%s beside %j, requested %j: %j', (version, known, requested, tags) => {
    const plan = planPromotion(version, known, requested)
    expect(plan.moves.map(({ tag }) => tag)).toEqual(tags)
    for (const { why } of plan.kept) expect(why).not.toBe('')
  })

  test('a rollback moves the floating tags although higher versions exist', () => {
    const { moves, kept } = planPromotion('v1.4.0', ['1.4.0', '1.4.1', '1.5.0'], [], true)
    expect([moves.map(({ tag }) => tag), kept]).toEqual([['1.4.0', '1.4', '1', 'latest'], []])
  })

  test('a rollback to a prerelease moves no floating tag', () => {
    expect(planPromotion('v1.4.0-rc.1', ['1.4.1'], ['latest'], true).moves.map(({ tag }) => tag)).toEqual([
      '1.4.0-rc.1',
    ])
  })

  test('only the tag of the version itself is permanent', () => {
    const { moves } = planPromotion('v1.4.2', [], [])
    expect(moves.map(({ kind }) => kind)).toEqual(['version', 'floating', 'floating', 'floating'])
  })

  test('a tag that does not move has a reason', () => {
    expect(planPromotion('v1.4.0', ['1.4.1'], []).kept).toEqual(
      ['1.4', '1', 'latest'].map((tag) => ({ tag, why: '1.4.1 is higher' })),
    )
  })
})
