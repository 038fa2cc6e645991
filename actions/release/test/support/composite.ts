import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInputs } from '@belay/action-kit'
import { parse } from 'yaml'
import { condition } from '../../../../tools/workflow-runner/src/expressions.ts'
import { readPlanInputs } from '../../plan/src/inputs.ts'
import { publishSteps, stepsOf } from '../../plan/src/steps.ts'

/** A step of the composite. */
interface Step {
  readonly id: string
  readonly if?: string
  readonly with?: Record<string, string>
}
/** The composite's manifest. */
export const { inputs, runs } = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
  runs: { steps: Step[] }
}

/** What `plan` found: undefined where it refused. */
export type Found = { way: 'deploy' | 'rollback'; proven?: boolean } | 'superseded' | undefined

/** The plan's own reading of inputs and variables, and what follows from it. */
export function planned(
  given: Record<string, string>,
  variables: Record<string, string>,
  found: Exclude<Found, undefined>,
) {
  const raw: Record<string, string> = {
    command: 'admit',
    environment: 'qa',
    ...given,
    migrates: String((given['database-url'] ?? '') !== ''),
    'artifact-folder': '/artifacts/1',
    settings: JSON.stringify(variables),
  }
  const { conditions } = readInputs(readPlanInputs, (name) => raw[name] ?? '')
  const outcome =
    found === 'superseded'
      ? { way: 'deploy' as const, superseded: true, proven: false }
      : { way: found.way, superseded: false, proven: found.proven ?? false }
  return stepsOf({ ...conditions, ...outcome })
}

/** The steps that run, for these inputs and variables, after what was found and what went so far. */
export function stepsFor(
  given: Record<string, string>,
  variables: Record<string, string>,
  found: Found,
  more: Record<string, unknown> = {},
  status: 'success' | 'failure' = 'success',
) {
  const outputs: Record<string, string> = {}
  if (found)
    publishSteps(planned(given, variables, found), {
      output: (name, value) => {
        outputs[name] = value
      },
    })
  const contexts = {
    inputs: { ...Object.fromEntries(Object.keys(inputs).map((name) => [name, ''])), ...given },
    steps: {
      plan: { outputs },
      begin: { outputs: { 'release-id': '20261121T100000Z-0123456789ab-4711-1-9f86d081' } },
      ...more,
    },
  }
  const scope = { contexts, status, cancelled: false, workspace: '/' }
  const runsIn = (step: Step) => (step.if === undefined ? status === 'success' : condition(step.if, scope))
  return runs.steps.filter(runsIn).map(({ id }) => id)
}
