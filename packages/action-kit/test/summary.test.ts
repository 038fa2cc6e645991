import { expect, test } from 'vitest'
import { codeBlock, findControlCharacter, plainMarkdown } from '../src/index.ts'

test.each([
  ['v1.2.0', 'v1.2.0'],
  ['a|b', 'a\\|b'],
  ['<img src=x>', '&lt;img src=x\\>'],
  ['[here](https://evil.example) **now**', '\\[here\\](https://evil.example) \\*\\*now\\*\\*'],
  ['`code`\n# head', '\\`code\\` \\# head'],
])('%j is only itself in a job summary', (text, markdown) => {
  expect(plainMarkdown(text)).toBe(markdown)
})

test.each([
  ['plain ☕ text\twith a tab', undefined],
  ['a\nb', 'a line break'],
  ['a\rb', 'a line break'],
  ['a\0b', 'a control character (U+0000)'],
  ['\u001b[31m', 'a control character (U+001B)'],
])('%j has %s', (text, control) => {
  expect(findControlCharacter(text)).toBe(control)
})

test('a block of code has a longer fence than what it holds, and a language', () => {
  expect(codeBlock('a\n````b', 'sql')).toBe('`````sql\na\n````b\n`````')
})
