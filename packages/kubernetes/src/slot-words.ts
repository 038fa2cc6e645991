import type { InputReader } from '@belay/action-kit'

/** The names of the two slots, such as `blue` and `green`. */
export type SlotWords = readonly [string, string]

/** Two different words that can be a label, and the end of a name. Undefined where none are given. */
export function readSlotWords(read: InputReader): SlotWords | undefined {
  const words = read.lines('slots').flatMap((line) => line.split(/\s+/))
  if (words.length === 0) return undefined
  const [one = '', other = ''] = words
  const isWord = (word: string) => /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(word)
  if (words.length === 2 && one !== other && isWord(one) && isWord(other)) return [one, other]
  read.issue('slots', `is "${words.join(' ')}"`, 'Give two different words of small letters: blue green.')
  return undefined
}
