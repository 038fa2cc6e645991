import type { Reply } from './call-host.ts'
import type { Command } from './protocol-types.ts'
import { type Fields, type Said, spokenName, type Value } from './values.ts'

export type Says<C extends Command> = C extends { readonly says: infer S } ? S : Readonly<Record<never, never>>
type Facts<C extends Command> = C extends { readonly facts: infer F } ? F : Readonly<Record<never, never>>
type Word<C extends Command> = keyof Says<C> & string

/** What a host said to a command, by the words that the protocol has for it. */
export interface Answer<C extends Command> {
  /** What the last line with this word says; undefined where there is none. */
  last<W extends Word<C>>(word: W): Said<Says<C>[W]> | undefined
  all<W extends Word<C>>(word: W): Said<Says<C>[W]>[]
  /** The facts; one that was not said is empty, or NaN. */
  readonly facts: { readonly [K in keyof Facts<C>]: Said<Facts<C>[K]> }
}

/** Reads what a host said. A word of several values has them in the order of the protocol, the last to the line's end. */
export function readAnswer<C extends Command>(command: C, reply: Pick<Reply, 'all'>): Answer<C> {
  const all = (word: string) => reply.all(spokenName(word)).map((text) => readSaid(command, word, text))
  const said = new Map(reply.all('fact').map(firstWord))
  const facts = Object.entries(command.facts ?? {}).map(([name, shape]) => [
    name,
    read(shape as Shape, said.get(spokenName(name)) ?? ''),
  ])
  // The table that the types come from is the one that is read here.
  return { all, last: (word: string) => all(word).at(-1), facts: Object.fromEntries(facts) } as unknown as Answer<C>
}

/** Reads the text of one line with this word. */
export function readSaid(command: Command, word: string, text: string): unknown {
  return read(command.says?.[word] as Shape, text)
}

type Shape = Value<unknown> | Fields

function read(shape: Shape, text: string): unknown {
  if (isValue(shape)) return oneValue(shape, text)
  let rest = text
  const fields = Object.entries(shape)
  return Object.fromEntries(
    fields.map(([name, field], index) => {
      const [own, after] = index === fields.length - 1 ? [rest, ''] : firstWord(rest)
      rest = after
      return [name, oneValue(field, own)]
    }),
  )
}

function isValue(shape: Shape): shape is Value<unknown> {
  return typeof shape.kind === 'string'
}

function oneValue({ kind, of = [] }: Value<unknown>, text: string): unknown {
  switch (kind) {
    case 'number':
      return /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN
    case 'yes':
      return text === 'yes'
    case 'choice':
      return of.includes(text) ? text : ''
    case 'word':
      return text === '-' ? '' : text
    default:
      return text
  }
}

/** A line's first word, and what follows it. */
function firstWord(text: string): [string, string] {
  const [first = '', ...rest] = text.split(' ')
  return [first, rest.join(' ')]
}
