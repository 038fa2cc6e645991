/** Where a repository is: in the API, and on GitHub's pages. */
export interface Site {
  /** The API itself: `http://127.0.0.1:PORT`. */
  readonly api: string
  /** `owner/name` */
  readonly name: string
  /** Below the repository in the API. */
  inApi(path: string): string
  /** Below the repository's pages. */
  page(path: string): string
}

export function siteOf(api: string, name: string): Site {
  return {
    api,
    name,
    inApi: (path) => `${api}/repos/${name}${path}`,
    page: (path) => `https://github.com/${name}${path}`,
  }
}

/** The id of an object in GitHub's GraphQL API. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}

/** An account, as other objects name it. */
export function accountBody({ api }: Site, login: string, type: 'Organization' | 'Bot', id: number) {
  const url = `${api}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}
