import { accountBody, nodeId, type Site } from './site.ts'

export const repositoryId = 4711
/** When everything was made that has no time of its own. */
export const forever = '2026-01-01T00:00:00Z'

/** What below a repository the API names with a URL of its own, and what may follow there. */
const paths = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
}

/** A repository, as other objects name it. A fork has another number than this one. */
export function shortRepositoryBody(site: Site, id: number) {
  const [owner = '', name = ''] = site.name.split('/')
  const urls = Object.entries(paths).map(([key, path]) => [`${key}_url`, site.inApi(path)] as const)
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: site.name,
    private: true,
    owner: accountBody(site, owner, 'Organization', 815),
    html_url: site.page(''),
    description: null,
    fork: id !== repositoryId,
    url: site.inApi(''),
    ...Object.fromEntries(urls),
  }
}

/** The repository itself. */
export function repositoryBody(site: Site) {
  return {
    ...shortRepositoryBody(site, repositoryId),
    git_url: `git://github.com/${site.name}.git`,
    ssh_url: `git@github.com:${site.name}.git`,
    clone_url: `${site.page('')}.git`,
    svn_url: site.page(''),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: 'main',
    visibility: 'private',
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    created_at: forever,
    updated_at: forever,
    pushed_at: forever,
    size: 0,
    forks: 0,
    forks_count: 0,
    network_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    subscribers_count: 0,
    watchers: 0,
    watchers_count: 0,
  }
}
