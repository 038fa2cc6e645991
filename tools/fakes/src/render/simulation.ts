import {
  type Account,
  type DeployOrder,
  type HostedService,
  makeAccount,
  type PhaseDurations,
  type ServiceSpec,
} from './account.ts'
import { makeApi, type Request } from './api.ts'
import type { DeployBehaviour, RequestBehaviour } from './behaviour.ts'
import { type Clock, realClock } from './clock.ts'
import { type Deploys, type DeploysOptions, makeDeploys } from './deploys.ts'
import { bucketOf, makeLimits } from './limits.ts'
import type { Deploy } from './objects.ts'

export interface RenderOptions {
  readonly clock?: Clock
  /** Default: `rnd_fake`. */
  readonly key?: string
  /** The workspace's policy for a deploy that is asked for while another runs. Default: `override`. */
  readonly overlap?: 'override' | 'wait'
  readonly durations?: Partial<PhaseDurations>
  /** Decides what happens to each request without a script. Default: it is answered. */
  readonly requestBehaviour?: (call: RenderCall) => RequestBehaviour
  /** Decides the behaviour of each deploy without a script. Default: it succeeds. */
  readonly deployBehaviour?: (service: string, order: DeployOrder) => DeployBehaviour
  readonly onServing?: DeploysOptions['onServing']
  readonly isHealthy?: DeploysOptions['isHealthy']
}

/** A request by the words of Render's reference. `service` is empty where it is of none. */
export interface RenderCall {
  readonly operation: Operation
  readonly method: string
  readonly path: string
  readonly service: string
  readonly body: string
}

export type Operation =
  | 'list-services'
  | 'get-service'
  | 'update-service'
  | 'trigger-deploy'
  | 'list-deploys'
  | 'get-deploy'
  | 'cancel-deploy'
  | 'rollback'
  | 'env-vars'
  | 'events'
  | 'logs'
  | 'hook'
  | 'other'

/** What a client gets for its request. */
export type Reply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Record<string, string>
      readonly body: string
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }

/** A Render without a network: requests are taken by a call, time is the clock's. */
export interface RenderSimulation {
  readonly key: string
  readonly account: Account
  readonly deploys: Deploys
  take(request: Request): Reply
  add(spec: ServiceSpec, url?: string): HostedService
  /** Every request and how it was answered: a status, or how its connection ended. */
  calls(): readonly (RenderCall & { readonly answered: number | 'reset' | 'hang'; readonly at: number })[]
  /** Queues what happens to the next requests of an operation. */
  script(operation: Operation, behaviours: readonly RequestBehaviour[]): void
  /** Queues the behaviours of the next deploys of a service. */
  plan(service: string, deployBehaviours: readonly DeployBehaviour[]): void
  /** Deploys in another way than by this client: by the dashboard, or by a push. */
  deployElsewhere(service: string, version: string, trigger?: 'manual' | 'new_commit'): Deploy | undefined
}

const defaultPace: PhaseDurations = { build: 60_000, preDeploy: 10_000, update: 20_000, appears: 3_000 }

