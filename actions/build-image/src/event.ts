import { readFileSync } from 'node:fs'

/** What started the run, as far as tags and pushing depend on it. */
export interface BuildEvent {
  /** `push`, `pull_request`, `schedule`, … */
  readonly name: string
  /** The git tag of the run, if it is for one. */
  readonly tag: string | undefined
  readonly pullRequest: PullRequest | undefined
}

export interface PullRequest {
  readonly number: number
  /** The commit that its author pushed. By default a merge of it is checked out. */
  readonly headSha: string
  /** From another repository: its run has no secrets, and its code was not reviewed here. */
  readonly fork: boolean
}

/** Reads the runner's variables and the event's payload. */
export function readEvent(env: NodeJS.ProcessEnv = process.env): BuildEvent {
  const name = env.GITHUB_EVENT_NAME ?? ''
  return {
    name,
    tag: env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME : undefined,
    pullRequest: name.startsWith('pull_request') ? readPullRequest(env) : undefined,
  }
}

function readPullRequest(env: NodeJS.ProcessEnv): PullRequest {
  const payload = readPayload(env.GITHUB_EVENT_PATH)
  const { number, head } = payload.pull_request ?? {}
  return {
    number: number ?? 0,
    headSha: head?.sha ?? env.GITHUB_SHA ?? '',
    // An unknown repository counts as a fork, so nothing is pushed.
    fork: (head?.repo?.full_name ?? '') !== env.GITHUB_REPOSITORY,
  }
}

interface Payload {
  pull_request?: { number?: number; head?: { sha?: string; repo?: { full_name?: string } | null } }
}

function readPayload(path: string | undefined): Payload {
  try {
    return path ? (JSON.parse(readFileSync(path, 'utf8')) as Payload) : {}
  } catch {
    return {}
  }
}
