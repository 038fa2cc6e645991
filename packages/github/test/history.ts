import type { GitHubCommit, GitHubRepository } from '@belay/fakes/github'

/** A sha that begins with this name; the rest is zeros. */
export function shaOf(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(40, '0')
}

const commit = (name: string, parents: string[], message = `Change ${name}`): GitHubCommit => ({
  sha: shaOf(name),
  parents: parents.map(shaOf),
  message,
})

/**
 * m1 - m2 - m3 - m4 - m5   main
 *             \\
 *              r1          release/1.4
 *       m2 - x1            feature, never merged
 * alone                    without a common ancestor
 */
export const history = {
  commits: [
    commit('m1', []),
    commit('m2', ['m1']),
    commit('m3', ['m2']),
    commit('r1', ['m3'], 'Fix the tax\n\nand more'),
    commit('x1', ['m2']),
    commit('m4', ['m3'], 'Add <!channel> & [a link](https://evil.example)'),
    commit('m5', ['m4']),
    commit('alone', []),
  ],
  branches: { main: shaOf('m5'), 'release/1.4': shaOf('r1'), feature: shaOf('x1'), 'release/1.3': shaOf('m1') },
  tags: {
    'v1.0.0': shaOf('m1'),
    'v1.1.0': shaOf('m2'),
    'v1.4.0': { annotated: shaOf('m3') },
    'v1.4.1': shaOf('r1'),
    'v1.5.0': shaOf('m5'),
    'v9.9.9': shaOf('x1'),
  },
} satisfies GitHubRepository
