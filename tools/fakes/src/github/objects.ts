export interface GitHubCommit {
  readonly sha: string
  readonly parents: readonly string[]
  readonly message: string
  /** Default `Ada`. */
  readonly author?: string
  /** Its files with their content, by path; without them nobody may ask for its tree. */
  readonly files?: Readonly<Record<string, string>>
}

export interface GitHubRun {
  readonly id: number
  /** `.github/workflows/qa.yml` */
  readonly path: string
  readonly sha: string
  /** Default `push`. */
  readonly event?: string
  /** Default `main`. */
  readonly branch?: string
  /** Default `success`; null while it runs. */
  readonly conclusion?: string | null
  /** Default this repository; another number is a fork. */
  readonly headRepository?: number
  /** Default: one, which runs as long as the run does. */
  readonly jobs?: readonly GitHubJob[]
}

/** A job of a run, with a state of its own. */
export interface GitHubJob {
  readonly name: string
  readonly status: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'pending'
  /** The name of its runner; none before one has it. */
  readonly runner?: string
}

export interface GitHubArtifact {
  readonly name: string
  readonly run: number
  readonly files: Readonly<Record<string, string | Buffer>>
  readonly expired?: boolean
  /** Served in place of what was uploaded, whose digest stays. */
  readonly tamperedWith?: Readonly<Record<string, string | Buffer>>
}

export interface GitHubRepository {
  /** `owner/name`; default `acme/acme-sales`. */
  readonly name?: string
  readonly commits: readonly GitHubCommit[]
  /** Branches by name, each the sha of its head; the default branch is `main`. */
  readonly branches: Readonly<Record<string, string>>
  /** Tags by name: the sha of a commit, or, of an annotated tag, what it is an object for. */
  readonly tags?: Readonly<Record<string, string | { annotated: string }>>
  readonly runs?: readonly GitHubRun[]
  readonly artifacts?: readonly GitHubArtifact[]
}

/** `read` or `write` for each thing a token may touch. */
export type GitHubPermissions = Readonly<Partial<Record<'contents' | 'actions' | 'deployments', 'read' | 'write'>>>

export interface GitHubStatus {
  readonly id: number
  readonly state: string
  readonly description: string
  readonly environment: string
  readonly log_url: string
  readonly created_at: string
}

export interface GitHubDeployment {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly task: string
  readonly environment: string
  readonly payload: unknown
  readonly description: string
  readonly production_environment: boolean
  readonly transient_environment: boolean
  readonly created_at: string
  /** Newest first. */
  readonly statuses: readonly GitHubStatus[]
}
