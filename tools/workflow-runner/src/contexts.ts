import { arch } from 'node:os'
import { dirname } from 'node:path'
import type { CommandFiles } from './command-files.ts'
import type { Repository } from './repositories.ts'

/** Facts of a run that all its jobs share. */
export interface RunFacts {
  repository: Repository
  event: { name: string; payload: object }
  actor: string
  runId: string
  runNumber: string
  runAttempt: string
  token: string
  defaultBranch: string
  /** Where GitHub's API is, without a slash at the end. */
  apiUrl: string
}

export interface JobDirs {
  workspace: string
  temp: string
  toolCache: string
}

/** The keys of the `github` context that become `GITHUB_…` variables (runner: GitHubContext.cs). */
const IN_ENVIRONMENT = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref', 'env'],
  ...[
    'event_name',
    'event_path',
    'graphql_url',
    'head_ref',
    'job',
    'output',
    'path',
    'ref',
    'ref_name',
    'ref_protected',
  ],
  ...['ref_type', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'retention_days'],
  ...['run_attempt', 'run_id', 'run_number', 'server_url', 'sha', 'state', 'step_summary', 'triggering_actor'],
  ...['workflow', 'workflow_ref', 'workflow_sha', 'workspace'],
]

/** The `github` context before a job runs. */
export function githubContext(facts: RunFacts, workflow: { name: string; file: string }): Record<string, unknown> {
  const { repository, event } = facts
  const [owner = ''] = repository.repository.split('/')
  const [, kind, ...name] = repository.ref.split('/')
  return {
    repository: repository.repository,
    repository_id: repository.id,
    repository_owner: owner,
    repositoryUrl: `git://github.com/${repository.repository}.git`,
    ref: repository.ref,
    ref_name: name.join('/'),
    ref_type: kind === 'tags' ? 'tag' : 'branch',
    ref_protected: false,
    sha: repository.sha,
    base_ref: '',
    head_ref: '',
    event_name: event.name,
    event: event.payload,
    actor: facts.actor,
    triggering_actor: facts.actor,
    run_id: facts.runId,
    run_number: facts.runNumber,
    run_attempt: facts.runAttempt,
    retention_days: '90',
    server_url: 'https://github.com',
    api_url: facts.apiUrl,
    graphql_url: `${facts.apiUrl}/graphql`,
    token: facts.token,
    workflow: workflow.name,
    workflow_ref: `${repository.repository}/${workflow.file}@${repository.ref}`,
    workflow_sha: repository.sha,
  }
}

/** The event of a push or of a start by hand, as far as workflows and actions of this kind read it. */
export function payloadOf(
  { repository, event, actor, defaultBranch }: RunFacts,
  inputs: Record<string, unknown>,
): object {
  const [owner = '', name = ''] = repository.repository.split('/')
  const common = {
    ref: repository.ref,
    repository: {
      id: Number(repository.id),
      name,
      full_name: repository.repository,
      owner: { login: owner },
      default_branch: defaultBranch,
    },
    sender: { login: actor },
  }
  if (event.name === 'push') return { ...common, after: repository.sha, deleted: false, forced: false }
  return event.name === 'workflow_dispatch' ? { ...common, inputs } : common
}

/** The `job` context. Its `status` is changed as the job goes on: all steps and posts see the same object. */
export function jobContext(file: { origin: Repository; file: string }) {
  const { repository, sha, ref } = file.origin
  return {
    status: 'success' as 'success' | 'failure' | 'cancelled',
    workflow_repository: repository,
    workflow_sha: sha,
    workflow_ref: `${repository}/${file.file}@${ref}`,
    workflow_file_path: file.file,
  }
}

export function runnerContext(dirs: JobDirs): Record<string, string> {
  return {
    os: 'Linux',
    arch: { x64: 'X64', arm64: 'ARM64' }[arch() as string] ?? arch().toUpperCase(),
    name: 'rehearsal',
    environment: 'self-hosted',
    temp: dirs.temp,
    tool_cache: dirs.toolCache,
    workspace: dirname(dirs.workspace),
  }
}

/** What the variables of a step's process are made of. */
export interface EnvironmentParts {
  /** Names of variables of this machine that a process gets, beside those it always gets. */
  passEnv: string[]
  trackingId: string
  /** The `env` context: workflow, job, GITHUB_ENV, step. */
  env: Record<string, string>
  state: Record<string, string>
  inputs: Record<string, string>
  prependPath: string[]
  github: Record<string, unknown>
  runner: Record<string, string>
  files: CommandFiles
}

const ALWAYS_PASSED = ['PATH', 'HOME', 'LANG', 'TZ']

/** The environment of a step's process, built in the order of the runner: what comes later wins. */
export function processEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { env, prependPath } = parts
  const machine = pick(process.env, [...ALWAYS_PASSED, ...parts.passEnv])
  const path = [...[...prependPath].reverse(), env.PATH ?? machine.PATH ?? ''].join(':')
  return {
    ...machine,
    CI: 'true',
    RUNNER_TRACKING_ID: parts.trackingId,
    ...env,
    ...prefixed('STATE_', parts.state),
    ...prefixed('INPUT_', upperCased(parts.inputs)),
    PATH: path,
    ...prefixed('GITHUB_', upperCased(texts(pick({ ...parts.github, ...parts.files }, IN_ENVIRONMENT)))),
    ...prefixed('RUNNER_', upperCased(parts.runner)),
    GITHUB_ACTIONS: 'true',
  }
}

function pick<T>(from: Record<string, T>, names: string[]): Record<string, NonNullable<T>> {
  const entries = names.map((name) => [name, from[name]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null)) as Record<
    string,
    NonNullable<T>
  >
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

/** Names of inputs as variables: upper case, spaces as `_`, hyphens kept (runner: Handler.cs). */
function upperCased(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.replaceAll(' ', '_').toUpperCase(), value]),
  )
}

function prefixed(prefix: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}
