import { type ParseEntry, parse } from 'shell-quote'
import { findControlCharacter } from './control-character.ts'
import type { InputReader } from './inputs.ts'

/** Splits a line into words as a shell would. Undefined where only a shell could run it (`a | b`, `rm *`). */
export function splitCommandLine(line: string): string[] | undefined {
  // A variable stays as it is written: the runner has no right value for it.
  const entries: ParseEntry[] = parse(line, (variable) => `$${variable}`)
  const words = entries.filter((entry): entry is string => typeof entry === 'string')
  return words.length === entries.length ? words : undefined
}

/**
 * Reads a program and its arguments from the input `name`, and refuses what only a shell could run. `before` is the
 * prefix of the line in that input (`command:`), for the remedy.
 */
export function readCommandLine(read: InputReader, name: string, line: string, before = ''): string[] {
  const words = splitCommandLine(line)
  if (words === undefined) {
    const remedy = `Write ${before}sh -c '…' to run it in a shell.`
    read.issue(name, 'uses shell syntax (|, ;, &&, >, *), but is not run by a shell', remedy)
    return []
  }
  const control = words.map(findControlCharacter).find(Boolean)
  if (control) read.issue(name, `has ${control} inside a word`, 'Put several lines into a script.')
  if (words.length === 0) read.issue(name, 'names no program', `Give ${before}PROGRAM ARGUMENT….`)
  return words
}
