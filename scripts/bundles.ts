import { globSync } from 'node:fs'

/** A bundle to build. Paths are relative to the repository. */
export interface Bundle {
  readonly entry: string
  readonly dist: string
  readonly minify: boolean
}

/** The target of `import('@belay/toolkit')`. Minified: it is third-party code, and would be half of what users download. */
export const toolkit: Bundle = { entry: 'packages/toolkit/src/index.ts', dist: 'actions/toolkit/dist', minify: true }

/** One bundle for each action below `root`, and the toolkit. */
export function bundlesOf(root: string): Bundle[] {
  const actions = globSync(['actions/*/src/main.ts', 'actions/*/*/src/main.ts'], { cwd: root })
    .sort()
    // Not minified: that would not make the start faster, and people who debug a release read this file.
    .map((entry): Bundle => ({ entry, dist: entry.replace(/src\/main\.ts$/, 'dist'), minify: false }))
  return [...actions, toolkit]
}

/** Bundles below `root` that no source builds any more: users would download code without a source. */
export function leftoverDists(root: string): string[] {
  const built = new Set(bundlesOf(root).map(({ dist }) => dist))
  return globSync(['actions/*/dist', 'actions/*/*/dist'], { cwd: root })
    .filter((dist) => !built.has(dist))
    .sort()
}
