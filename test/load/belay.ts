import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startHaproxy, startNginx, type TestHost } from '@belay/test-hosts'
import { briefCheck, type CompletedJob, type Fixture, type JobStep, openFixture, shaOf } from '../support/fixture.ts'
import { keepalive } from './bare.ts'
import type { Driver } from './options.ts'
import { service } from './slots.ts'

/** A release of the load test: its kind and its result. */
export interface Release {
  readonly kind: ReleaseKind
  readonly sha: string
  /** Milliseconds since 1970. */
  readonly began: number
  readonly ended: number
  /** How often the proxy got a command: one way, or both ways. */
  readonly moves: number
  /** From the command to the proxy's own confirmation; undefined if it was never reached. */
  readonly switchMs: number | undefined
  /** From the decision of the job to the confirmation of the undo; undefined if nothing had moved. */
  readonly backMs: number | undefined
}

/**
 * `good` stays · `unfit` is unhealthy, so no traffic may ever reach it · `regretted` is healthy, gets the traffic, and then
 * a later step of its job fails · `rollback` returns to the slot that still runs.
 */
export type ReleaseKind = 'good' | 'unfit' | 'regretted' | 'rollback'

/** One host with a proxy and two slots, released to by the real bundles. */
export interface LoadedBelay {
  readonly url: string
  /** @throws Error if it did not end as its kind must */
  release(kind: ReleaseKind): Promise<Release>
  close(): Promise<void>
}

const slots = [5201, 5202] as const
const base = '/srv/api/qa'
const restart = `command:/usr/local/bin/belay-test-restart ${base} this-host {slot} slots/{slot}`

/** What the job must end as. */
const results: Record<ReleaseKind, string> = {
  good: 'committed',
  unfit: 'unchanged rolled-back',
  regretted: 'rolled-back',
  rollback: 'committed',
}

/** Starts the host with its proxy, and brings a first release to it, traffic included. */
export async function openBelay(driver: Driver): Promise<LoadedBelay> {
  const fixture = await openFixture({ hosts: 1 })
  try {
    const [host] = fixture.hosts
    if (!host) throw new Error('the fixture has no host')
    const { url, inputs } = await startProxy(driver, host)
    const lane = { fixture, inputs, count: 0 }
    await first(lane)
    return {
      url,
      release: (kind) => runRelease(lane, kind),
      close: () => fixture.close(),
    }
  } catch (error) {
    await fixture.close()
    throw error
  }
}

/** Its address, and its inputs of blue-green-switch. */
async function startProxy(driver: Driver, host: TestHost): Promise<{ url: string; inputs: Record<string, string> }> {
  if (driver === 'nginx') {
    const { address, port, upstreamFolder, control } = await startNginx(host, { slot: slots[0], keepalive })
    const inputs = { driver, upstream: upstreamFolder, proxy: `command:${control}` }
    return { url: `http://${address}:${port}/`, inputs }
  }
  const { address, port, socket, backend, stateFile } = await startHaproxy(host, { slots })
  return { url: `http://${address}:${port}/`, inputs: { driver, socket, backend, 'state-file': stateFile } }
}

interface Lane {
  readonly fixture: Fixture
  readonly inputs: Record<string, string>
  count: number
}

async function first(lane: Lane): Promise<void> {
  const completed = await lane.fixture.job('first', stepsOf(lane, 'good', 'first'))
  if (completed.belay !== 'committed')
    throw new Error(`the first release ended as ${completed.belay}\n${completed.log}`)
}

async function runRelease(lane: Lane, kind: ReleaseKind): Promise<Release> {
  const version = `${kind}-${++lane.count}`
  const began = Date.now()
  const completed = await lane.fixture.job(version, stepsOf(lane, kind, version))
  const ended = Date.now()
  if (!results[kind].split(' ').includes(completed.belay))
    throw new Error(`a release that was ${kind} ended as "${completed.belay}"\n${completed.log}`)
  const switchMs = Number(switchOf(completed)?.outputs['switch-ms'])
  const back = kind === 'regretted' ? backMs(completed) : undefined
  const moves = kind === 'unfit' ? 0 : kind === 'regretted' ? 2 : 1
  return { kind, sha: shaOf(version), began, ended, moves, switchMs: moves ? switchMs : undefined, backMs: back }
}

function stepsOf(lane: Lane, kind: ReleaseKind, version: string): JobStep[] {
  if (kind === 'rollback') return [move(lane, { command: 'rollback' })]
  const steps = [deploy(lane, version, kind === 'unfit'), move(lane, { version })]
  return kind === 'regretted' ? [...steps, { id: 'smoke', run: 'exit 1' }] : steps
}

function deploy({ fixture }: Lane, version: string, isUnfit: boolean): JobStep {
  const source = join(fixture.folder, version)
  mkdirSync(source)
  copyFileSync(service, join(source, 'server.mjs'))
  writeFileSync(
    join(source, 'release.json'),
    JSON.stringify({ sha: shaOf(version), version, ...(isUnfit && { health: 500 }) }),
  )
  return fixture.deploy('api', source, {
    version,
    slots: slots.join(' '),
    restart,
    stop: `${restart} stop`,
    check: 'http://this-host:{slot}/health',
    ...(isUnfit && briefCheck),
  })
}

function move({ fixture, inputs }: Lane, more: Record<string, string>): JobStep {
  const [host] = fixture.hosts
  return {
    id: 'switch',
    uses: '$/actions/blue-green-switch',
    with: {
      hosts: host?.target,
      'ssh-key': fixture.privateKey,
      'known-hosts': host?.knownHosts,
      service: 'api',
      environment: 'qa',
      slots: slots.join(' '),
      ...inputs,
      ...more,
    },
  }
}

function switchOf({ job }: CompletedJob) {
  return job.steps.find(({ path, stage }) => stage === 'main' && path.endsWith('/switch'))
}

/** From the decision to the last outcome of a target, when the proxy had confirmed the undo. */
function backMs({ record }: CompletedJob): number {
  const at = (event: string) => record.filter((line) => line.event === event).map((line) => Date.parse(line.at))
  return Math.max(...at('outcome')) - Math.min(...at('decided'))
}
