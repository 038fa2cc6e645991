import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RecordLine, readJournal, recordOf } from '@belay/action-kit'
import type { FakeGitHub } from '@belay/fakes/github'
import { makeKey, type SystemdHost, startHost, startSystemdHost, type TestHost, writeRelease } from '@belay/test-hosts'
import {
  type JobResult,
  type RunController,
  type RunEvent,
  startWorkflow,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from '@belay/workflow-runner'
import { newestState } from './newest-state.ts'
import { injectWhilePaused, type Pause, pauseEnvironment } from './pause.ts'

export const root = join(import.meta.dirname, '../..')

/** What a local GitHub knows a job by, unless a test says otherwise. */
const gitHubToken = 'ghs_fake'

/** The commit of a version that a test releases. */
export const shaOf = (version: string) => createHash('sha1').update(version).digest('hex')

export const services = ['api', 'worker'] as const
export type Service = (typeof services)[number]
const ports: Record<Service, number> = { api: 5101, worker: 5102 }

/** A release that is to fail costs its test this long. The release that its undo starts has to answer within it too. */
export const briefCheck = { 'check-timeout': '10s' }

/** The unit of a service on hosts with systemd. */
export const unitOf = (service: Service) => `${service}-qa.service`

/** Hosts, a key, a place for files: what a test of a release needs. Everything is gone after `close`. */
export interface Fixture<Host extends TestHost = TestHost> {
  readonly hosts: readonly Host[]
  readonly folder: string
  readonly privateKey: string
  /** One deploy-ssh step of a job. */
  deploy(service: Service, source: string, inputs?: Record<string, string>, step?: JobStep): JobStep
  /** Writes a release of a service and returns its folder. */
  release(service: Service, version: string, faults?: Record<string, unknown>): Promise<string>
  /** Where a service on a host tells its health, as seen from outside. */
  urlOn(host: TestHost, service: Service): string
  /** Runs one job in the way of the runner. */
  job(version: string, steps: JobStep[], options?: JobOptions): Promise<CompletedJob>
  /** The version that a service reports on a host; undefined where nothing answers well. */
  serves(host: TestHost, service: Service): Promise<string | undefined>
  /** The same for every host and service: `v1 v1 v1 v1`, `-` where nothing answers. */
  served(): Promise<string>
  close(): Promise<void>
}

export type JobStep = Record<string, unknown>

export interface JobOptions {
  attempt?: string
  /** The local GitHub that the job asks, and its token there; without one nobody is asked. */
  github?: Pick<FakeGitHub, 'url'>
  /** What started the run, such as `workflow_dispatch`; default a push. */
  trigger?: string
  /** The run's id; default one of its own. */
  runId?: string
  /** The repository that the run is of; default the fixture's own. */
  repository?: string
  onEvent?: (event: RunEvent, controller: RunController) => void
  stepEnv?: WorkflowRunOptions['stepEnv']
  /** Called as soon as the job can be acted on. */
  control?: (controller: RunController) => void
  /** Holds a step's process at a boundary and injects something there. */
  pause?: Pause
}

/**
 * The shell text of a step of the team's own that is held while something is injected, and then ends as `end` does. Not
 * for ever: a test that was ended itself must leave nothing behind.
 */
export function heldStep(end = 'true'): string {
  const untilGo = 'for _ in $(seq 12000); do [ ! -e "$BELAY_TEST_MARK.go" ] || break; sleep 0.05; done'
  return `touch "$BELAY_TEST_MARK.reached"; ${untilGo}; ${end}`
}

/**
 * A step of the team's own after the others of a job, and the job's options that go with it: while `act` is under way it
 * waits, with all that the job released armed, and then ends as the shell text `end` does.
 */
export function duringStep(act: Pause['inject'], end = 'true'): [JobStep, JobOptions] {
  const pause: Pause = { step: 'release/during', stage: 'main', match: {}, inject: act }
  return [{ id: 'during', run: heldStep(end) }, { pause }]
}

export interface CompletedJob {
  readonly result: WorkflowRunResult
  readonly job: JobResult
  /** `BELAY_RESULT` as a caller would read it. */
  readonly belay: string
  readonly record: RecordLine[]
  /** All logs of all stages. */
  readonly log: string
  /** The process was held where it was to be held. */
  readonly paused: boolean
}

export interface FixtureOptions {
  hosts?: number
  /** Size of the disk below /srv. */
  disk?: string
  /** Commands that the hosts shall not have. */
  missing?: string[]
  /** What the deploy user's login and every script run in; default `sh`. */
  shell?: 'sh' | 'busybox'
  /** The only key exchange of their sshd; default its own choice. */
  keyExchange?: string
  passphrase?: string
}

/** Hosts in namespaces, which restart their services by a command. */
export async function openFixture({ hosts = 2, passphrase, ...options }: FixtureOptions = {}): Promise<Fixture> {
  const folders = services.map((service) => `/srv/${service}/qa`)
  return makeFixture(
    hosts,
    passphrase,
    (authorizedKey) => startHost({ authorizedKey, folders, ...options }),
    (service) => `command:/usr/local/bin/belay-test-restart /srv/${service}/qa this-host ${ports[service]}`,
  )
}

/** Hosts in containers with systemd as init, which restart their services by a unit and literal sudo lines. */
export async function openSystemdFixture(
  options: { hosts?: number; sudoers?: string } = {},
): Promise<Fixture<SystemdHost>> {
  const units = services.map((service) => ({ unit: unitOf(service), path: `/srv/${service}/qa`, port: ports[service] }))
  const sudoers = options.sudoers === undefined ? {} : { sudoers: options.sudoers }
  return makeFixture(
    options.hosts ?? 2,
    undefined,
    (authorizedKey) => startSystemdHost({ authorizedKey, services: units, ...sudoers }),
    (service) => `systemd:${unitOf(service)}`,
  )
}

async function makeFixture<Host extends TestHost>(
  count: number,
  passphrase: string | undefined,
  start: (authorizedKey: string) => Promise<Host>,
  restart: (service: Service) => string,
): Promise<Fixture<Host>> {
  const folder = mkdtempSync(join(tmpdir(), 'bt-'))
  const repository = join(folder, 'repository')
  mkdirSync(repository)
  const key = await makeKey(folder, passphrase ? { passphrase } : {})
  const hosts = await Promise.all(Array.from({ length: count }, () => start(key.publicKey)))
  const unfit = new Set<string>()
  let jobs = 0

  async function serves(host: TestHost, service: Service): Promise<string | undefined> {
    const url = `http://${host.address}:${ports[service]}/health`
    const request = { signal: AbortSignal.timeout(3000), headers: { connection: 'close' } }
    const response = await fetch(url, request).catch(() => undefined)
    return response?.ok ? ((await response.json()) as { version: string }).version : undefined
  }

  return {
    hosts,
    folder,
    privateKey: key.privateKey,
    deploy: (service, source, inputs = {}, step = {}) => ({
      id: service,
      uses: '$/actions/deploy-ssh',
      ...step,
      with: {
        hosts: hosts.map(({ target }) => target).join('\n'),
        'ssh-key': key.privateKey,
        'known-hosts': hosts.map(({ knownHosts }) => knownHosts).join('\n'),
        service,
        environment: 'qa',
        source,
        restart: restart(service),
        check: `http://this-host:${ports[service]}/health`,
        'check-timeout': '20s',
        ...(unfit.has(source) && briefCheck),
        'confirm-timeout': '60s',
        'lock-timeout': '60s',
        ...(passphrase && { 'ssh-key-passphrase': passphrase }),
        ...inputs,
      },
    }),
    async release(service, version, faults = {}) {
      const source = join(folder, `${service}-${version}`)
      if (Object.keys(faults).length > 0) unfit.add(source)
      else unfit.delete(source)
      await writeRelease(source, { service, sha: shaOf(version), version, ...faults })
      return source
    },
    urlOn: (host, service) => `http://${host.address}:${ports[service]}/health`,
    async job(version, steps, { attempt = '1', github, trigger, control, pause, stepEnv, ...rest } = {}) {
      const number = ++jobs
      const mark = join(folder, `pause-${number}`)
      const { controller, result } = startWorkflow({
        workflow: { jobs: { release: { 'runs-on': 'ubuntu-latest', steps } } } as never,
        belayRoot: root,
        callerRoot: repository,
        repository: 'acme/acme',
        sha: shaOf(version),
        runAttempt: attempt,
        runId: String(1000 + number),
        workDir: join(folder, `p${number}`),
        token: github ? gitHubToken : '',
        ...(github && { apiUrl: github.url }),
        ...(trigger && { event: { name: trigger } }),
        // What a lost runner had on its disk goes with the fixture.
        stepEnv: (path, stage) => ({
          TMPDIR: folder,
          ...stepEnv?.(path, stage),
          ...pauseEnvironment(pause, path, stage, mark),
        }),
        ...rest,
      })
      control?.(controller)
      const injected = pause ? injectWhilePaused(pause, mark, controller, result) : Promise.resolve(false)
      // What went wrong while the step was held is reported when the job has ended.
      injected.catch(() => {})
      const runResult = await result
      const paused = await injected
      const [job] = Object.values(runResult.jobs)
      if (!job) throw new Error('no job was run')
      const log = job.steps.map((step) => `--- ${step.path} ${step.stage} ${step.outcome}\n${step.log}`).join('\n')
      return {
        result: runResult,
        job,
        belay: job.env.BELAY_RESULT ?? '',
        record: recordOf(readJournal(job.journalPath).lines),
        log,
        paused,
      }
    },
    serves,
    async served() {
      const all = hosts.flatMap((host) => services.map((service) => serves(host, service)))
      return (await Promise.all(all)).map((version) => version ?? '-').join(' ')
    },
    async close() {
      await Promise.all(hosts.map((host) => host.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until something holds, asking every 100 ms; throws with `what` after `seconds`. */
export async function waitFor(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The newest state of a service on a host, as its file's name says it: `confirmed`, `armed`, … */
export function stateOn(host: TestHost, service: Service): Promise<string> {
  return newestState(host, `/srv/${service}/qa`)
}

/** Whether no process holds the lock of a service on a host. */
export async function lockIsFree(host: TestHost, service: Service): Promise<boolean> {
  const lock = `/srv/${service}/qa/.belay/lock`
  if (!(await host.exists(lock))) return true
  return (await host.run(['flock', '-n', lock, 'true'])).status === 0
}
