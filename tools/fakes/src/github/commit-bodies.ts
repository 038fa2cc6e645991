import { createHash } from 'node:crypto'
import type { GitHubCommit } from './objects.ts'
import { forever } from './repository-bodies.ts'
import { nodeId, type Site } from './site.ts'

/** The sha of an object that the repository was not given one for. */
export function shaOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

/** Who made a commit, as git knows it. */
export function signature({ author = 'Ada' }: Pick<GitHubCommit, 'author'>) {
  return { name: author, email: `${author.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.com` }
}

export function commitBody(site: Site, commit: GitHubCommit) {
  const { sha, message, parents } = commit
  const by = { ...signature(commit), date: forever }
  return {
    sha,
    node_id: nodeId('Commit', sha),
    commit: {
      author: by,
      committer: by,
      message,
      tree: { sha: shaOf(`tree ${sha}`), url: site.inApi(`/git/trees/${shaOf(`tree ${sha}`)}`) },
      url: site.inApi(`/git/commits/${sha}`),
      comment_count: 0,
    },
    url: site.inApi(`/commits/${sha}`),
    html_url: site.page(`/commit/${sha}`),
    comments_url: site.inApi(`/commits/${sha}/comments`),
    // The address of the author belongs to no account.
    author: null,
    committer: null,
    parents: parents.map((parent) => ({
      sha: parent,
      url: site.inApi(`/commits/${parent}`),
      html_url: site.page(`/commit/${parent}`),
    })),
  }
}

/** Git's name of something and what it is: `refs/heads/main`. */
export interface Ref {
  readonly ref: string
  readonly type: 'commit' | 'tag'
  readonly sha: string
}

export function refBody(site: Site, { ref, type, sha }: Ref) {
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: site.inApi(`/git/${encodeURI(ref)}`),
    object: objectBody(site, type, sha),
  }
}

/** An annotated tag. */
export function tagBody(site: Site, tag: string, sha: string, commit: string) {
  return {
    node_id: nodeId('Tag', sha),
    sha,
    url: site.inApi(`/git/tags/${sha}`),
    tagger: { ...signature({}), date: forever },
    object: objectBody(site, 'commit', commit),
    tag,
    message: tag,
  }
}

function objectBody(site: Site, type: Ref['type'], sha: string) {
  return { sha, type, url: site.inApi(`/git/${type}s/${sha}`) }
}

/** The tree of a commit: of its root alone, or with all below it. Folders have entries of their own. */
export function treeBody(site: Site, sha: string, files: Readonly<Record<string, string>>, recursive: boolean) {
  const blobs = Object.entries(files).map(([path, text]) => ({
    path,
    mode: '100644',
    type: 'blob',
    sha: shaOf(text),
    size: Buffer.byteLength(text),
    url: site.inApi(`/git/blobs/${shaOf(text)}`),
  }))
  const trees = foldersOf(Object.keys(files)).map((path) => {
    const below = blobs.filter((blob) => blob.path.startsWith(`${path}/`))
    const own = shaOf(`tree ${below.map((blob) => `${blob.path} ${blob.sha}`).join('\n')}`)
    return { path, mode: '040000', type: 'tree', sha: own, url: site.inApi(`/git/trees/${own}`) }
  })
  const tree = [...blobs, ...trees].filter(({ path }) => recursive || !path.includes('/'))
  return { sha, url: site.inApi(`/git/trees/${sha}`), tree: tree.toSorted(byPath), truncated: false }
}

function foldersOf(paths: readonly string[]): string[] {
  const folders = paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index)))
  return [...new Set(folders)]
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1
}
