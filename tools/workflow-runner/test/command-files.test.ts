import { describe, expect, test } from 'vitest'
import { parsePairs } from '../src/command-files.ts'
import { createLineReader, createMasker, parseCommand } from '../src/log.ts'

describe('a command file', () => {
  test.each<[string, string, Record<string, string>]>([
    ['pairs', 'a=1\nb=x=y\n\nc=\n', { a: '1', b: 'x=y', c: '' }],
    ['the last of two', 'a=1\na=2', { a: '2' }],
    ['heredoc', 'a<<E\n1\n2\nE\nb=3\n', { a: '1\n2', b: '3' }],
    ['empty heredoc', 'a<<E\nE\n', { a: '' }],
    ['heredoc whose lines look like pairs', 'a<<E\nb=1\nc<<F\nE\n', { a: 'b=1\nc<<F' }],
    ['no newline after the delimiter', 'a<<E\n1\nE', { a: '1' }],
    ['a value with <<', 'a=x<<y\n', { a: 'x<<y' }],
  ])('%s', (_, text, pairs) => {
    expect(parsePairs(text)).toEqual({ pairs })
  })

  test.each([
    ['a<<E\n1\n', 'delimiter not found'],
    ['nonsense\n', 'Invalid format'],
    ['<<E\nE\n', 'a name and a delimiter'],
  ])('%j is a problem, and what stands before it counts', (text, problem) => {
    const read = parsePairs(`ok=1\n${text}`)
    expect(read.pairs).toEqual({ ok: '1' })
    expect(read.problem).toContain(problem)
  })
})

test.each<[string, unknown]>([
  ['::error::bad', { name: 'error', properties: {}, data: 'bad' }],
  [
    '::error file=a%2Cb,line=3,title=x%3Ay::1%0A2%25',
    { name: 'error', properties: { file: 'a,b', line: '3', title: 'x:y' }, data: '1\n2%' },
  ],
  ['  ::group::G', { name: 'group', properties: {}, data: 'G' }],
  ['text ::error::no', undefined],
])('the command of %j', (line, expected) => {
  expect(parseCommand(line)).toEqual(expected)
})

test('lines are masked from the moment a mask is added, and stop-commands stops commands', () => {
  const lines: string[] = []
  const seen: unknown[] = []
  const masker = createMasker(['hunter2'])
  const ignore = () => {}
  const read = createLineReader(masker, {
    line: (line) => lines.push(line),
    annotate: (annotation) => seen.push(annotation),
    output: (...pair) => seen.push(pair),
    state: (...pair) => seen.push(pair),
    fail: ignore,
  })
  const text = [
    'late secret',
    '::add-mask::late%0Alines',
    'late hunter2',
    'two lines',
    '::stop-commands::T',
    '::error::late',
  ]
  for (const line of [...text, '::T::', '::error::late', '::save-state name=a::1']) read(line)
  expect(lines).toEqual(['late secret', '*** ***', 'two ***', '::error::***', '##[error]***'])
  expect(seen).toEqual([{ level: 'error', message: '***', properties: {} }, ['a', '1']])
})
