/**
 * The workflow syntax that the engine plays. What is not in these tables is refused, never ignored.
 * `played`: has its effect. `recorded`: is given in events and results, without effect. `ignored`: means nothing here.
 */
type Treatment = 'played' | 'recorded' | 'ignored'

export const SUPPORTED_SYNTAX = {
  workflow: {
    name: 'played',
    'run-name': 'ignored',
    on: 'played',
    env: 'played',
    defaults: 'played',
    permissions: 'recorded',
    concurrency: 'recorded',
    jobs: 'played',
  },
  'trigger workflow_call': { inputs: 'played', secrets: 'played', outputs: 'played' },
  'trigger workflow_dispatch': { inputs: 'played' },
  'workflow input': {
    description: 'ignored',
    deprecationMessage: 'ignored',
    required: 'played',
    default: 'played',
    type: 'played',
    options: 'played',
  },
  'workflow secret': { description: 'ignored', required: 'played' },
  'workflow output': { description: 'ignored', value: 'played' },
  defaults: { run: 'played' },
  'defaults of run': { shell: 'played', 'working-directory': 'played' },
  'job with steps': {
    name: 'recorded',
    needs: 'played',
    if: 'played',
    strategy: 'played',
    'runs-on': 'ignored',
    environment: 'recorded',
    permissions: 'recorded',
    concurrency: 'recorded',
    outputs: 'played',
    env: 'played',
    defaults: 'played',
    'timeout-minutes': 'played',
    steps: 'played',
  },
  'job that calls a workflow': {
    name: 'recorded',
    needs: 'played',
    if: 'played',
    strategy: 'played',
    permissions: 'recorded',
    concurrency: 'recorded',
    uses: 'played',
    with: 'played',
    secrets: 'played',
  },
  // Legs run one after another, which is within any max-parallel.
  strategy: { matrix: 'played', 'fail-fast': 'played', 'max-parallel': 'recorded' },
  'step with uses': {
    id: 'played',
    name: 'recorded',
    if: 'played',
    uses: 'played',
    with: 'played',
    env: 'played',
    'continue-on-error': 'played',
    'timeout-minutes': 'played',
  },
  'step with run': {
    id: 'played',
    name: 'recorded',
    if: 'played',
    run: 'played',
    env: 'played',
    shell: 'played',
    'working-directory': 'played',
    'continue-on-error': 'played',
    'timeout-minutes': 'played',
  },
  action: {
    name: 'recorded',
    description: 'ignored',
    author: 'ignored',
    branding: 'ignored',
    inputs: 'played',
    outputs: 'played',
    runs: 'played',
  },
  'action input': { description: 'ignored', required: 'ignored', default: 'played', deprecationMessage: 'played' },
  'action output': { description: 'ignored', value: 'played' },
  'runs of a JavaScript action': { using: 'played', main: 'played', post: 'played', 'post-if': 'played' },
  'runs of a composite action': { using: 'played', steps: 'played' },
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
