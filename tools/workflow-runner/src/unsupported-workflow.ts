/** Thrown before anything runs when what is asked for is beyond what the runner supports. One error holds every problem found. */
export class UnsupportedWorkflow extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`This cannot be rehearsed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.name = 'Refusal'
    this.problems = problems
  }
}
