import { type InputReader, parseSettings, variableIssue, variableOf } from '@belay/action-kit'

/** Which inputs of the composite have a value: names only, as some values are secrets. */
export interface GivenInputs {
  /** False where this step does not run inside the composite. */
  readonly known: boolean
  inWorkflow(input: string): boolean
  /** In the workflow, or by a variable of the environment. */
  has(input: string): boolean
  /** Belay's variables, by their names. */
  readonly settings: ReadonlyMap<string, string>
}

/** Reads `given` and `settings`, and refuses every variable with Belay's prefix that matches no input. */
export function readGivenInputs(read: InputReader): GivenInputs {
  const names = new Set(read.text('given', { multiline: true }).split(/\s+/))
  const settings = parseSettings(read.text('settings', { multiline: true })) ?? new Map<string, string>()
  for (const name of settings.keys()) {
    const inputError = variableIssue(name)
    if (inputError) read.issue(name, inputError.problem, inputError.remedy)
  }
  return {
    known: !names.has(''),
    inWorkflow: (input) => names.has(input),
    settings,
    has: (input) => names.has(input) || (settings.get(variableOf(input)) ?? '').trim() !== '',
  }
}
