// biome-ignore-all lint/style/noExcessiveLinesPerFile: a schedule is one closure over its clock, its Render and its random numbers
import { Failure, foldJournal, type JobEvent, readInputs, type TargetOutcome } from '@belay/action-kit'
import {
  type DeployBehaviour,
  type HostedService,
  type RequestBehaviour,
  simulateRender,
  virtualClock,
} from '@belay/fakes/render'
import { NoResponseError } from '@belay/http'
import type { RenderStep } from '../src/context.ts'
import type { Dependencies } from '../src/dependencies.ts'
import { deploy } from '../src/deploy.ts'
import { readRenderInputs } from '../src/inputs.ts'
import type { SavedDeploys } from '../src/saved.ts'
import type { Transport } from '../src/transport.ts'
import { undoDeploys } from '../src/undo.ts'

const wanted = 'b'.repeat(40)
const before = 'a'.repeat(40)
const foreign = 'c'.repeat(40)

/** Numbers between 0 and 1 that follow from a seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The outcome of one schedule, for the statistics. */
export interface ScheduleResult {
  readonly conclusion: string
  /** Broken promises; empty if there are none. */
  readonly problems: readonly string[]
}

const graceMs = 1000

/**
 * Runs one job from its seed: a release of up to four services on a Render with faults, perhaps cancelled or killed at
 * any time, perhaps failed by a later step; then its undo, as the kit would call it; then fifteen more minutes.
 */
