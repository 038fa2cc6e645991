import type { Leftover } from '../observe/leftovers.ts'

/** What a run has left behind. */
export function leftoverProblems(leftovers: readonly Leftover[], processes: readonly string[]): string[] {
  return [
    ...leftovers.map(({ place }) => `a secret was left in ${place}`),
    ...processes.map((job) => `${job} left a process running on its runner`),
  ]
}
