/** What one value is on its way between TypeScript and a host script. `T` is its type here. */
export interface Value<T> {
  readonly kind: 'line' | 'lines' | 'number' | 'list' | 'words' | 'choice' | 'word' | 'yes'
  readonly of?: readonly string[]
  /** Not sent where there is none. */
  readonly optional?: true
  /** Never there: it carries the type. */
  readonly type?: T
}

/** One line: of what a host says, all that is left of the line. */
export const line: Value<string> = { kind: 'line' }
/** Several lines, which no host says again: a script, a list that is read line by line, a file. */
export const lines: Value<string> = { kind: 'lines' }
/** Not known to the host: NaN. */
export const number: Value<number> = { kind: 'number' }
/** Words without spaces, with a space between. */
export const list: Value<readonly (string | number)[]> = { kind: 'list' }
/** A command as words, which the host splits again as they were (`eval "set -- …"`). */
export const quotedWords: Value<readonly string[]> = { kind: 'words' }
/** One word of what a host says; it says `-` for an empty one. */
export const word: Value<string> = { kind: 'word' }
/** A host says `yes` or `no`. */
export const yes: Value<boolean> = { kind: 'yes' }

/** One of these words; empty where the host says another, or nothing. */
export function oneOf<const T extends string>(...of: readonly T[]): Value<T> & { readonly kind: 'choice' } {
  return { kind: 'choice', of }
}

export function optional<T>(value: Value<T>): Value<T> & { readonly optional: true } {
  return { ...value, optional: true }
}

/** Values by their names in TypeScript. What a host says has them in this order. */
export type Fields = Readonly<Record<string, Value<unknown>>>

type TypeOf<V> = V extends Value<infer T> ? T : never
type OptionalNames<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F]

/** Values of these fields, to be sent. */
export type Values<F> = { readonly [K in Exclude<keyof F, OptionalNames<F>>]: TypeOf<F[K]> } & {
  readonly [K in OptionalNames<F>]?: TypeOf<F[K]> | undefined
}

/** Values of these fields, as a host said them. */
export type Said<S> =
  S extends Value<infer T>
    ? SaidAs<S, T>
    : { readonly [K in keyof S]: S[K] extends Value<infer T> ? SaidAs<S[K], T> : never }
type SaidAs<V, T> = V extends { kind: 'choice' } ? T | '' : T

/** The name of a value in a host script: `checkTimeout` is `check_timeout` there. */
export function shellName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The name of a word or of a fact that a host says: `undoFailed` is `undo-failed` there. */
export function spokenName(name: string): string {
  return shellName(name).replaceAll('_', '-')
}

/** Names with a space between, as a list. */
export function names(...texts: readonly string[]): string[] {
  return texts.join(' ').split(' ')
}
