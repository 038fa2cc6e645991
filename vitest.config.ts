import { defineConfig } from 'vitest/config'
import { filesOf, type Project } from './scripts/layers.ts'
import { notRun } from './test/support/not-run.ts'

const github = process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : []

export default defineConfig({
  test: {
    // Tests start processes, namespaces and signals: each file has a process of its own.
    pool: 'forks',
    // Also on a laptop: a test that is run alone leaves all others out.
    allowOnly: false,
    teardownTimeout: 30_000,
    // Of what a test waits for, unless it says how long: a slow machine gets the time.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', ...github, notRun()],
    projects: [
      // Most of their tests wait for hosts more than they use a processor.
      project('unit', { testTimeout: 30_000, maxWorkers: 3 }),
      // Real hosts, on a machine that may be doing other things as well.
      project('integration', { testTimeout: 120_000, maxWorkers: 3 }),
      // With more, users of services on a machine of two cores would miss the deadlines that are being tested.
      project('e2e', { testTimeout: 600_000, maxWorkers: 2, sequence: { groupOrder: 1 } }),
      // Its tests share one cluster, each in a namespace of its own.
      project('kubernetes', {
        testTimeout: 300_000,
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
        globalSetup: ['tools/test-cluster/src/shared.ts'],
      }),
    ],
  },
})

interface ProjectOptions {
  readonly testTimeout: number
  readonly maxWorkers: number
  /** Projects with another number of workers need another one. */
  readonly sequence?: { groupOrder: number }
  /** Starts what its tests share. */
  readonly globalSetup?: string[]
}

function project(name: Project, options: ProjectOptions) {
  const include = [filesOf(name)]
  const exclude = ['**/node_modules/**', '**/dist/**']
  // The first host with systemd has its image built, which takes minutes.
  return { extends: true as const, test: { name, include, exclude, hookTimeout: 600_000, ...options } }
}
