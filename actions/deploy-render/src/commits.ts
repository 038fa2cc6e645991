import { matchesGlob } from 'node:path'
import { Failure } from '@belay/action-kit'
import { assertShape, type GitHub, GitHubError, type Relation, relationOf } from '@belay/github'
import type { Service } from './api-objects.ts'

/** Questions about the commits of a repository. */
export interface Commits {
  /** The relation of the released commit to the live one. */
  relation(live: string): Promise<Relation>
  /** The paths that differ between the live commit and the released one; undefined where that is not known. */
  changed(live: string): Promise<readonly string[] | undefined>
}

interface Tree {
  readonly truncated: boolean
  readonly tree: readonly {
    readonly path: string
    readonly mode: string
    readonly sha: string
    readonly type: string
  }[]
}

/**
 * Asks GitHub, once for each live commit. Both trees are compared whole: GitHub's own comparison of commits ends at 300
 * files.
 */
export function githubCommits(github: GitHub, sha: string): Commits {
  const relations = new Map<string, Promise<Relation>>()
  const changes = new Map<string, Promise<readonly string[] | undefined>>()
  const trees = new Map<string, Promise<Tree | undefined>>()

  return {
    relation: (live) => memoize(relations, live, () => relationOf(github, live, sha)),
    changed: (live) =>
      memoize(changes, live, async () => {
        const [before, after] = await Promise.all([treeOf(live), treeOf(sha)])
        return before && after && changedPaths(before, after)
      }),
  }

  function treeOf(commit: string): Promise<Tree | undefined> {
    return memoize(trees, commit, async () => {
      try {
        const asked = { tree_sha: commit, recursive: '1' }
        const tree = await github.ask(({ rest }, repository) => rest.git.getTree({ ...repository, ...asked }))
        assertShape(Array.isArray(tree.tree), `the tree of ${commit}`)
        return tree.truncated ? undefined : tree
      } catch (error) {
        // A commit that a force push has removed.
        if (error instanceof GitHubError && error.status === 404) return undefined
        throw error
      }
    })
  }
}

/** Without a token nothing is known. */
export const unknownCommits: Commits = {
  relation: async () => {
    throw new Failure(
      'order-unknown',
      'Without github-token Belay cannot check whether the released commit is older than the live one.',
      'give github-token, or set allow-older: true.',
    )
  },
  changed: async () => undefined,
}

function memoize<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? ask()
  known.set(key, found)
  return found
}

/** Paths of files that were added, removed or changed (content or mode). Pure. */
export function changedPaths(before: Tree, after: Tree): string[] {
  const filesOf = ({ tree }: Tree) =>
    new Map(tree.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, `${mode} ${sha}`]))
  const [old, fresh] = [filesOf(before), filesOf(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path))
}

/**
 * Whether one of these paths belongs to a service: the root directory contains it or the build filter includes it, and
 * the filter does not ignore it. Paths of a filter are relative to the repository. Pure.
 */
export function affectsService(service: Pick<Service, 'rootDir' | 'buildFilter'>, paths: readonly string[]): boolean {
  const root = (service.rootDir ?? '').replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '')
  const included = service.buildFilter?.paths ?? []
  const ignored = service.buildFilter?.ignoredPaths ?? []
  const inRoot = (path: string) => (root === '' ? included.length === 0 : path.startsWith(`${root}/`))
  const isIn = (globs: readonly string[], path: string) => globs.some((glob) => matches(path, glob))
  // A filter may name a folder without a glob. An unnecessary deploy is better than a change that is not deployed.
  const isBelow = (folders: readonly string[], path: string) =>
    folders.some((folder) => path.startsWith(`${withoutLeadingSlash(folder).replace(/\/$/, '')}/`))
  return paths.some((path) => !isIn(ignored, path) && (inRoot(path) || isIn(included, path) || isBelow(included, path)))
}

/** Unlike Node's globs, Render's globs match names that start with a dot. */
function matches(path: string, glob: string): boolean {
  const undotted = (text: string) => text.replace(/(^|\/)\./g, '$1\u0001')
  return matchesGlob(undotted(path), undotted(withoutLeadingSlash(glob)))
}

function withoutLeadingSlash(glob: string): string {
  return glob.replace(/^\.?\/+/, '')
}
