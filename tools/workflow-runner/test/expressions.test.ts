// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { condition, interpolate, problemOf, resolve, type Scope, type Status } from '../src/expressions.ts'

function scope(status: Status = 'success', workspace = '/nowhere'): Scope {
  const contexts = {
    github: { ref: 'refs/heads/main', event: { labels: [{ name: 'a' }, { name: 'b' }] } },
    env: { NAME: "it's", EMPTY: '' },
    inputs: { force: true, count: 3 },
    steps: { build: { outputs: { digest: 'sha256:1' }, outcome: 'failure', conclusion: 'success' } },
  }
  return { contexts, status, cancelled: status === 'cancelled', workspace }
}

describe('a text', () => {
  test.each([
    ['no expression', 'no expression'],
    ['${{ github.ref }}', 'refs/heads/main'],
    ['a-${{ inputs.count }}-${{ inputs.force }}-${{ github.none }}.', 'a-3-true-.'],
    ["${{ format('{0} }} {1}', env.NAME, 'x') }}", "it's } x"],
    ["${{ steps.build.outputs['digest'] }}", 'sha256:1'],
    ["${{ github.ref == 'REFS/heads/main' && 'same' || 'other' }}", 'same'],
    ["${{ join(github.event.labels.*.name, ',') }}", 'a,b'],
    ['${{ toJSON(github.event.labels[0]) }}', '{\n  "name": "a"\n}'],
    ["${{ fromJSON('[1,2]')[1] }}", '2'],
    ['${{ }}', ''],
  ])('%s', (text, expected) => {
    expect(interpolate(text, scope())).toBe(expected)
  })

  test('that is one expression keeps its type', () => {
    expect(resolve('${{ inputs.force }}', scope())).toBe(true)
    expect(resolve('${{ inputs.count }}', scope())).toBe(3)
    expect(resolve('is ${{ inputs.count }}', scope())).toBe('is 3')
  })
})

describe('a condition', () => {
  test.each<[string, Status, boolean]>([
    ['', 'success', true],
    ['', 'failure', false],
    ['', 'cancelled', false],
    ['always()', 'cancelled', true],
    ['Always ()', 'cancelled', true],
    ['failure()', 'failure', true],
    ['failure()', 'cancelled', false],
    ['cancelled()', 'cancelled', true],
    ['cancelled()', 'failure', false],
    ['!cancelled()', 'failure', true],
    ['${{ !cancelled() }}', 'cancelled', false],
    ['success() || failure()', 'cancelled', false],
    ["inputs.force && github.ref == 'refs/heads/main'", 'success', true],
    ['inputs.force', 'failure', false],
    ["steps.build.outcome == 'failure'", 'success', true],
    ["'always()' == 'x' || inputs.force", 'failure', false],
    ['env.EMPTY', 'success', false],
  ])('%s after %s', (text, status, expected) => {
    expect(condition(text, scope(status))).toBe(expected)
  })

  test('with text outside of its braces is refused, for it is always true', () => {
    expect(() => condition("${{ inputs.force }} == 'false'", scope())).toThrow('always true')
  })
})

test.each([
  ['${{ matrix.os }}', false, 'matrix'],
  ['${{ nothing() }}', false, 'nothing'],
  ['${{ github.ref', false, 'no closing'],
  ['github.', true, 'syntax|Unexpected'],
])('what is wrong with %s', (text, isIf, expected) => {
  expect(problemOf(text, isIf, ['github'])).toMatch(new RegExp(expected, 'i'))
})

test('hashFiles changes with the content of what matches, and is empty where nothing does', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'belay-'))
  try {
    const hash = () => interpolate("${{ hashFiles('**/*.lock', '!b.lock') }}", scope('success', workspace))
    expect(hash()).toBe('')
    writeFileSync(join(workspace, 'a.lock'), '1')
    const one = hash()
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    writeFileSync(join(workspace, 'b.lock'), '1')
    expect(hash()).toBe(one)
    writeFileSync(join(workspace, 'a.lock'), '2')
    expect(hash()).not.toBe(one)
  } finally {
    rmSync(workspace, { recursive: true })
  }
})
