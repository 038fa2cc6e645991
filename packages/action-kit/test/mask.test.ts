import { describe, expect, test } from 'vitest'
import { maskedForms } from '../src/index.ts'

describe('the forms of a secret that are masked', () => {
  test.each<[string, string[]]>([
    ['plain-token', ['plain-token']],
    ['p@ss word', ['p@ss word', 'p%40ss%20word']],
    // The runner compares a mask with single lines.
    [
      '-----BEGIN\nabcdef\n-----END',
      ['-----BEGIN\nabcdef\n-----END', '-----BEGIN%0Aabcdef%0A-----END', '-----BEGIN', 'abcdef', '-----END'],
    ],
    ['one/two\r\nthree', ['one/two\r\nthree', 'one%2Ftwo%0D%0Athree', 'one/two', 'three', 'one%2Ftwo']],
    // Masking these would hide half the log.
    ['abc', []],
    ['', []],
    ['long enough\nab\n', ['long enough\nab\n', 'long%20enough%0Aab%0A', 'long enough', 'long%20enough']],
  ])('%j', (secret, forms) => {
    expect(new Set(maskedForms(secret))).toEqual(new Set(forms))
  })

  test('each once', () => {
    const forms = maskedForms('same\nsame\nsame')
    expect(forms).toEqual([...new Set(forms)])
  })
})
