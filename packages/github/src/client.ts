import type { getOctokit } from '@actions/github'
import { Failure, type InputReader, messageOf } from '@belay/action-kit'
import { saveFrom } from './download.ts'
import { assertShape, unreachable } from './failure.ts'
import { requestRules } from './request-rules.ts'

/** Which repository is used, and with which token. */
export interface GitHubInputs {
  /** Empty: no request is sent to GitHub. */
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** Ends with a slash. */
  readonly apiUrl: URL
}

/** Reads `github-token`; the rest comes from the runner's variables. */
export function readGitHubInputs(read: InputReader, env: NodeJS.ProcessEnv = process.env): GitHubInputs {
  const token = read.secret('github-token').trim()
  const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com')
  if (!apiUrl.pathname.endsWith('/')) apiUrl.pathname += '/'
  if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
    read.issue('github-token', 'has characters that are not allowed in a token', 'Leave it out, or give one token.')
  return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl }
}

/** Octokit with GitHub's REST methods (`rest`) and `paginate`. */
export type Octokit = ReturnType<typeof getOctokit>

/** The parameters of a method that name the repository. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** GitHub's API for one repository. Every request follows the rules of `request-rules.ts`. */
export interface GitHub {
  /** `owner/name`. */
  readonly repository: string
  /**
   * Calls octokit, and returns the data of its answer. A method other than GET is not sent again once GitHub may have
   * done it, unless `request: { repeatable: true }` says that it may be done twice.
   * @throws Failure `github-unreachable`, `github-rate-limited`, or GitHubError
   */
  ask<A extends { data: unknown }>(call: (octokit: Octokit, repository: Repository) => Promise<A>): Promise<A['data']>
  /** Writes an artifact's zip to a file. Returns the SHA-256 of it. @throws also Failure `download-failed` */
  saveArtifact(id: number, file: string): Promise<string>
}

/** Opens the API of one repository. Nothing is loaded or sent before the first request. */
export function openGitHub({ token, repository, apiUrl }: GitHubInputs, signal: AbortSignal): GitHub {
  const [owner = '', repo = ''] = repository.split('/')
  let opened: Promise<Octokit> | undefined

  function open(): Promise<Octokit> {
    opened ??= openOctokit(token, apiUrl, signal)
    return opened
  }

  return {
    repository,
    ask: async (call) => (await call(await open(), { owner, repo })).data,
    async saveArtifact(id, file) {
      const request = { wantsLocation: true }
      const { rest } = await open()
      const asked = { owner, repo, artifact_id: id, archive_format: 'zip', request }
      const { headers } = await rest.actions.downloadArtifact(asked)
      const { location = '' } = headers
      assertShape(URL.canParse(location), 'the address of the artifact')
      return saveFrom(new URL(location), file, signal)
    },
  }
}

async function openOctokit(token: string, apiUrl: URL, signal: AbortSignal): Promise<Octokit> {
  try {
    // The bundler leaves the name unchanged; scripts/build.ts replaces it by the path of the shared bundle.
    const { getOctokit } = await import(/* webpackIgnore: true */ '@belay/toolkit')
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const octokit = getOctokit(token, { baseUrl: apiUrl.href.replace(/\/$/, ''), userAgent: 'belay', log })
    const rules = requestRules(signal, (options) => octokit.request.endpoint({ ...options }).url)
    octokit.hook.wrap('request', rules as never)
    return octokit
  } catch (error) {
    // Such as a proxy's URL that no client can use.
    if (error instanceof Failure) throw error
    throw unreachable(apiUrl, messageOf(error))
  }
}
