import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startHaproxy, startNginx, type TestHost } from '@belay/test-hosts'
import { type JobStep, openScene, type Played, type Scene, shaOf } from '../support/scene.ts'
import { keepalive } from './bare.ts'
import type { Driver } from './options.ts'
import { service } from './slots.ts'

/** A release that was played: what it was to be, and what became of it. */
export interface Release {
  readonly kind: Kind
  readonly sha: string
  /** Milliseconds since 1970. */
  readonly began: number
  readonly ended: number
  /** How often the proxy was told: there, or there and back. */
  readonly moves: number
  /** From the order to the proxy's own word that it is so; undefined where it never came to that. */
  readonly switchMs: number | undefined
  /** From the decision of the job to the word that all is as before; undefined where nothing had moved. */
  readonly backMs: number | undefined
}

/**
 * `good` stays · `unfit` does not answer well, so that no traffic may ever reach it · `regretted` is well, gets the
 * traffic, and then a later step of its job fails · `rollback` goes back to the slot that is still warm.
 */
export type Kind = 'good' | 'unfit' | 'regretted' | 'rollback'

/** One host with a proxy and two slots, released to by the real bundles. */
export interface Belay {
  readonly url: string
  /** @throws Error where it did not end as its kind must */
  play(kind: Kind): Promise<Release>
  close(): Promise<void>
}

const slots = [5201, 5202] as const
const base = '/srv/api/qa'
const restart = `command:/usr/local/bin/belay-test-restart ${base} this-host {slot} slots/{slot}`

/** What the job must end as. */
const results: Record<Kind, string> = {
  good: 'committed',
  unfit: 'unchanged rolled-back',
  regretted: 'rolled-back',
  rollback: 'committed',
}

/** Starts the host with its proxy, and brings a first release to it, traffic included. */
export async function openBelay(driver: Driver): Promise<Belay> {
  const scene = await openScene({ hosts: 1 })
  try {
    const [host] = scene.hosts
    if (!host) throw new Error('the scene has no host')
    const { url, inputs } = await startProxy(driver, host)
    const lane = { scene, inputs, count: 0 }
    await first(lane)
    return {
      url,
      play: (kind) => playRelease(lane, kind),
      close: () => scene.close(),
    }
  } catch (error) {
    await scene.close()
    throw error
  }
}

/** Its address, and the inputs of blue-green-switch that tell of it. */
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
  readonly scene: Scene
  readonly inputs: Record<string, string>
  count: number
}

async function first(lane: Lane): Promise<void> {
  const played = await lane.scene.job('first', stepsOf(lane, 'good', 'first'))
  if (played.belay !== 'committed') throw new Error(`the first release ended as ${played.belay}\n${played.log}`)
}

async function playRelease(lane: Lane, kind: Kind): Promise<Release> {
  const version = `${kind}-${++lane.count}`
  const began = Date.now()
  const played = await lane.scene.job(version, stepsOf(lane, kind, version))
  const ended = Date.now()
  if (!results[kind].split(' ').includes(played.belay))
    throw new Error(`a release that was ${kind} ended as "${played.belay}"\n${played.log}`)
  const switchMs = Number(switchOf(played)?.outputs['switch-ms'])
  const back = kind === 'regretted' ? backMs(played) : undefined
  const moves = kind === 'unfit' ? 0 : kind === 'regretted' ? 2 : 1
  return { kind, sha: shaOf(version), began, ended, moves, switchMs: moves ? switchMs : undefined, backMs: back }
}

function stepsOf(lane: Lane, kind: Kind, version: string): JobStep[] {
  if (kind === 'rollback') return [move(lane, { command: 'rollback' })]
  const steps = [deploy(lane, version, kind === 'unfit' ? { health: 500 } : {}), move(lane, { version })]
  return kind === 'regretted' ? [...steps, { id: 'smoke', run: 'exit 1' }] : steps
}

function deploy({ scene }: Lane, version: string, faults: Record<string, unknown>): JobStep {
  const source = join(scene.folder, version)
  mkdirSync(source)
  copyFileSync(service, join(source, 'server.mjs'))
  writeFileSync(join(source, 'release.json'), JSON.stringify({ sha: shaOf(version), version, ...faults }))
  return scene.deploy('api', source, {
    version,
    slots: slots.join(' '),
    restart,
    stop: `${restart} stop`,
    check: 'http://this-host:{slot}/health',
    'check-timeout': '3s',
  })
}

function move({ scene, inputs }: Lane, more: Record<string, string>): JobStep {
  const [host] = scene.hosts
  return {
    id: 'switch',
    uses: '$/actions/blue-green-switch',
    with: {
      hosts: host?.target,
      'ssh-key': scene.privateKey,
      'known-hosts': host?.knownHosts,
      service: 'api',
      environment: 'qa',
      slots: slots.join(' '),
      ...inputs,
      ...more,
    },
  }
}

function switchOf({ job }: Played) {
  return job.steps.find(({ path, stage }) => stage === 'main' && path.endsWith('/switch'))
}

/** From the decision to the last word on a target, which is when the proxy had confirmed that it is back. */
function backMs({ record }: Played): number {
  const at = (event: string) => record.filter((line) => line.event === event).map((line) => Date.parse(line.at))
  return Math.max(...at('outcome')) - Math.min(...at('decided'))
}
