import { createHash } from 'node:crypto'
import { type GitHubAnswer, type GitHubRequest, notFound, paged } from './answers.ts'
import { makeDeployments } from './deployments.ts'
import type { GitHubArtifact, GitHubPermissions, GitHubRepository, GitHubRun } from './objects.ts'
import { zipOf } from './zip.ts'

type Handler = (match: readonly string[], request: GitHubRequest) => GitHubAnswer

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly needs: readonly [keyof GitHubPermissions, 'read' | 'write']
  readonly handle: Handler
}

export const repositoryId = 4711
const forever = '2026-01-01T00:00:00Z'

/** The state behind the API of one repository. */
export function makeRepository(repository: GitHubRepository, storage: () => string, now: () => Date) {
  const name = repository.name ?? 'acme/acme-sales'
  const commits = new Map(repository.commits.map((commit) => [commit.sha, commit]))
  const runs: GitHubRun[] = []
  const artifacts: (GitHubArtifact & { id: number })[] = []
  const zips = new Map<number, Buffer>()
  for (const run of repository.runs ?? []) runs.push(run)
  addArtifacts(repository.artifacts ?? [])
  const deployments = makeDeployments({ resolve, isBehindMain }, now)

  const routes: Route[] = [
    route('GET', '', ['contents', 'read'], () => ({
      status: 200,
      body: { id: repositoryId, full_name: name, default_branch: 'main' },
    })),
    route('GET', '/commits/(.+)', ['contents', 'read'], ([ref = '']) => {
      const sha = resolve(ref)
      return sha
        ? { status: 200, body: commitBody(sha) }
        : { status: 422, body: { message: `No commit found for SHA: ${ref}` } }
    }),
    route('GET', '/compare/(.+)\\.\\.\\.(.+)', ['contents', 'read'], ([base = '', head = ''], request) =>
      compare(base, head, request),
    ),
    route('GET', '/git/trees/([0-9a-f]{40})', ['contents', 'read'], ([sha = '']) => tree(sha)),
    route('GET', '/git/ref/tags/(.+)', ['contents', 'read'], ([tag = '']) => tagRef(tag)),
    route('GET', '/git/tags/([0-9a-f]{40})', ['contents', 'read'], ([sha = '']) => tagObject(sha)),
    route('GET', '/git/matching-refs/heads/(.*)', ['contents', 'read'], ([prefix = ''], request) => {
      const refs = Object.entries(repository.branches)
        .filter(([branch]) => branch.startsWith(prefix))
        .map(([branch, sha]) => ({ ref: `refs/heads/${branch}`, object: { type: 'commit', sha } }))
      const body = paged(refs, request)
      return { status: 200, body, nextPage: body.length > 0 && body.at(-1) !== refs.at(-1) }
    }),
    route('GET', '/actions/runs', ['actions', 'read'], (_, request) => listRuns(request)),
    route('GET', '/actions/runs/(\\d+)/artifacts', ['actions', 'read'], ([run = ''], request) =>
      listArtifacts(request, Number(run)),
    ),
    route('GET', '/actions/artifacts', ['actions', 'read'], (_, request) => listArtifacts(request)),
    route('GET', '/actions/artifacts/(\\d+)/zip', ['actions', 'read'], ([id = '']) => redirect(Number(id))),
    route('GET', '/deployments', ['deployments', 'read'], (_, request) => deployments.list(request)),
    route('POST', '/deployments', ['deployments', 'write'], (_, request) => deployments.create(request)),
    route('GET', '/deployments/(\\d+)/statuses', ['deployments', 'read'], ([id = ''], request) =>
      deployments.listStatuses(Number(id), request),
    ),
    route('POST', '/deployments/(\\d+)/statuses', ['deployments', 'write'], ([id = ''], request) =>
      deployments.createStatus(Number(id), request),
    ),
  ]

  /** Answers a request with these permissions. */
  function answer(request: GitHubRequest, permissions: GitHubPermissions): GitHubAnswer {
    for (const { method, path, needs, handle } of routes) {
      const match = path.exec(request.path)
      if (!match || method !== request.method) continue
      const [thing, how] = needs
      const granted = permissions[thing]
      // What a token may not even see is not there; what it may see and not change is refused.
      if (granted === undefined || (how === 'write' && granted === 'read'))
        return { status: 403, body: { message: 'Resource not accessible by integration', status: '403' } }
      return handle(match.slice(1), request)
    }
    return notFound
  }

  function route(method: string, path: string, needs: Route['needs'], handle: Handler): Route {
    return { method, path: new RegExp(`^/repos/${name}${path}$`), needs, handle }
  }

  /** A sha, `heads/NAME`, `tags/NAME`, or a bare name, of which a branch wins. Annotated tags are peeled. */
  function resolve(ref: string): string | undefined {
    if (commits.has(ref)) return ref
    const branch = repository.branches[ref.replace(/^heads\//, '')]
    if (branch && !ref.startsWith('tags/')) return branch
    const tag = repository.tags?.[ref.replace(/^tags\//, '')]
    if (tag === undefined || ref.startsWith('heads/')) return undefined
    return typeof tag === 'string' ? tag : tag.annotated
  }

  /** The whole tree at once, as with `recursive`. */
  function tree(sha: string): GitHubAnswer {
    const files = commits.get(sha)?.files
    if (!files) return notFound
    const entries = Object.entries(files).map(([path, text]) => ({
      path,
      mode: '100644',
      type: 'blob',
      sha: createHash('sha1').update(text).digest('hex'),
    }))
    return { status: 200, body: { sha, tree: entries, truncated: false } }
  }

  function tagRef(tag: string): GitHubAnswer {
    const target = repository.tags?.[tag]
    if (target === undefined) return notFound
    const object =
      typeof target === 'string' ? { type: 'commit', sha: target } : { type: 'tag', sha: tagShaOf(tag, target) }
    return { status: 200, body: { ref: `refs/tags/${tag}`, object } }
  }

  function tagObject(sha: string): GitHubAnswer {
    for (const [tag, target] of Object.entries(repository.tags ?? {}))
      if (typeof target !== 'string' && tagShaOf(tag, target) === sha)
        return { status: 200, body: { tag, sha, object: { type: 'commit', sha: target.annotated } } }
    return notFound
  }

  function tagShaOf(tag: string, { annotated }: { annotated: string }): string {
    return createHash('sha1').update(`tag ${tag} ${annotated}`).digest('hex')
  }

  function commitBody(sha: string): Record<string, unknown> {
    const commit = commits.get(sha)
    return {
      sha,
      commit: { message: commit?.message ?? '', author: { name: commit?.author ?? 'Ada', date: forever } },
      parents: (commit?.parents ?? []).map((parent) => ({ sha: parent })),
    }
  }

  function ancestorsOf(sha: string): Set<string> {
    const found = new Set<string>()
    const open = [sha]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue
      found.add(next)
      open.push(...(commits.get(next)?.parents ?? []))
    }
    return found
  }

  function isBehindMain(sha: string): boolean {
    const { main } = repository.branches
    return main !== undefined && !ancestorsOf(sha).has(main)
  }

  function compare(baseRef: string, headRef: string, request: GitHubRequest): GitHubAnswer {
    const [base, head] = [resolve(baseRef), resolve(headRef)]
    if (!base || !head) return notFound
    const [ofBase, ofHead] = [ancestorsOf(base), ancestorsOf(head)]
    if (![...ofHead].some((sha) => ofBase.has(sha)))
      return { status: 404, body: { message: `No common ancestor between ${baseRef} and ${headRef}.` } }
    // In the order in which the commits of the repository were given.
    const order = [...commits.keys()]
    const ahead = order.filter((sha) => ofHead.has(sha) && !ofBase.has(sha))
    const behind = order.filter((sha) => ofBase.has(sha) && !ofHead.has(sha))
    const status =
      ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical'
    return {
      status: 200,
      body: {
        status,
        ahead_by: ahead.length,
        behind_by: behind.length,
        total_commits: ahead.length,
        commits: paged(ahead.map(commitBody), request, 250),
      },
    }
  }

  function addArtifacts(some: readonly GitHubArtifact[]): void {
    for (const artifact of some) {
      const id = 900 + artifacts.length
      artifacts.push({ ...artifact, id })
      zips.set(id, zipOf(artifact.files))
    }
  }

  function addRun(run: GitHubRun, some: readonly GitHubArtifact[]): void {
    runs.push(run)
    addArtifacts(some)
  }

  function listRuns({ query }: GitHubRequest): GitHubAnswer {
    const found = runs
      .map(runBody)
      .filter(
        (run) =>
          (query.get('head_sha') ?? run.head_sha) === run.head_sha &&
          (query.get('event') ?? run.event) === run.event &&
          (query.get('branch') ?? run.head_branch) === run.head_branch,
      )
    return { status: 200, body: { total_count: found.length, workflow_runs: found.toReversed() } }
  }

  function runBody(run: GitHubRun) {
    const conclusion = run.conclusion === undefined ? 'success' : run.conclusion
    return {
      id: run.id,
      html_url: `https://github.com/${name}/actions/runs/${run.id}`,
      path: run.path,
      event: run.event ?? 'push',
      status: conclusion === null ? 'in_progress' : 'completed',
      conclusion,
      head_sha: run.sha,
      head_branch: run.branch ?? 'main',
      head_repository: { id: run.headRepository ?? repositoryId },
    }
  }

  function listArtifacts(request: GitHubRequest, run?: number): GitHubAnswer {
    const wanted = request.query.get('name')
    const some = artifacts.filter(
      (artifact) => (run === undefined || artifact.run === run) && (wanted === null || artifact.name === wanted),
    )
    const bodies = some.toReversed().map(({ id, name: called, expired, run: of }) => {
      const made = runs.find((one) => one.id === of)
      const body = made && runBody(made)
      return {
        id,
        name: called,
        expired: expired ?? false,
        digest: `sha256:${createHash('sha256')
          .update(zips.get(id) as Buffer)
          .digest('hex')}`,
        workflow_run: body && {
          id: of,
          head_sha: body.head_sha,
          head_branch: body.head_branch,
          head_repository_id: body.head_repository.id,
        },
      }
    })
    return { status: 200, body: { total_count: bodies.length, artifacts: paged(bodies, request) } }
  }

  function redirect(id: number): GitHubAnswer {
    const artifact = artifacts.find((one) => one.id === id)
    if (!artifact) return notFound
    if (artifact.expired) return { status: 410, body: { message: 'Artifact has expired' } }
    return { status: 302, location: `${storage()}/${id}.zip?sig=of-one-minute` }
  }

  /** The bytes of an artifact, as the storage serves them to anybody with the address. */
  function stored(path: string): GitHubAnswer {
    const id = Number(/^\/(\d+)\.zip$/.exec(path)?.[1])
    const artifact = artifacts.find((one) => one.id === id)
    if (!artifact) return { status: 404 }
    return { status: 200, bytes: artifact.tamperedWith ? zipOf(artifact.tamperedWith) : (zips.get(id) as Buffer) }
  }

  return { answer, stored, addRun, deployments: deployments.all }
}
