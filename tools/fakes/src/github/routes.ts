import type { GitHubPermissions } from './objects.ts'

/** The permission of a token that a route needs. */
type Needs = readonly [keyof GitHubPermissions, 'read' | 'write']

/** What the fake answers, each route as GitHub's own description of its API names it. */
const routes = {
  'GET /repos/{owner}/{repo}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/commits/{ref}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/compare/{basehead}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/git/ref/{ref}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': ['contents', 'read'],
  'GET /repos/{owner}/{repo}/actions/runs': ['actions', 'read'],
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['actions', 'read'],
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': ['actions', 'read'],
  'GET /repos/{owner}/{repo}/actions/artifacts': ['actions', 'read'],
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['actions', 'read'],
  'GET /repos/{owner}/{repo}/deployments': ['deployments', 'read'],
  'POST /repos/{owner}/{repo}/deployments': ['deployments', 'write'],
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ['deployments', 'read'],
  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ['deployments', 'write'],
} as const satisfies Record<string, Needs>

export type GitHubRoute = keyof typeof routes

/** All routes of the fake: `GET /repos/{owner}/{repo}/commits/{ref}`. */
export const githubRoutes = Object.keys(routes) as readonly GitHubRoute[]

/** A route that a request is for, with the values in its path. */
export interface RouteMatch {
  readonly route: GitHubRoute
  readonly needs: Needs
  readonly values: Readonly<Record<string, string>>
}

/** Finds the route of a request to the API of one repository, `owner/name`. */
export function makeRouter(name: string): (method: string, path: string) => RouteMatch | undefined {
  const patterns = githubRoutes.map((route) => ({ route, pattern: patternOf(route, name) }))
  return (method, path) => {
    for (const { route, pattern } of patterns) {
      const match = pattern.exec(`${method} ${path}`)
      if (match) return { route, needs: routes[route], values: { ...match.groups } }
    }
    return undefined
  }
}

/** A ref may have slashes; no other value may. */
function patternOf(route: GitHubRoute, name: string): RegExp {
  const own = route.replace('{owner}/{repo}', name.replaceAll('.', '\\.'))
  return new RegExp(
    `^${own.replace(/\{(\w+)\}/g, (_, key) => `(?<${key}>${/^(?:ref|basehead)$/.test(key) ? '.+' : '[^/]+'})`)}$`,
  )
}
