/** The workflow run that a release belongs to. */
export interface WorkflowRun {
  readonly url: string
  readonly id: string
  readonly attempt: number
  readonly job: string
  readonly actor: string
  readonly repository: string
}

/** One attempt to bring one version of a service into one environment. */
export interface Release {
  /** UTC time, 12 characters of the sha, the job: `20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081`. Sorts by time as text. */
  readonly id: string
  readonly service: string
  readonly environment: string
  /** The requested name: a tag, or at QA the sha. */
  readonly version: string
  /** The 40 hex digits that the version stands for; services report it and gates compare it. */
  readonly sha: string
}

/** The job that releases. Two jobs of a matrix share run, attempt and name: only the nonce distinguishes them. */
export interface JobIdentity {
  /** GitHub's run id. */
  readonly run: string
  /** GitHub's run attempt, from 1. */
  readonly attempt: number
  /** Eight hex digits that the job's first Belay step drew. */
  readonly nonce: string
}

/** Makes a release id, which no other job can have. `sha` is 40 lower-case hex digits. */
export function releaseId(now: Date, sha: string, { run, attempt, nonce }: JobIdentity): string {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${sha.slice(0, 12)}-${run}-${attempt}-${nonce}`
}

/** Whether a text has the form of a release id. */
export function isReleaseId(text: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{12}-[^/-]+-\d+-[0-9a-f]{8}$/.test(text)
}

/** Letters, digits, `.`, `_` and `-`, not starting with `.` or `-`: safe as one part of a path and of a unit's name. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/.test(text)
}

/**
 * Whether a caller's workflow takes a text for a release id: GitHub's expressions have no patterns, so callers use
 * `startsWith(version, '20') && contains(version, 'Z-')`, which ignores case. A text that matches and is not a release id
 * must never be released: the caller has let it pass without an approval.
 */
export function resemblesReleaseId(text: string): boolean {
  return /^20.*z-/i.test(text)
}

/**
 * Whether a version names a release that only the hosts know: `previous`, or a release id. Its commit needs no request to
 * GitHub, and to release it is a rollback.
 */
export function isKeptRelease(version: string): boolean {
  return version === 'previous' || isReleaseId(version)
}
