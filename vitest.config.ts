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
    // More than this, and services on a machine of two cores miss the deadlines that are being tested.
    maxWorkers: 2,
    teardownTimeout: 30_000,
    reporters: ['default', ...github, notRun()],
    projects: [
      project('unit', 30_000),
      // Real hosts, on a machine that may be doing other things as well.
      project('integration', 120_000),
      project('e2e', 600_000),
    ],
  },
})

function project(name: Project, testTimeout: number) {
  const include = [filesOf(name)]
  const exclude = ['**/node_modules/**', '**/dist/**']
  // The first host with systemd has its image built, which takes minutes.
  return { extends: true as const, test: { name, include, exclude, testTimeout, hookTimeout: 600_000 } }
}
