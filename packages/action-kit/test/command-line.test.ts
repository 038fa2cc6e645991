import { describe, expect, test } from 'vitest'
import { readCommandLine, splitCommandLine } from '../src/command-line.ts'
import { readInputs } from '../src/inputs.ts'

describe('a line as words', () => {
  test.each([
    ['docker compose restart api', ['docker', 'compose', 'restart', 'api']],
    ["sh -c 'a && b' \"it's\"", ['sh', '-c', 'a && b', "it's"]],
    ['echo $HOME "$HOME"', ['echo', '$HOME', '$HOME']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitCommandLine(line)).toEqual(words)
  })

  test.each(['a && b', 'a | b', 'a; b', 'a > b', 'rm *'])('only a shell could run %s', (line) => {
    expect(splitCommandLine(line)).toBeUndefined()
  })
})

const read = (line: string, before?: string) => () =>
  readInputs((read) => readCommandLine(read, 'restart', line, before))

test('words of an input', () => {
  expect(read('systemctl restart api')()).toEqual(['systemctl', 'restart', 'api'])
})

test.each([
  [
    'a | b',
    undefined,
    "restart: uses shell syntax (|, ;, &&, >, *), but is not run by a shell. Write sh -c '…' to run",
  ],
  ['a | b', 'command:', "Write command:sh -c '…' to run it in a shell."],
  ['', undefined, 'restart: names no program. Give PROGRAM ARGUMENT….'],
  ['', 'command:', 'restart: names no program. Give command:PROGRAM ARGUMENT….'],
])('%j after %s is an issue that says how to fix it', (line, before, message) => {
  expect(read(line, before)).toThrow(message)
})
