import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Action as BelayAction, Failure, type InputReader, readInputs } from '@belay/action-kit'
import { vi } from 'vitest'
import { type Action, root } from './manifests.ts'

/** How an action's code reads one of its inputs. */
export interface InputRead {
  /** The default text; empty if there is none. */
  readonly default: string
  /** Whether that text follows from other inputs or from the run: no action.yml could say it. */
  readonly computed: boolean
  /** Required with every command of the action. */
  readonly required: boolean
}

/** The action that an action's folder exports, without running it. */
export async function loadAction({ folder }: Action): Promise<BelayAction<unknown, unknown>> {
  const module: Record<string, unknown> = await import(join(root, folder, 'src/action.ts'))
  const found = Object.values(module).filter((one) => typeof one === 'object' && one !== null && 'inputs' in one)
  if (found.length !== 1) throw new Error(`${folder}/src/action.ts exports ${found.length} actions`)
  return found[0] as BelayAction<unknown, unknown>
}

/**
 * Lets an action read its inputs with none given, in two different repositories: a default that differs between them is
 * computed. If a choice decides what else is read, every option is tried.
 */
export function readsOf(action: BelayAction<unknown, unknown>): Map<string, InputRead> {
  const plain = readOnce(action, 'acme/one', {})
  const other = readOnce(action, 'umbrella/two', {})
  const ways = [...plain.choices].flatMap(([name, options]) =>
    options.map((option) => readOnce(action, 'acme/one', { [name]: option })),
  )
  const names = new Set([plain, ...ways].flatMap(({ defaults }) => [...defaults.keys()]))
  return new Map(
    [...names].map((name) => {
      const text = plain.defaults.get(name) ?? ''
      return [
        name,
        {
          default: text,
          computed: text !== (other.defaults.get(name) ?? ''),
          required: [plain, ...ways].every(({ missing }) => missing.has(name)),
        },
      ]
    }),
  )
}

interface Once {
  readonly defaults: Map<string, string>
  readonly choices: Map<string, readonly string[]>
  readonly missing: Set<string>
}

function readOnce(action: BelayAction<unknown, unknown>, repository: string, given: Record<string, string>): Once {
  vi.stubEnv('GITHUB_REPOSITORY', repository)
  vi.stubEnv('GITHUB_SHA', repository.startsWith('acme') ? 'a'.repeat(40) : 'b'.repeat(40))
  const defaults = new Map<string, string>()
  const choices = new Map<string, readonly string[]>()
  try {
    readInputs(
      (reader) => action.inputs(recording(reader, defaults, choices)),
      (name) => given[name] ?? '',
    )
    return { defaults, choices, missing: new Set() }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const missing = [...error.message.matchAll(/^ {2}- ([a-z-]+): is missing/gm)].map(([, name]) => name ?? '')
    return { defaults, choices, missing: new Set(missing) }
  } finally {
    vi.unstubAllEnvs()
  }
}

/** The real reader, which also records what is read. An input that is read twice has the default of the first time. */
function recording(
  read: InputReader,
  defaults: Map<string, string>,
  choices: Map<string, readonly string[]>,
): InputReader {
  const note = (name: string, text: string | number | boolean = '') => {
    if (!defaults.has(name)) defaults.set(name, String(text))
  }
  return {
    issue: read.issue,
    unneeded: read.unneeded,
    text(name, options = {}) {
      note(name, options.default)
      return read.text(name, options)
    },
    lines(name, options) {
      note(name)
      return read.lines(name, options)
    },
    secret(name, options) {
      note(name)
      return read.secret(name, options)
    },
    integer(name, options) {
      note(name, options.default)
      return read.integer(name, options)
    },
    seconds(name, options) {
      note(name, options.default)
      return read.seconds(name, options)
    },
    boolean(name, options) {
      note(name, options.default)
      return read.boolean(name, options)
    },
    choice(name, options) {
      note(name, options.default)
      choices.set(name, options.of)
      return read.choice(name, options)
    },
  }
}

/** Every output that an action's source sets, and how many it sets by another name than a literal. */
export function outputsSet({ folder }: Action): { names: Set<string>; unclear: number } {
  const sources = globSync(join(root, folder, 'src/**/*.ts')).map((path) => readFileSync(path, 'utf8'))
  const literal = sources.flatMap((text) => [...text.matchAll(/\.output\(\s*'([^']+)'/g)].map(([, name]) => name ?? ''))
  const all = sources.reduce((sum, text) => sum + [...text.matchAll(/\.output\(/g)].length, 0)
  // The kit sets these two for every action.
  return { names: new Set([...literal, 'result', 'failure-code']), unclear: all - literal.length }
}
