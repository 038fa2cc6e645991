import type { Extra } from './machine/prepare.ts'

/** Tests that one npm script runs. */
export interface Layer {
  readonly project: 'quick' | 'slow'
  /** Folders; none: all of the project. */
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
  slow: { project: 'slow', paths: ['actions', 'packages', 'tools'], extras: ['migrate', 'buildkitd'] },
  act: { project: 'slow', paths: ['test/act'], extras: ['go'] },
}
