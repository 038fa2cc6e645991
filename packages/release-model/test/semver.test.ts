import { expect, test } from 'vitest'
import { compareSemver, parseSemver } from '../src/semver.ts'

test('versions are ordered as semver.org orders them', () => {
  // The example of its section 11, and numbers beyond nine.
  const order = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11']
  const all = [...order, '1.0.0-rc.1', '1.0.0', '1.0.9', '1.0.10', '1.2.0', '1.10.0', '2.0.0']
  const sorted = [...all].reverse().sort((a, b) => {
    const [x, y] = [parseSemver(a), parseSemver(b)]
    if (!x || !y) throw new Error(`${a} or ${b} is no version`)
    return compareSemver(x, y)
  })
  expect(sorted).toEqual(all)
})

test.each([
  '1.2',
  '01.2.3',
  '1.2.3.4',
  'v1',
  'x1.2.3',
  '1.2.3-',
  '1.2.3-..',
  '1.2.3-a..b',
  '1.2.3-01',
  '1.2.3-rc.01',
  '1.2.3_',
  '1.2.3_a_b',
  '1.2.3+a_b',
  ' 1.2.3',
  '1.2.3\n',
  '=1.2.3',
  'vv1.2.3',
  // Numbers that no double holds: two of them could not be distinguished.
  '12345678901234567890.0.0',
  '1.12345678901234567890.0',
  '1.0.12345678901234567890',
])('%j is no version', (text) => {
  expect(parseSemver(text)).toBeUndefined()
})

test.each([
  ['1.2.3', '1.2.3', []],
  ['v1.2.3-rc.1', '1.2.3-rc.1', ['rc', 1]],
  ['1.2.3+build.5', '1.2.3', []],
  // As a registry's tag writes it.
  ['1.2.3_build.5', '1.2.3', []],
  ['1.2.3-rc.1_build', '1.2.3-rc.1', ['rc', 1]],
  ['1.2.3-0a', '1.2.3-0a', ['0a']],
])('%j is read as %s', (text, version, prerelease) => {
  expect(parseSemver(text)).toMatchObject({ version, prerelease })
})

test('build metadata does not affect the order', () => {
  const [a, b] = [parseSemver('1.2.3_a'), parseSemver('1.2.3+b')]
  if (!a || !b) throw new Error('one of them is no version')
  expect(compareSemver(a, b)).toBe(0)
})
