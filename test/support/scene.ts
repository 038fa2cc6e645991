import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Controller, type Event, type JobResult, type Play, type PlayResult, play } from '@belay/rehearsal'
import { readRecord, type RecordLine } from '@belay/release'
import { makeKey, startHost, type TestHost, writeRelease } from '@belay/testbed'

export const root = join(import.meta.dirname, '../..')

/** A commit that a test releases: 40 hex digits made of one. */
export const shaOf = (digit: string) => digit.repeat(40)

/** Two hosts, a key, a place for files: what a test of a release needs. Everything is gone after `close`. */
export interface Scene {
  readonly hosts: readonly TestHost[]
  readonly folder: string
  readonly privateKey: string
  /** The inputs of one deploy-ssh step for a service. */
  deploy(service: string, source: string, inputs?: Record<string, string>): Record<string, string>
  /** Writes a release of a service to a folder and returns the folder. */
  release(service: string, digit: string, faults?: Record<string, unknown>): Promise<string>
  /** Plays one job in the way of the runner. */
  job(steps: JobStep[], options?: JobOptions): Promise<Played>
  /** What a service reports on a host: its sha's first digit, or undefined where nothing answers. */
  serves(host: TestHost, service: string): Promise<string | undefined>
  close(): Promise<void>
}

export type JobStep = Record<string, unknown>

export interface JobOptions {
  digit?: string
  attempt?: string
  onEvent?: (event: Event, controller: Controller) => void
  stepEnv?: Play['stepEnv']
  faults?: Play['faults']
  /** Called with the controller as soon as the job can be acted on. */
  control?: (controller: Controller) => void
}

export interface Played {
  readonly result: PlayResult
  readonly job: JobResult
  /** `BELAY_RESULT` as a caller would read it. */
  readonly belay: string
  readonly record: RecordLine[]
  /** All logs of all stages. */
  readonly log: string
}

const ports: Record<string, number> = { api: 5101, worker: 5102 }

export async function openScene(options: { hosts?: number; disk?: string } = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'bt-'))
  const key = await makeKey(folder)
  const hosts = await Promise.all(
    Array.from({ length: options.hosts ?? 2 }, () =>
      startHost({
        authorizedKey: key.publicKey,
        folders: ['/srv/api/qa', '/srv/worker/qa'],
        ...(options.disk && { disk: options.disk }),
      }),
    ),
  )
  let plays = 0
  return {
    hosts,
    folder,
    privateKey: key.privateKey,
    deploy: (service, source, inputs = {}) => ({
      hosts: hosts.map(({ target }) => target).join('\n'),
      'ssh-key': key.privateKey,
      'known-hosts': hosts.map(({ knownHosts }) => knownHosts).join('\n'),
      service,
      environment: 'qa',
      source,
      restart: `command:/usr/local/bin/belay-test-restart /srv/${service}/qa this-host ${ports[service]}`,
      check: `http://this-host:${ports[service]}/health`,
      'check-timeout': '5s',
      'confirm-timeout': '60s',
      'lock-timeout': '20s',
      ...inputs,
    }),
    async release(service, digit, faults = {}) {
      const source = join(folder, `${service}-${digit}-${Object.keys(faults).join('')}`)
      await writeRelease(source, { service, sha: shaOf(digit), version: `v${digit}`, ...faults })
      return source
    },
    async job(steps, { digit = '1', attempt = '1', control, ...rest } = {}) {
      const workflow = { jobs: { release: { 'runs-on': 'ubuntu-latest', steps } } }
      const { controller, result } = play({
        workflow: workflow as unknown as Exclude<Play['workflow'], string>,
        belayRoot: root,
        callerRoot: folder,
        repository: 'acme/acme',
        sha: shaOf(digit),
        runAttempt: attempt,
        runId: String(1000 + ++plays),
        workDir: join(folder, `p${plays}`),
        ...rest,
      })
      control?.(controller)
      const played = await result
      const [job] = Object.values(played.jobs)
      if (!job) throw new Error('no job was played')
      const log = job.steps.map((step) => `--- ${step.path} ${step.stage} ${step.outcome}\n${step.log}`).join('\n')
      return { result: played, job, belay: job.env.BELAY_RESULT ?? '', record: readRecord(job.recordPath), log }
    },
    async serves(host, service) {
      const response = await fetch(`http://${host.address}:${ports[service]}/health`, {
        signal: AbortSignal.timeout(3000),
        headers: { connection: 'close' },
      }).catch(() => undefined)
      return response?.ok ? ((await response.json()) as { sha: string }).sha[0] : undefined
    },
    async close() {
      await Promise.all(hosts.map((host) => host.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
