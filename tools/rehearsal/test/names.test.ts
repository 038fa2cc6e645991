import { expect, test } from 'vitest'
import { renamer } from '../src/names.ts'

const rename = renamer(
  new Map([
    ['127.0.3.1', 'host-1'],
    ['127.0.3.12', 'host-2'],
    ['deploy@127.0.3.1:4022', 'host-1'],
  ]),
)

test.each([
  ['deploy@127.0.3.1:4022: unit failed', 'host-1: unit failed'],
  ['http://127.0.3.1:5101/health', 'http://host-1:5101/health'],
  ['http://127.0.3.12/health', 'http://host-2/health'],
  ['on 127.0.3.1.', 'on host-1.'],
  ['127.0.3.123 and 1127.0.3.1', '127.0.3.123 and 1127.0.3.1'],
])('%s becomes %s', (text, renamed) => {
  expect(rename(text)).toBe(renamed)
})

test('without names a text stays as it is', () => {
  expect(renamer(new Map())('127.0.3.1')).toBe('127.0.3.1')
})
