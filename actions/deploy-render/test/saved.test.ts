import { expect, test } from 'vitest'
import { digestOf, seal, unseal } from '../src/saved.ts'

test('a sealed value opens with its key only, and no two are alike', () => {
  const value = 'postgres://u:p@ss\nwörd'
  const sealed = seal(value, 'rnd_key')
  expect(unseal(sealed, 'rnd_key')).toBe(value)
  expect(sealed).not.toContain('postgres')
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('postgres')
  expect(seal(value, 'rnd_key')).not.toBe(sealed)
  expect(() => unseal(sealed, 'rnd_other')).toThrow()
})

test('digests of different values differ, and depend on the key', () => {
  expect(digestOf('a', 'k')).toBe(digestOf('a', 'k'))
  expect(digestOf('a', 'k')).not.toBe(digestOf('b', 'k'))
  expect(digestOf('a', 'k')).not.toBe(digestOf('a', 'other'))
})
