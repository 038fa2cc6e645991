import type { Watched } from './watch.ts'

/** One proxy under load for as long as it was moved. */
export interface Lane {
  readonly watched: Watched
  /** Milliseconds of each move. */
  readonly moves: readonly number[]
}