export async function runSchedule(seed: number): Promise<ScheduleResult> {
  const random = randomFrom(seed)
  const chance = (share: number) => random() < share
  const pick = <T>(...all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  const clock = virtualClock()
  const problems: string[] = []
  const serving = new Map<string, { at: number; version: string; healthy: boolean }[]>()
  const accepted = new Map<string, number>()

  const intensity = pick(0, 0, 0.03, 0.1, 0.3)
  const outage = chance(0.15) ? { from: clock.now() + random() * 400_000, ms: random() * 240_000 } : undefined
  const render = simulateRender({
    clock,
    overlap: pick('override', 'wait'),
    durations: { build: 60_000, preDeploy: 10_000, update: 20_000, appears: 3000 },
    requestBehaviour: () => behaviour(),
    deployBehaviour: (service, { trigger }) => {
      const key = `${service} ${trigger}`
      accepted.set(key, (accepted.get(key) ?? 0) + 1)
      return trigger === 'rollback' ? rollbackBehaviour() : randomBehaviour()
    },
    onServing({ spec }, { commit }, { serves }) {
      const history = serving.get(spec.name) ?? []
      history.push({ at: clock.now(), version: commit?.id ?? '', healthy: serves !== 'unhealthy' })
      serving.set(spec.name, history)
    },
  })

  function behaviour(): RequestBehaviour {
    const down = outage && clock.now() >= outage.from && clock.now() < outage.from + outage.ms
    if (!down && !chance(intensity)) return { does: 'answer' }
    return pick<RequestBehaviour>(
      { does: 'limit', retryAfter: Math.floor(random() * 20) },
      { does: 'limit' },
      { does: 'fail', status: pick(500, 502, 503), accepted: !down && chance(0.5) },
      { does: 'reset', accepted: !down && chance(0.5) },
      { does: 'hang', accepted: !down && chance(0.5) },
    )
  }

  function randomBehaviour(): DeployBehaviour {
    return {
      ...(chance(0.2) && { appears: random() * 40_000 }),
      build: random() * 200_000,
      update: random() * 60_000,
      ...(chance(0.1) && { unknown: 'pondering' }),
      ...(chance(0.25) && { endsAs: pick('build_failed', 'update_failed', 'canceled', 'never') }),
      ...(chance(0.1) && { serves: 'unhealthy' }),
    }
  }

  function rollbackBehaviour(): DeployBehaviour {
    return { update: random() * 90_000, ...(chance(0.05) && { endsAs: 'update_failed' }) }
  }

  const places = addServices()
  if (chance(0.3)) disturb()

  const inputs = givenInputs()
  const deadlineMs = inputs.deadline * 1000
  const cancelAt = chance(0.3) ? random() * 500_000 : undefined
  const killed = cancelAt !== undefined && chance(0.4)
  const cancel = new AbortController()
  const life = { dead: false }
  let saved = ''
  let verifiedAt = 0
  const step = makeStep(
    cancel.signal,
    (undo) => {
      if (!life.dead) saved = JSON.stringify(undo)
    },
    (event) => {
      if (event.event === 'phase' && event.phase === 'verify-live') verifiedAt = clock.now()
    },
  )

  return clock.run(runJob())

  async function runJob(): Promise<ScheduleResult> {
    const began = clock.now()
    const main = deploy(inputs, step, makeDependencies(life)).then(
      ({ result }) => result as string,
      (error: unknown) => {
        if (!(error instanceof Failure)) throw error
        return `failed: ${error.code}`
      },
    )
    const end = cancelAt === undefined ? undefined : clock.sleep(cancelAt).then(() => (killed ? 'killed' : 'cancelled'))
    let conclusion = await Promise.race([main, ...(end ? [end] : [])])
    if (conclusion === 'killed') life.dead = true
    else if (conclusion === 'cancelled') {
      cancel.abort()
      const asked = clock.now()
      await main
      if (clock.now() - asked > graceMs) problems.push(`took ${clock.now() - asked} ms to stop after the cancel`)
      conclusion = 'cancelled'
    } else if (clock.now() - began > deadlineMs + graceMs) problems.push(`was ${clock.now() - began} ms in progress`)
    if (conclusion === 'failed: internal') problems.push('failed by a defect')

    const good = ['pending', 'noop', 'superseded'].includes(conclusion)
    if (conclusion === 'pending' || conclusion === 'noop') checkGreen(conclusion === 'noop' ? began : verifiedAt)
    const mustRollBack = !good || chance(0.3)
    if (mustRollBack && saved !== '') await runUndo(conclusion)
    checkOnce()
    return { conclusion: mustRollBack && good ? `${conclusion}, then undone` : conclusion, problems }
  }

  /** Main's own undo, which has only seconds after a cancel, and then the undo of post. */
  async function runUndo(conclusion: string): Promise<void> {
    const inMain = conclusion.startsWith('failed') ? [240_000] : conclusion === 'cancelled' ? [6500] : []
    let outcomes: TargetOutcome[] = []
    for (const budget of [...inMain, 240_000]) {
      const began = clock.now()
      const undo = JSON.parse(saved) as SavedDeploys
      const save = () => {
        saved = JSON.stringify(undo)
      }
      const reporter = { save, warn: () => {} }
      outcomes = await undoDeploys(undo, inputs.api.key, makeDependencies({ dead: false }), began + budget, reporter)
      if (clock.now() - began > budget + graceMs) problems.push(`undo took ${clock.now() - began} of ${budget} ms`)
      if (outcomes.every(({ result }) => result === 'rolled-back' || result === 'unchanged')) break
    }
    // Long enough for every queued deploy, and for a request that counted as never accepted.
    const seen = new Map(places.map((place) => [place.spec.name, liveVersion(place)]))
    await clock.sleep(900_000)
    for (const { target, result, detail } of outcomes) {
      if (target === 'Render') {
        const made = [...accepted.keys()].filter((key) => key.endsWith(' api'))
        if (made.length > 0) problems.push(`${detail}, and yet: ${made.join(', ')}`)
        continue
      }
      const place = render.account.named(target.replace(/ on Render$/, ''))
      const later = liveVersion(place)
      if ((result !== 'rolled-back' && result !== 'unchanged') || place.spec.live === wanted) continue
      if ([seen.get(place.spec.name), later].includes(wanted) && !mayBeForeign(place))
        problems.push(`${target} is reported as ${result} (${detail}) and serves ${later.slice(0, 4)}`)
    }
  }

  function addServices(): HostedService[] {
    const names = ['database', 'api', 'frontend', 'worker'].slice(0, 1 + Math.floor(random() * 4))
    return names.map((name) =>
      render.add({
        name,
        type: name === 'database' ? 'private_service' : name === 'frontend' ? 'static_site' : 'web_service',
        rootDir: name,
        autoDeploy: chance(0.3),
        disk: name === 'database' && chance(0.5),
        ...(name === 'api' && { healthCheckPath: '/health' }),
        ...(chance(0.9) && { live: chance(0.05) ? wanted : before }),
        env: { OLD: 'old' },
      }),
    )
  }

  /** Other deploys: a push with the same commit, or another commit. */
  function disturb(): void {
    const count = 1 + Math.floor(random() * 2)
    for (let index = 0; index < count; index++) {
      const { spec } = pick(...places)
      const version = pick(wanted, foreign)
      clock.after(random() * 300_000, () => void render.deployElsewhere(spec.name, version, 'new_commit'))
    }
  }

  function mayBeForeign({ deploys }: HostedService): boolean {
    return deploys.some(({ trigger, commit }) => trigger === 'new_commit' && commit?.id === wanted)
  }

  function givenInputs() {
    const names = places.map(({ spec }) => spec.name)
    const given: Record<string, string> = {
      'api-key': render.key,
      services: chance(0.5) ? names.join('\n') : names.join(' '),
      environment: 'production',
      env: chance(0.3) ? 'OLD=new\nFRESH=fresh' : '',
      'undo-disks': names.includes('database') && chance(0.5) ? 'database' : '',
      deadline: `${pick(60, 300, 600, 1800)}s`,
      'version-from': 'sha',
    }
    process.env.GITHUB_SHA = wanted
    process.env.GITHUB_REPOSITORY = 'acme/acme'
    return readInputs(readRenderInputs, (name) => given[name] ?? '')
  }

  function makeDependencies(life: { dead: boolean }): Dependencies {
    const never = new Promise<never>(() => {})
    const alive = <T>(value: T) => (life.dead ? never : value)
    return {
      clock: { now: clock.now, sleep: async (ms, signal) => alive(await clock.sleep(ms, signal)) },
      random,
      transport: () => async (request, timeoutMs, signal) => alive(await transport(request, timeoutMs, signal)),
      commits: () => ({ relation: async () => 'ahead', changed: async () => ['api/x', 'database/x', 'frontend/x'] }),
      probeTarget: ({ url, expectation }) => ({
        name: url.href,
        find: async () => ({
          skipped: [],
          instances: [
            {
              name: url.href,
              address: url.hostname,
              probe: async () => {
                const name = url.hostname.split('.')[0] ?? ''
                const now = serving.get(name)?.at(-1)
                const fits = expectation.version === undefined || now?.version === expectation.version
                return now?.healthy && fits
                  ? { kind: 'pass', cause: 'as-expected', message: 'answered 200' }
                  : { kind: 'fail', cause: 'status', message: 'answered 500' }
              },
            },
          ],
        }),
      }),
    }
  }

  /** A request takes time, and may be cut off on its way there or back. */
  async function transport(...[request, timeoutMs, signal]: Parameters<Transport>): ReturnType<Transport> {
    const late = clock.now() + timeoutMs
    const cut = () => {
      if (signal.aborted || clock.now() >= late) throw new NoResponseError('cut off', true)
    }
    if (chance(intensity / 5)) throw new NoResponseError('connect ECONNREFUSED', false)
    await clock.sleep(Math.min(timeoutMs, random() * 200), signal)
    if (signal.aborted && chance(0.5)) cut()
    const reply = render.take({
      method: request.method,
      path: `/v1${request.path}`,
      authorization: `Bearer ${render.key}`,
      body: request.body === undefined ? '' : JSON.stringify(request.body),
    })
    if (reply.kind === 'reset') throw new NoResponseError('ECONNRESET', true)
    if (reply.kind === 'hang') {
      await clock.sleep(late - clock.now(), signal)
      throw new NoResponseError('no answer', true)
    }
    await clock.sleep(Math.min(Math.max(0, late - clock.now()), random() * 200), signal)
    cut()
    const headers = Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    return { status: reply.status, headers, body: Buffer.from(reply.body) }
  }

  /** Every service that is reported as released was healthy with the new version at some time since `since`. */
  function checkGreen(since: number): void {
    for (const place of places) {
      const history = serving.get(place.spec.name) ?? []
      const good = history.some(({ at, version, healthy }, index) => {
        const ends = history[index + 1]?.at ?? Number.POSITIVE_INFINITY
        // A service without a public address counts as healthy if Render reports it live.
        const isChecked = place.spec.type === 'static_site' || place.spec.name === 'api'
        return at <= clock.now() && ends >= since && version === wanted && (healthy || !isChecked)
      })
      if (!good && place.spec.name !== 'worker') problems.push(`${place.spec.name} is reported as released and is not`)
    }
  }

  function checkOnce(): void {
    for (const [key, count] of accepted) {
      if ((key.endsWith(' api') || key.endsWith(' rollback')) && count > 1)
        problems.push(`${count} deploys for one: ${key}`)
    }
  }

  function liveVersion({ deploys }: HostedService): string {
    return deploys.find(({ status }) => status === 'live')?.commit?.id ?? ''
  }
}

function makeStep(
  signal: AbortSignal,
  save: (undo: SavedDeploys) => void,
  record: (event: JobEvent) => void,
): RenderStep {
  const nothing = () => {}
  return {
    id: 'deploy-render-1',
    stage: 'main',
    journal: { folder: '', append: nothing, read: () => foldJournal([]), record: () => [] },
    signal,
    record,
    save,
    output: nothing,
    summary: nothing,
    info: nothing,
    warn: nothing,
    arm: nothing,
    recordOutcomes: nothing,
  }
}
