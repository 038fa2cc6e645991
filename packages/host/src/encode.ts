import { deployProtocol, type ReleaseValues, type SwitchValues, switchProtocol } from './protocol.ts'
import { assignments, quoteWords } from './quote.ts'
import { type Fields, shellName, type Value } from './values.ts'

declare const ofState: unique symbol
/** The values of a change, as assignments: only `releaseState` and `switchState` make it. */
export type StateText = string & { readonly [ofState]: true }

/** For an inspection that is about no change. */
export const noState = '' as StateText

/** The values of a release, as the file of the change will have them. */
export function releaseState(values: Partial<ReleaseValues>): StateText {
  return encode('r_', deployProtocol.state.sent, values) as StateText
}

/** The values of a switch, as the file of the change will have them. */
export function switchState(values: Partial<SwitchValues>): StateText {
  return encode('r_', switchProtocol.state.sent, values) as StateText
}

/** Assigns the values of a command or of a change, by their names in a host script, in the order of their fields. */
export function encode(prefix: 'b_' | 'r_', fields: Fields, values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(fields).filter(([name]) => values[name] !== undefined)
  const several = new Set(given.flatMap(([name, { kind }]) => (kind === 'lines' ? [shellName(name)] : [])))
  const texts = given.map(([name, field]) => [shellName(name), textOf(field, values[name])])
  return assignments(prefix, Object.fromEntries(texts), several)
}

/** The types of the callers say what a value is. */
function textOf({ kind }: Value<unknown>, value: unknown): string {
  if (kind === 'list') return (value as readonly (string | number)[]).join(' ')
  if (kind === 'words') return quoteWords(value as readonly string[])
  if (kind === 'yes') return value ? 'yes' : 'no'
  return String(value)
}
