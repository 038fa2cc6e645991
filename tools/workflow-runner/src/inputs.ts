import type { Manifest } from './action.ts'
import { evaluateAll, interpolate } from './expressions.ts'
import type { StepExecution } from './model.ts'
import { annotate } from './step-execution.ts'

/** The inputs of an action: `with`, then defaults, all evaluated now: at post as well as in main (ActionRunner.cs). */
export function readActionInputs(execution: StepExecution, manifest: Manifest): Record<string, string> {
  const inputs = evaluateAll(execution.planned.step.with ?? {}, execution.scope())
  const given = new Set(Object.keys(inputs).map((name) => name.toLowerCase()))
  const declared = Object.entries(manifest.inputs ?? {})
  const { github, strategy, matrix, job, runner } = execution.scope().contexts
  const scope = { ...execution.scope(), contexts: { github, strategy, matrix, job, runner } }
  for (const [name, input] of declared) {
    if (!given.has(name.toLowerCase())) inputs[name] = interpolate(String(input?.default ?? ''), scope)
    else if (input?.deprecationMessage) {
      annotate(execution, 'warning', `Input '${name}' has been deprecated with message: ${input.deprecationMessage}`)
    }
  }
  const valid = new Set(declared.map(([name]) => name.toLowerCase()))
  const unexpected = [...given].filter((name) => !valid.has(name))
  if (unexpected.length > 0) {
    const names = declared.map(([name]) => name).join("', '")
    annotate(execution, 'warning', `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${names}']`)
  }
  return inputs
}
