import { globSync } from 'node:fs'
import type { Extra } from './machine/prepare.ts'

/**
 * What a test may require of the machine, by the suffix of its file. Each is a project of vitest.
 *
 * - `unit`, `*.test.ts`: no root, no network, no server except a fake on loopback, no bundle. All of them: under a minute.
 * - `integration`, `*.itest.ts`: bundles, shells, and real sshd, nginx, PostgreSQL, engines and hosts, most of them as root.
 * - `e2e`, `*.e2e.ts`: long tests: whole releases with faults, incidents, rehearsals, other runners.
 * - `kubernetes`, `*.ktest.ts`: a real Kubernetes cluster, which is built from source first. One cluster serves all of them.
 */
export const suffixes = { unit: 'test', integration: 'itest', e2e: 'e2e', kubernetes: 'ktest' } as const

export type Project = keyof typeof suffixes

/** The files of a project, for `vitest.config.ts`. */
export const filesOf = (project: Project) => `{actions,packages,test,tools}/**/*.${suffixes[project]}.ts`

/** Tests that one npm script runs, on a machine with the programs that they need. `npm run test:unit` needs none. */
export interface Layer {
  readonly projects: readonly Project[]
  /** Folders, or beginnings of paths; empty: all tests of the projects. */
  readonly paths: readonly string[]
  readonly extras: readonly Extra[]
  /** One file at a time; default: as many as `vitest.config.ts` says. */
  readonly oneByOne?: true
}

export const layers: Readonly<Record<string, Layer>> = {
  quick: { projects: ['unit', 'integration'], paths: [], extras: ['migrate'] },
  chaos: { projects: ['e2e'], paths: ['test/chaos'], extras: [] },
  drivers: {
    projects: ['e2e'],
    paths: ['actions/deploy-ssh/test/drivers', 'actions/deploy-ssh/test/truth', 'actions/blue-green-switch'],
    extras: [],
  },
  // BuildKit is built from source, which takes minutes.
  buildkit: { projects: ['e2e'], paths: ['actions/build-image/test/buildkit'], extras: ['buildkitd'] },
  // Complete rehearsals, as a user starts them, and their page in a browser.
  rehearsals: {
    projects: ['e2e'],
    paths: ['cli', 'page', 'repository', 'vps-systemd'].map((name) => `tools/rehearsal/test/${name}`),
    extras: ['browser'],
    // Two would use more than two processors: images are built, and users ask 400 times a second.
    oneByOne: true,
  },
  incidents: { projects: ['e2e'], paths: ['test/incidents'], extras: [] },
  // Slots behind proxies on other hosts: each test has five hosts, and users of every proxy.
  elsewhere: { projects: ['e2e'], paths: ['test/elsewhere'], extras: [] },
  slow: { projects: ['e2e'], paths: ['actions', 'tools'], extras: ['migrate', 'buildkitd', 'browser', 'cluster'] },
  kubernetes: { projects: ['kubernetes'], paths: [], extras: ['cluster', 'helm'] },
  act: { projects: ['e2e'], paths: ['test/act/act'], extras: ['go'] },
  // The examples, released by act and by our own runner.
  runners: { projects: ['e2e'], paths: ['test/act/qa', 'test/act/alike'], extras: ['go'] },
}

/**
 * The paths of a layer below `root` without a test of its projects. Vitest ignores such a path as long as another one has
 * tests, so a test that was moved would not run any more.
 */
export function pathsWithoutTests(layer: Layer, root: string): string[] {
  const suffixOf = (project: Project) => `.${suffixes[project]}.ts`
  const tests = (path: string) =>
    layer.projects.flatMap((project) =>
      globSync([`${path}/**/*${suffixOf(project)}`, `${path}*${suffixOf(project)}`], { cwd: root }),
    )
  return layer.paths.filter((path) => tests(path).length === 0)
}
