import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../support/fixture.ts'

/** An action with a bundle of its own; composites have none. */
export interface Bundle {
  /** Below `actions/`: `deploy-ssh`, `release/begin`. */
  readonly name: string
  /** What the runner starts for its main. */
  readonly file: string
}

/** Every action of this repository that the runner starts with Node. */
export function bundles(): Bundle[] {
  return globSync('actions/**/action.yml', { cwd: root })
    .sort()
    .flatMap((path) => {
      const { runs } = parse(readFileSync(join(root, path), 'utf8')) as { runs: { using: string; main?: string } }
      if (!runs.using.startsWith('node') || runs.main === undefined) return []
      return [{ name: dirname(path).slice('actions/'.length), file: join(root, dirname(path), runs.main) }]
    })
}

/** What they load together, where they need it. */
export const shared: Bundle = { name: 'what actions share', file: join(root, 'actions/toolkit/dist/index.js') }