export function simulateRender(options: RenderOptions = {}): RenderSimulation {
  const clock = options.clock ?? realClock
  const key = options.key ?? 'rnd_fake'
  const account = makeAccount(clock)
  const limits = makeLimits(clock)
  const deployBehaviours = new Map<string, DeployBehaviour[]>()
  const scripts = new Map<Operation, RequestBehaviour[]>()
  const calls: (RenderCall & { answered: number | 'reset' | 'hang'; at: number })[] = []
  const deploys = makeDeploys(account, {
    overlap: options.overlap ?? 'override',
    durations: { ...defaultPace, ...options.durations },
    behaviourOf: (service, order) =>
      deployBehaviours.get(service)?.shift() ?? options.deployBehaviour?.(service, order) ?? {},
    onServing: options.onServing ?? (() => {}),
    isHealthy: options.isHealthy ?? (() => true),
  })
  const api = makeApi(account, deploys, key)

  function take(request: Request): Reply {
    const call = callOf(request)
    const behaviour = scripts.get(call.operation)?.shift() ?? options.requestBehaviour?.(call) ?? { does: 'answer' }
    const reply = behave(behaviour, request)
    calls.push({ ...call, answered: reply.kind === 'answer' ? reply.status : reply.kind, at: clock.now() })
    return reply
  }

  function behave(behaviour: RequestBehaviour, request: Request): Reply {
    const { allowed, headers } = limits.take(bucketOf(request.method, request.path.replace(/\?.*$/, '')))
    const answer = (status: number, body?: unknown, more: Record<string, string> = {}): Reply => ({
      kind: 'answer',
      status,
      headers: {
        ...headers,
        ...(body === undefined ? { 'Content-Length': '0' } : { 'Content-Type': 'application/json; charset=utf-8' }),
        ...more,
      },
      body: body === undefined ? '' : JSON.stringify(body),
    })
    switch (behaviour.does) {
      case 'answer': {
        if (!allowed) return answer(429, { message: 'rate limit exceeded' })
        const { status, body } = api(request)
        return answer(status, body)
      }
      case 'limit': {
        const { retryAfter } = behaviour
        const more = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
        return answer(429, { message: 'rate limit exceeded' }, more)
      }
      case 'fail':
        if (behaviour.accepted) api(request)
        return answer(behaviour.status, { message: 'internal server error' })
      case 'reset':
      case 'hang':
        if (behaviour.accepted) api(request)
        return { kind: behaviour.does }
    }
  }

  return {
    key,
    account,
    deploys,
    take,
    calls: () => calls,
    add(spec, url) {
      const hosted = account.add(spec, url)
      if (spec.live !== undefined) deploys.seed(hosted, spec.live)
      return hosted
    },
    script: (operation, behaviours) => void scripts.set(operation, [...(scripts.get(operation) ?? []), ...behaviours]),
    plan: (service, more) => void deployBehaviours.set(service, [...(deployBehaviours.get(service) ?? []), ...more]),
    deployElsewhere(service, version, trigger = 'manual') {
      const hosted = account.named(service)
      return deploys.order(hosted, { trigger, ...(hosted.spec.image ? { image: version } : { commit: version }) })
    },
  }

  function callOf({ method, path, body }: Request): RenderCall {
    const plain = path.replace(/\?.*$/, '')
    const id = /^\/v1\/services\/([^/]+)/.exec(plain)?.[1] ?? ''
    return {
      operation: operationOf(method, plain),
      method,
      path,
      service: account.services.get(id)?.spec.name ?? '',
      body,
    }
  }
}

function operationOf(method: string, path: string): Operation {
  const found = operations.find(([name, pattern]) => name === method && pattern.test(path))
  return found?.[2] ?? 'other'
}

const operations: readonly (readonly [string, RegExp, Operation])[] = [
  ['GET', /^\/v1\/services$/, 'list-services'],
  ['GET', /^\/v1\/services\/[^/]+$/, 'get-service'],
  ['PATCH', /^\/v1\/services\/[^/]+$/, 'update-service'],
  ['POST', /^\/v1\/services\/[^/]+\/deploys$/, 'trigger-deploy'],
  ['GET', /^\/v1\/services\/[^/]+\/deploys$/, 'list-deploys'],
  ['GET', /^\/v1\/services\/[^/]+\/deploys\/[^/]+$/, 'get-deploy'],
  ['POST', /\/cancel$/, 'cancel-deploy'],
  ['POST', /\/rollback$/, 'rollback'],
  ['GET', /\/env-vars(\/[^/]+)?$/, 'env-vars'],
  ['PUT', /\/env-vars(\/[^/]+)?$/, 'env-vars'],
  ['DELETE', /\/env-vars\/[^/]+$/, 'env-vars'],
  ['GET', /\/events$/, 'events'],
  ['GET', /^\/v1\/logs$/, 'logs'],
  ['GET', /^\/deploy\//, 'hook'],
  ['POST', /^\/deploy\//, 'hook'],
]
