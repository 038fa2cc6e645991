/**
 * The workflow syntax that the runner applies. What is not in these tables is refused, never ignored.
 * `applied`: has its effect. `recorded`: is given in events and results, without effect. `ignored`: means nothing here.
 */
type Treatment = 'applied' | 'recorded' | 'ignored'

export const SUPPORTED_SYNTAX = {
  workflow: {
    name: 'applied',
    'run-name': 'ignored',
    on: 'applied',
    env: 'applied',
    defaults: 'applied',
    permissions: 'recorded',
    concurrency: 'recorded',
    jobs: 'applied',
  },
  'trigger workflow_call': { inputs: 'applied', secrets: 'applied', outputs: 'applied' },
  'trigger workflow_dispatch': { inputs: 'applied' },
  'workflow input': {
    description: 'ignored',
    deprecationMessage: 'ignored',
    required: 'applied',
    default: 'applied',
    type: 'applied',
    options: 'applied',
  },
  'workflow secret': { description: 'ignored', required: 'applied' },
  'workflow output': { description: 'ignored', value: 'applied' },
  defaults: { run: 'applied' },
  'defaults of run': { shell: 'applied', 'working-directory': 'applied' },
  'job with steps': {
    name: 'recorded',
    needs: 'applied',
    if: 'applied',
    strategy: 'applied',
    'runs-on': 'ignored',
    environment: 'recorded',
    permissions: 'recorded',
    concurrency: 'recorded',
    outputs: 'applied',
    env: 'applied',
    defaults: 'applied',
    'timeout-minutes': 'applied',
    steps: 'applied',
  },
  'job that calls a workflow': {
    name: 'recorded',
    needs: 'applied',
    if: 'applied',
    strategy: 'applied',
    permissions: 'recorded',
    concurrency: 'recorded',
    uses: 'applied',
    with: 'applied',
    secrets: 'applied',
  },
  // Matrix jobs run one after another, which is within any max-parallel.
  strategy: { matrix: 'applied', 'fail-fast': 'applied', 'max-parallel': 'recorded' },
  'step with uses': {
    id: 'applied',
    name: 'recorded',
    if: 'applied',
    uses: 'applied',
    with: 'applied',
    env: 'applied',
    'continue-on-error': 'applied',
    'timeout-minutes': 'applied',
  },
  'step with run': {
    id: 'applied',
    name: 'recorded',
    if: 'applied',
    run: 'applied',
    env: 'applied',
    shell: 'applied',
    'working-directory': 'applied',
    'continue-on-error': 'applied',
    'timeout-minutes': 'applied',
  },
  action: {
    name: 'recorded',
    description: 'ignored',
    author: 'ignored',
    branding: 'ignored',
    inputs: 'applied',
    outputs: 'applied',
    runs: 'applied',
  },
  'action input': { description: 'ignored', required: 'ignored', default: 'applied', deprecationMessage: 'applied' },
  'action output': { description: 'ignored', value: 'applied' },
  'runs of a JavaScript action': { using: 'applied', main: 'applied', post: 'applied', 'post-if': 'applied' },
  'runs of a composite action': { using: 'applied', steps: 'applied' },
} as const satisfies Record<string, Record<string, Treatment>>

export type Place = keyof typeof SUPPORTED_SYNTAX

export const SHELLS = ['bash', 'sh'] as const
export const RUNTIMES = ['node24', 'composite'] as const

/** The contexts that expressions may name: in a workflow, in a composite's steps, in the default of an action's input. */
export const CONTEXTS = {
  workflow: [
    ...['github', 'needs', 'vars', 'secrets', 'inputs', 'strategy', 'matrix', 'steps', 'job', 'runner', 'env', 'jobs'],
  ],
  composite: ['github', 'inputs', 'strategy', 'matrix', 'steps', 'job', 'runner', 'env'],
  'input default': ['github', 'strategy', 'matrix', 'job', 'runner'],
} as const

/** Collects everything in a file that is beyond the subset. */
export interface Checker {
  problems: string[]
  problem(at: string, message: string): void
  /** An object whose keys must be those of a place; returns whether it is one. */
  keys(place: Place, value: unknown, at: string): boolean
  /** An object with names of the user's own. */
  map(value: unknown, at: string): [string, unknown][]
}

export function createChecker(file: string): Checker {
  const problems: string[] = []
  const problem = (at: string, message: string) => void problems.push(`${file}: ${at} ${message}`)
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return {
    problems,
    problem,
    keys(place, value, at) {
      if (!isObject(value)) {
        problem(
          at,
          `must be a map. Of a ${place} the rehearsal supports: ${Object.keys(SUPPORTED_SYNTAX[place]).join(', ')}.`,
        )
        return false
      }
      const beyond = Object.keys(value as object).filter((key) => !(key in SUPPORTED_SYNTAX[place]))
      for (const key of beyond) {
        const path = at === '' ? key : `${at}.${key}`
        problem(
          path,
          `is not supported. Of a ${place} the rehearsal supports: ${Object.keys(SUPPORTED_SYNTAX[place]).join(', ')}.`,
        )
      }
      return true
    },
    map(value, at) {
      if (value === undefined || value === null) return []
      if (isObject(value)) return Object.entries(value as object)
      problem(at, 'must be a map, written out (an expression for the whole map is not supported).')
      return []
    },
  }
}
