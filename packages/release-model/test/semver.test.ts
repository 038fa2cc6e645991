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

test.each(['1.2', '01.2.3', '1.2.3.4', 'v1', 'x1.2.3', '1.2.3-'])('%j is no version', (text) => {
  expect(parseSemver(text)).toBeUndefined()
})
