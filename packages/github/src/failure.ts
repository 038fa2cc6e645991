import { Failure } from '@belay/action-kit'

/** GitHub refused, or the answer is not from GitHub. */
export class GitHubError extends Failure {
  /** HTTP status. */
  readonly status: number

  constructor(status: number, code: string, message: string, remedy?: string) {
    super(code, message, remedy)
    this.name = 'GitHubError'
    this.status = status
  }
}

/** No complete answer came. `why` is one line. */
export function unreachable({ host, pathname }: URL, why: string): Failure {
  return new Failure(
    'github-unreachable',
    `The request to GitHub failed (${host}${pathname}): ${why}.`,
    "check GitHub's status page, and HTTPS_PROXY if the runner needs a proxy; then run the job again.",
  )
}

/** The answer is not from GitHub's API, but for example the page of a proxy. */
export function unexpectedAnswer(status: number, what: string): GitHubError {
  return new GitHubError(
    status,
    'github-unexpected-answer',
    `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`,
    'check GITHUB_API_URL, and any proxy between the runner and GitHub.',
  )
}

/** @throws GitHubError `github-unexpected-answer` where the answer does not have the shape that it must have */
export function assertShape(fits: boolean, what: string): asserts fits {
  if (!fits) throw unexpectedAnswer(200, `${what} is missing or has the wrong form`)
}

/** An answer of 400 or more. @param asked such as `GET /repos/acme/api` */
export function refusalOf(status: number, limited: boolean, asked: string, reason: string): Failure {
  if (limited)
    return new Failure(
      'github-rate-limited',
      `GitHub's rate limit for this repository is reached (${asked}: ${reason}).`,
      'run the job again later.',
    )
  if (status === 401)
    return new GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`)
  if (status === 403)
    return new GitHubError(
      status,
      'github-permission',
      `The token has no permission for ${asked}: ${reason}.`,
      'give the job the permissions that the README of release lists.',
    )
  const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused'
  return new GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`)
}
