import type { FakeGitHub, GitHubCommit } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { exampleVariables } from './example-variables.ts'
import { proveOn, startExampleGitHub } from './github.ts'
import type { Settings } from './repository/settings.ts'
import { type Filled, fillIn } from './repository/unit-files.ts'
import { ofRepository, variablesOf } from './repository/variables.ts'
import { type EndedRun, type RunOptions, startOf } from './runs.ts'
import { openStarted, type Started } from './started.ts'
import type { User } from './system.ts'
import { type Version, v2 } from './version.ts'

/** What every example's releases run on besides its servers: a local Slack, a local GitHub, and the runner. */
export interface Base extends Started {
  readonly slack: FakeSlack
  readonly github: FakeGitHub
}

export interface BaseOptions {
  /** Fills an empty folder with the example at a version. */
  checkOut(version: Version, into: string): void
  readonly commits?: readonly GitHubCommit[]
  /** The numbers of QA's runs before this rehearsal. */
  readonly proven?: ReadonlyMap<Version, number>
}

/** Starts it, and on it what `fill` starts. All of it ends with `close`, with this process, or when `fill` fails. */
export async function openOn<Lab>(
  { checkOut, commits, proven = new Map() }: BaseOptions,
  fill: (base: Base) => Promise<Lab>,
): Promise<Lab> {
  const started = openStarted(checkOut)
  try {
    const [slack, github] = await Promise.all([
      started.add(startFakeSlack()),
      started.add(startExampleGitHub(proven, started.runs.artifacts, commits)),
    ])
    return await fill({ ...started, slack, github })
  } catch (error) {
    await started.close()
    throw error
  }
}

export const slackToken = 'xoxb-fake'

/** What a release gets. */
export interface Given {
  /** Variables and secrets of the repository, besides those that every example has. */
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Those of its environment. */
  readonly own: { readonly vars: Readonly<Record<string, string>>; readonly secrets: Readonly<Record<string, string>> }
  /** A tag starts it. Default: a push to main. */
  readonly isTagged?: boolean
}

/** Runs the workflow of an environment at a version, or by hand (`previous`). `more`: its variables win everywhere. */
export function releaseOn(
  { runs, github, slack }: Base,
  environment: string,
  version: Version | 'previous',
  { vars, secrets, own, isTagged }: Given,
  { vars: ofRun, ...more }: Partial<RunOptions> = {},
): Promise<EndedRun> {
  return runs.run(version === 'previous' ? v2 : version, {
    workflow: `${environment}.yml`,
    ...((isTagged || version === 'previous') && startOf(version)),
    apiUrl: github.url,
    vars: { ...exampleVariables(slack), ...vars, ...ofRun },
    secrets: { SLACK_TOKEN: slackToken, ...secrets },
    environments: { [environment]: { vars: { ...own.vars, ...ofRun }, secrets: { ...own.secrets } } },
    ...more,
  })
}

/** The variables that `rehearsal.yml` gives an environment, or the repository, with what only the rehearsal knows. */
export function variablesIn({ vars }: Settings, filled: Filled, environment = ofRepository): Record<string, string> {
  const own = variablesOf(vars, 'rehearsal.yml')[environment] ?? {}
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, fillIn(value, filled)]))
}

/** A lab in which QA proves what production releases. */
export interface Releases<Environment extends string> extends Pick<Base, 'slack' | 'github' | 'close'> {
  /** Runs QA's workflow at a version, or production's by a tag or by hand (`previous`). */
  release(environment: Environment, version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
  /** Runs only the job of QA's workflow that builds a version. Returns the number of the run. */
  build(version: Version): Promise<number>
  /** From now on GitHub has that run of QA as a success of the version. */
  markProven(version: Version, run: number): void
}

/** `given`: what an environment's releases get, and without one what QA's build gets. `common`: of all runs. */
export function releasesOn<Environment extends string>(
  base: Base,
  given: (environment?: Environment) => Given,
  common: Partial<RunOptions> = {},
): Releases<Environment> {
  return {
    ...base,
    release(environment, version, more = {}) {
      const { own, secrets, ...others } = given(environment)
      // An environment's secrets do not reach a called workflow: its callers keep them in the repository.
      const all = { ...others, own, secrets: { ...secrets, ...(more.workflow && own.secrets) } }
      const isTagged = environment === 'production'
      return releaseOn(base, environment, version, { ...all, isTagged }, { ...common, ...more })
    },
    async build(version) {
      const run = await releaseOn(base, 'qa', version, given(), { ...common, jobs: ['build'] })
      if (run.conclusion === 'success') return Number(run.runId)
      throw new Error(`${version.name} could not be built:\n${run.jobs.build?.steps.map(({ log }) => log).join('\n')}`)
    },
    markProven: (version, run) => proveOn(base.github, version, run, base.runs.artifacts),
  }
}

/** Someone who asks for the page of a service, as `rehearsal.yml` says. Each request has a connection of its own. */
export function userOf(service: string, base: string, { users }: Settings, more: Partial<User['options']> = {}): User {
  const { rate, pages, versionFrom: versionOf = 'sha' } = users
  const url = `${base}${pages[service] ?? ''}`
  return { service, where: service, options: { url, rate, connections: 'fresh', versionOf, ...more } }
}
