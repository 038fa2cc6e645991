import { globSync } from 'node:fs'
import type { Extra } from './machine/prepare.ts'

/** Tests that one npm script runs. */
export interface Layer {
  readonly project: 'quick' | 'slow'
  /** Folders, or beginnings of files; none: all of the project. */
  readonly paths: readonly string[]
  readonly extras: readonly Extra[]
}

export const layers: Readonly<Record<string, Layer>> = {
  quick: { project: 'quick', paths: [], extras: ['migrate'] },
  chaos: { project: 'slow', paths: ['test/chaos'], extras: [] },
  drivers: {
    project: 'slow',
    paths: ['actions/deploy-ssh/test/drivers', 'actions/deploy-ssh/test/truth', 'actions/blue-green-switch'],
    extras: [],
  },
  // BuildKit is built from source, which takes minutes.
  buildkit: { project: 'slow', paths: ['actions/build-image/test/beside'], extras: ['buildkitd'] },
  // Whole rehearsals, as a person starts them.
  rehearsals: {
    project: 'slow',
    paths: ['tools/rehearsal/test/cli', 'tools/rehearsal/test/vps-systemd'],
    extras: [],
  },
  days: { project: 'slow', paths: ['test/days'], extras: [] },
  slow: { project: 'slow', paths: ['actions', 'tools'], extras: ['migrate', 'buildkitd'] },
  act: { project: 'slow', paths: ['test/act'], extras: ['go'] },
}

/**
 * The paths of a layer below `root` that hold no test of its project: vitest passes over such a path as long as another
 * one has tests, and a test that was moved would run no more.
 */
export function pathsWithoutTests(layer: Layer, root: string): string[] {
  const suffix = layer.project === 'slow' ? '.slow.test.ts' : '.test.ts'
  const tests = (path: string) => globSync([`${path}/**/*${suffix}`, `${path}*${suffix}`], { cwd: root })
  return layer.paths.filter((path) => tests(path).length === 0)
}
