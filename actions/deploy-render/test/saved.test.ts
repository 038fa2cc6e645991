import { describe, expect, test } from 'vitest'
import { digestOf, seal, unseal } from '../src/saved.ts'

describe('a sealed value', () => {
  const value = 'postgres://u:p@ss\nwörd'
  const sealed = seal(value, 'rnd_key')

  test('opens with its key', () => {
    expect(unseal(sealed, 'rnd_key')).toBe(value)
  })

  test('does not open with another key', () => {
    expect(() => unseal(sealed, 'rnd_other')).toThrow()
  })

  test('does not show the value', () => {
    expect(sealed).not.toContain('postgres')
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('postgres')
  })

  test('differs each time', () => {
    expect(seal(value, 'rnd_key')).not.toBe(sealed)
  })
})

test('digests of different values differ, and depend on the key', () => {
  expect(digestOf('a', 'k')).toBe(digestOf('a', 'k'))
  expect(digestOf('a', 'k')).not.toBe(digestOf('b', 'k'))
  expect(digestOf('a', 'k')).not.toBe(digestOf('a', 'other'))
})
