import { defineConfig } from 'vitest/config'
import { notRun } from './test/support/not-run.ts'

const slow = '**/*.slow.test.ts'
const github = process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : []

export default defineConfig({
  test: {
    // Tests start processes, namespaces and signals: each file has a process of its own.
    pool: 'forks',
    // Also on a laptop: a test that is run alone leaves all others out.
    allowOnly: false,
    // More than this, and services on a machine of two cores miss the deadlines that are being tested.
    maxWorkers: 2,
    // Real hosts, on a machine that may be doing other things as well.
    testTimeout: 120_000,
    // The first host with systemd has its image built, which takes minutes.
    hookTimeout: 600_000,
    teardownTimeout: 30_000,
    reporters: ['default', ...github, notRun()],
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['{packages,tools}/*/test/**/*.test.ts', 'actions/**/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [slow, '**/node_modules/**', '**/dist/**'],
        },
      },
      { extends: true, test: { name: 'slow', include: [slow], exclude: ['**/node_modules/**'], testTimeout: 600_000 } },
    ],
  },
})
