import { Failure } from '@belay/action-kit'

/** GitHub answered that it would not, or what answered is not GitHub. */
export class GitHubError extends Failure {
  /** HTTP status. */
  readonly status: number

  constructor(status: number, code: string, message: string, remedy?: string) {
    super(code, message, remedy)
    this.name = 'GitHubRefusal'
    this.status = status
  }
}

/** There was no whole answer. `why` is one line. */
export function unreachable({ host, pathname }: URL, why: string): Failure {
  return new Failure(
    'github-unreachable',
    `GitHub could not be asked (${host}${pathname}): ${why}.`,
    'look at the status of GitHub, and at HTTPS_PROXY where the runner needs it; then run the job again.',
  )
}

/** What answered is not what GitHub's API answers: such as the page of a proxy. */
export function unexpectedAnswer(status: number, what: string): GitHubError {
  return new GitHubError(
    status,
    'github-unexpected-answer',
    `What answered (HTTP ${status}) is not what GitHub's API answers: ${what}.`,
    'look at GITHUB_API_URL, and at a proxy between the runner and GitHub.',
  )
}

/** @throws GitHubRefusal `github-unexpected-answer` where what was answered has not the shape that it must have */
export function assertShape(fits: boolean, what: string): asserts fits {
  if (!fits) throw unexpectedAnswer(200, `${what} is missing or is not what it must be`)
}

/** An answer of 400 or more. @param asked such as `GET /repos/acme/api` */
export function refusalOf(status: number, limited: boolean, asked: string, reason: string): Failure {
  if (limited)
    return new Failure(
      'github-rate-limited',
      `GitHub lets this repository ask no more for now (${asked}: ${reason}).`,
      'run the job again later.',
    )
  if (status === 401)
    return new GitHubError(status, 'github-token-refused', `GitHub does not know the token (${asked}: ${reason}).`)
  if (status === 403)
    return new GitHubError(
      status,
      'github-permission',
      `The token may not do ${asked}: ${reason}.`,
      'give the job the permissions that the README of release names.',
    )
  const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused'
  return new GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`)
}
