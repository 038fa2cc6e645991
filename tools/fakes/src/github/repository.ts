import { artifactBody, jobBody, jobsOf, runBody } from './action-bodies.ts'
import { type GitHubAnswer, type GitHubRequest, notFound, pageOf, refused } from './answers.ts'
import { commitBody, type Ref, refBody, shaOf, tagBody, treeBody } from './commit-bodies.ts'
import { makeDeployments } from './deployments.ts'
import type { GitHubArtifact, GitHubCommit, GitHubPermissions, GitHubRepository, GitHubRun } from './objects.ts'
import { repositoryBody } from './repository-bodies.ts'
import { type GitHubRoute, makeRouter } from './routes.ts'
import { siteOf } from './site.ts'
import { zipOf } from './zip.ts'

type Handler = (values: Readonly<Record<string, string>>, request: GitHubRequest) => GitHubAnswer

/** Where a repository is served: its API, and the storage of its artifacts. */
interface Servers {
  api(): string
  storage(): string
}

/** The state behind the API of one repository. */
export function makeRepository(repository: GitHubRepository, servers: Servers, now: () => Date) {
  const name = repository.name ?? 'acme/acme-sales'
  const site = () => siteOf(servers.api(), name)
  const commits = new Map(repository.commits.map((commit) => [commit.sha, commit]))
  const runs: GitHubRun[] = []
  const artifacts: (GitHubArtifact & { id: number })[] = []
  const zips = new Map<number, Buffer>()
  for (const run of repository.runs ?? []) runs.push(run)
  addArtifacts(repository.artifacts ?? [])
  const deployments = makeDeployments({ resolve, isBehindMain }, site, now)
  const routeOf = makeRouter(name)

  const handlers: Record<GitHubRoute, Handler> = {
    'GET /repos/{owner}/{repo}': () => ({ status: 200, body: repositoryBody(site()) }),
    'GET /repos/{owner}/{repo}/commits/{ref}': ({ ref = '' }) => {
      const sha = resolve(ref)
      return sha ? { status: 200, body: bodyOf(sha) } : refused(422, `No commit found for SHA: ${ref}`)
    },
    'GET /repos/{owner}/{repo}/compare/{basehead}': ({ basehead = '' }, request) => {
      const [base = '', head = ''] = basehead.split('...')
      return compare(base, head, request)
    },
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': ({ tree_sha = '' }, { query }) => {
      const files = commits.get(tree_sha)?.files
      return files ? { status: 200, body: treeBody(site(), tree_sha, files, query.has('recursive')) } : notFound
    },
    'GET /repos/{owner}/{repo}/git/ref/{ref}': ({ ref = '' }) => {
      const found = allRefs().find((one) => one.ref === `refs/${ref}`)
      return found ? { status: 200, body: refBody(site(), found) } : notFound
    },
    'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': ({ tag_sha = '' }) => tagObject(tag_sha),
    'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': ({ ref = '' }, request) => {
      const { items, lastPage } = pageOf(
        allRefs().filter((one) => one.ref.startsWith(`refs/${ref}`)),
        request,
      )
      return { status: 200, body: items.map((one) => refBody(site(), one)), lastPage }
    },
    'GET /repos/{owner}/{repo}/actions/runs': (_, request) => listRuns(request),
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ({ run_id }, request) =>
      listArtifacts(request, Number(run_id)),
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': (
      { run_id, attempt_number },
      request,
    ) => listJobs(request, Number(run_id), Number(attempt_number)),
    'GET /repos/{owner}/{repo}/actions/artifacts': (_, request) => listArtifacts(request),
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ({ artifact_id, archive_format }) =>
      archive_format === 'zip' ? redirect(Number(artifact_id)) : notFound,
    'GET /repos/{owner}/{repo}/deployments': (_, request) => deployments.list(request),
    'POST /repos/{owner}/{repo}/deployments': (_, request) => deployments.create(request),
    'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ({ deployment_id }, request) =>
      deployments.listStatuses(Number(deployment_id), request),
    'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ({ deployment_id }, request) =>
      deployments.createStatus(Number(deployment_id), request),
  }

  /** Answers a request with these permissions. */
  function answer(request: GitHubRequest, permissions: GitHubPermissions): GitHubAnswer {
    const match = routeOf(request.method, request.path)
    if (!match) return notFound
    const [thing, how] = match.needs
    const granted = permissions[thing]
    if (granted === undefined || (how === 'write' && granted === 'read'))
      return refused(403, 'Resource not accessible by integration')
    return handlers[match.route](match.values, request)
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

  /** Branches and tags, by the names that git has for them. */
  function allRefs(): Ref[] {
    const branches = Object.entries(repository.branches).map(([branch, sha]) => ({
      ref: `refs/heads/${branch}`,
      type: 'commit' as const,
      sha,
    }))
    const tags = Object.entries(repository.tags ?? {}).map(([tag, target]) => {
      const ref = `refs/tags/${tag}`
      if (typeof target === 'string') return { ref, type: 'commit' as const, sha: target }
      return { ref, type: 'tag' as const, sha: tagShaOf(tag, target) }
    })
    return [...branches, ...tags]
  }

  function tagObject(sha: string): GitHubAnswer {
    for (const [tag, target] of Object.entries(repository.tags ?? {}))
      if (typeof target !== 'string' && tagShaOf(tag, target) === sha)
        return { status: 200, body: tagBody(site(), tag, sha, target.annotated) }
    return notFound
  }

  function tagShaOf(tag: string, { annotated }: { annotated: string }): string {
    return shaOf(`tag ${tag} ${annotated}`)
  }

  /** A branch or tag may name a commit that the repository was not given. */
  function bodyOf(sha: string) {
    const known: GitHubCommit = commits.get(sha) ?? { sha, parents: [], message: '' }
    return commitBody(site(), known)
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
    const mergeBase = [...ofHead].find((sha) => ofBase.has(sha))
    if (mergeBase === undefined) return refused(404, `No common ancestor between ${baseRef} and ${headRef}.`)
    // In the order in which the commits of the repository were given.
    const order = [...commits.keys()]
    const ahead = order.filter((sha) => ofHead.has(sha) && !ofBase.has(sha))
    const behind = order.filter((sha) => ofBase.has(sha) && !ofHead.has(sha))
    const status =
      ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical'
    const page = site().page(`/compare/${baseRef}...${headRef}`)
    return {
      status: 200,
      body: {
        url: site().inApi(`/compare/${baseRef}...${headRef}`),
        html_url: page,
        permalink_url: page,
        diff_url: `${page}.diff`,
        patch_url: `${page}.patch`,
        base_commit: bodyOf(base),
        merge_base_commit: bodyOf(mergeBase),
        status,
        ahead_by: ahead.length,
        behind_by: behind.length,
        total_commits: ahead.length,
        // It has no `Link`: octokit counts pages by `total_commits`.
        commits: pageOf(ahead, request, 250).items.map(bodyOf),
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

  function listRuns(request: GitHubRequest): GitHubAnswer {
    const { query } = request
    const found = runs.filter(
      ({ sha, event = 'push', branch = 'main' }) =>
        (query.get('head_sha') ?? sha) === sha &&
        (query.get('event') ?? event) === event &&
        (query.get('branch') ?? branch) === branch,
    )
    const { items, lastPage } = pageOf(found.toReversed(), request)
    const bodies = items.map((run) => runBody(site(), run, commits.get(run.sha)))
    return { status: 200, body: { total_count: found.length, workflow_runs: bodies }, lastPage }
  }

  /** A run of the fake has one attempt. */
  function listJobs(request: GitHubRequest, id: number, attempt: number): GitHubAnswer {
    const run = attempt === 1 ? runs.find((one) => one.id === id) : undefined
    if (!run) return notFound
    const jobs = jobsOf(run)
    const { items, lastPage } = pageOf(jobs, request)
    const bodies = items.map((job) => jobBody(site(), run, job, jobs.indexOf(job)))
    return { status: 200, body: { total_count: jobs.length, jobs: bodies }, lastPage }
  }

  function listArtifacts(request: GitHubRequest, run?: number): GitHubAnswer {
    const wanted = request.query.get('name')
    const found = artifacts.filter(
      (artifact) => (run === undefined || artifact.run === run) && (wanted === null || artifact.name === wanted),
    )
    const { items, lastPage } = pageOf(found.toReversed(), request)
    const bodies = items.map(({ id, ...artifact }) => {
      const uploader = runs.find((one) => one.id === artifact.run)
      return artifactBody(site(), { id, ...artifact }, zips.get(id) as Buffer, uploader)
    })
    return { status: 200, body: { total_count: found.length, artifacts: bodies }, lastPage }
  }

  function redirect(id: number): GitHubAnswer {
    const artifact = artifacts.find((one) => one.id === id)
    if (!artifact) return notFound
    if (artifact.expired) return refused(410, 'Artifact has expired')
    return { status: 302, location: `${servers.storage()}/${id}.zip?sig=of-one-minute` }
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
