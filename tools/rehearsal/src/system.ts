import type { FakeGitHub } from '@belay/fakes/github'
import type { FakeSlack } from '@belay/fakes/slack'
import type { LoadClientOptions } from '@belay/load'
import type { TestHost } from '@belay/test-hosts'
import type { RunEvent } from '@belay/workflow-runner'
import type { Expectation } from './expect/expectation.ts'
import type { Query } from './observe/database.ts'
import type { SeenPlace } from './observe/place.ts'
import type { Target } from './observe/served.ts'
import type { EndedRun, RunOptions } from './runs.ts'
import type { Run } from './scenario.ts'
import type { Version } from './version.ts'

/** The servers and fakes that a scenario runs on. What it does not have is left out. */
export interface System {
  readonly slack: FakeSlack
  readonly github: FakeGitHub
  /** They are searched for secrets, but for what their operators put there: files, and folders with a `/` at the end. */
  readonly hosts: readonly TestHost[]
  readonly knownToHold?: readonly string[]
  /** Jobs report to Slack. Default: they do. */
  readonly reports?: boolean
  readonly times: Times
  /** Runs the workflow. */
  release(run: Run, more: Pick<RunOptions, 'onEvent' | 'faults' | 'vars'>): Promise<EndedRun>
  /** Inspects every service wherever it is. */
  places(run: Run): Promise<readonly SeenPlace[]>
  /** What can be asked while a run goes on. */
  targets(): readonly Target[]
  /** Those who ask the services that were released before. */
  users(run: Run): readonly User[]
  readonly query?: Query
  /** What runs beside the services and must stay the same: by its name a number of its process or container. */
  neighbours?(): Promise<Readonly<Record<string, string | undefined>>>
  readonly tags?: Tags
  /** Makes an external failure happen in the next run, until `end`. */
  inject?(externalFailure: string): Injection
  /** Reads before a run what only this system has; returns what is not as promised of it afterwards. */
  watch?(run: Run): (ended: EndedRun, expectation: Expectation) => readonly string[] | Promise<readonly string[]>
}

/** In seconds. */
export interface Times {
  /** The confirm timeout of a job whose runner is lost: long enough to reach the fault, short enough for a user who waits. */
  readonly confirm: number
  /** What a host needs at most beyond it. */
  readonly beyond: number
  /** Of that: what servers wait for proxies on other hosts. */
  readonly forProxies?: number
  /** What a system needs at most to come to rest after any run. Default: a moment. */
  readonly settle?: number
}

export interface User {
  readonly service: string
  /** `acme-api on host-1`, or a URL. */
  readonly where: string
  readonly options: LoadClientOptions
}

/** The floating tags of a registry. */
export interface Tags {
  /** The name of the image with its registry. */
  readonly image: string
  read(): Promise<Readonly<Record<string, string | undefined>>>
  /** The digest of a version's image; undefined: there is none. */
  digestOf(version: Version): Promise<string | undefined>
}

export interface Injection {
  onEvent?(event: RunEvent): void
  end(): void
}
