import type { Fields, Value } from './values.ts'

/** What is said by a name: one value, or several in this order. */
type Shapes = Readonly<Record<string, Value<unknown> | Fields>>

/** What a command gets, and what a host says to it: its words with the shape of their text, and its facts. */
export interface Command {
  /** It changes something: the number of the protocol is sent with it. */
  readonly changes?: true
  readonly in: Fields
  readonly says?: Shapes
  /** `fact KEY TEXT` */
  readonly facts?: Shapes
}
export type Commands = Readonly<Record<string, Command>>

/** The codes that a host script refuses with, each with its remedy: no code is without one. */
export type Remedies = Readonly<Record<string, string>>

/** What the part of one action adds to the shared one. Its own codes stand with their remedies in the action. */
export interface Protocol {
  readonly commands: Commands
  /** The values of its change: those that are sent, and those that are found on the host. */
  readonly state: { readonly sent: Fields; readonly found: Fields }
  /** `failed NAME WHY` of its change; the failure code is `NAME-failed`. */
  readonly failures: readonly string[]
  /** `phase NAME TEXT` while it works; one that ends with `-` goes on with a number. */
  readonly phases: readonly string[]
  /** `missing CODE TEXT` and `doubt CODE TEXT` of an inspection, beyond the codes that a command is refused with. */
  readonly findings: readonly string[]
  /** What its own processes, a boot and people call: `sh BASE/.belay/NAME.sh WORD ARGUMENT…`. */
  readonly hostWords: readonly string[]
}
