// biome-ignore-all lint/style/noExcessiveLinesPerFile: the routes of one API, in one table
import type { Account, HostedService } from './account.ts'
import type { Deploys } from './deploys.ts'
import type { Deploy } from './objects.ts'
import { isWithin, limitOf, listOf, page } from './pages.ts'

export interface Request {
  readonly method: string
  /** Path and query: `/v1/services?limit=5`. */
  readonly path: string
  readonly authorization: string
  readonly body: string
}

export interface Answer {
  readonly status: number
  /** Undefined: no body at all, as a 202 has none. */
  readonly body?: unknown
}

/** Answers requests as Render's API does, at once and without limits or faults. */
export function makeApi(account: Account, deploys: Deploys, key: string): (request: Request) => Answer {
  return (request) => {
    const url = new URL(request.path, 'http://render')
    const hook = /^\/deploy\/([^/]+)$/.exec(url.pathname)
    if (hook) return deployByHook(hook[1] ?? '', url.searchParams)
    if (!url.pathname.startsWith('/v1/')) return refused(404, 'not found')
    if (request.authorization !== `Bearer ${key}`) return refused(401, 'Unauthorized')
    const body = parse(request.body)
    if (body === undefined) return refused(400, 'invalid JSON')
    const parts = url.pathname.slice(4).split('/').map(decodeURIComponent)
    return answer(request.method, parts, url.searchParams, body)
  }

  function answer(method: string, parts: string[], query: URLSearchParams, body: unknown): Answer {
    const [what = '', id, ...rest] = parts
    if (what === 'services' && id === undefined && method === 'GET') return listServices(query)
    if (what === 'logs' && id === undefined && method === 'GET') return logs(query)
    if (what !== 'services' || id === undefined) return refused(404, 'not found')
    const hosted = account.services.get(id)
    if (!hosted) return refused(404, `not found: ${id}`)
    return ofService(method, hosted, rest, query, body)
  }

  function ofService(
    method: string,
    hosted: HostedService,
    rest: string[],
    query: URLSearchParams,
    body: unknown,
  ): Answer {
    const [what, id, verb] = rest
    switch (`${method} ${what ?? ''}${id === undefined ? '' : '/*'}${verb === undefined ? '' : `/${verb}`}`) {
      case 'GET ':
        return { status: 200, body: hosted.service }
      case 'PATCH ':
        return patch(hosted, body as Record<string, unknown>)
      case 'GET deploys':
        return { status: 200, body: page(deploysOf(hosted, query), query, 'deploy') }
      case 'POST deploys':
        return trigger(hosted, body as TriggerBody)
      case 'GET deploys/*':
        return withDeploy(hosted, id, (deploy) => ({ status: 200, body: deploy }))
      case 'POST deploys/*/cancel':
        return withDeploy(hosted, id, (deploy) => {
          if (hosted.spec.type === 'cron_job') return refused(400, 'cron jobs have no deploys to cancel')
          if (deploys.cancel(hosted, deploy)) return { status: 200, body: deploy }
          return refused(400, `deploy ${deploy.id} cannot be canceled: it is ${deploy.status}`)
        })
      case 'POST rollback':
        return rollback(hosted, (body as { deployId?: string }).deployId)
      case 'GET events':
        return { status: 200, body: eventsOf(hosted, query) }
      case 'GET instances':
        return { status: 200, body: [{ id: `${hosted.service.id}-0`, createdAt: hosted.service.createdAt }] }
      case 'GET env-vars':
        return {
          status: 200,
          body: page(envOf(hosted), query, 'envVar').map(({ cursor, envVar }) => ({
            cursor,
            envVar: withoutId(envVar),
          })),
        }
      case 'GET env-vars/*':
      case 'PUT env-vars/*':
      case 'DELETE env-vars/*':
        return envVar(method, hosted, id ?? '', body as { value?: string })
      case 'PUT env-vars':
        return replaceEnv(hosted, body as readonly { key: string; value?: string }[])
    }
    return refused(404, 'not found')
  }

  function listServices(query: URLSearchParams): Answer {
    const has = (name: string, value: string) => {
      const wanted = listOf(query, name)
      return wanted.length === 0 || wanted.includes(value)
    }
    const services = [...account.services.values()]
      .map(({ service }) => service)
      .filter((one) => has('name', one.name) && has('type', one.type) && has('ownerId', one.ownerId))
    return { status: 200, body: page(services, query, 'service') }
  }

  function patch(hosted: HostedService, { autoDeploy, autoDeployTrigger }: Record<string, unknown>): Answer {
    const { service } = hosted
    if (autoDeploy !== undefined && autoDeploy !== 'yes' && autoDeploy !== 'no')
      return refused(400, 'autoDeploy must be yes or no')
    if (autoDeployTrigger !== undefined && !isTrigger(autoDeployTrigger))
      return refused(400, 'autoDeployTrigger must be commit, checksPass or off')
    if (autoDeploy !== undefined) {
      // Whether the older field ends what the newer one began is not known: here it does not.
      if (service.autoDeployTrigger !== 'checksPass')
        service.autoDeployTrigger = autoDeploy === 'yes' ? 'commit' : 'off'
      service.autoDeploy = autoDeploy
    }
    if (autoDeployTrigger !== undefined) {
      service.autoDeployTrigger = autoDeployTrigger
      service.autoDeploy = autoDeployTrigger === 'commit' ? 'yes' : 'no'
    }
    service.updatedAt = account.time()
    return { status: 200, body: hosted.service }
  }

  /** Newest first. */
  function deploysOf(hosted: HostedService, query: URLSearchParams): Deploy[] {
    const statuses = listOf(query, 'status')
    return hosted.deploys
      .filter(
        (deploy) =>
          (statuses.length === 0 || statuses.includes(deploy.status)) &&
          isWithin(deploy.createdAt, query, 'created') &&
          isWithin(deploy.updatedAt, query, 'updated') &&
          isWithin(deploy.finishedAt, query, 'finished'),
      )
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id))
  }

  function trigger(hosted: HostedService, body: TriggerBody): Answer {
    const wrong = wrongTrigger(hosted, body)
    if (wrong !== undefined) return refused(400, wrong)
    const deploy = deploys.order(hosted, {
      trigger: 'api',
      ...whatOf(hosted, body.commitId, body.imageUrl),
      skipBuild: body.deployMode === 'deploy_only',
    })
    return deploy ? { status: 201, body: deploy } : { status: 202 }
  }

  function whatOf(hosted: HostedService, commit: string | undefined, image: string | undefined) {
    if (hosted.spec.image) return { image: image ?? hosted.spec.image }
    const latest = hosted.deploys.findLast((deploy) => deploy.commit !== null)?.commit?.id
    return { commit: commit ?? latest ?? '0'.repeat(40) }
  }

  function rollback(hosted: HostedService, id: string | undefined): Answer {
    const goal = hosted.deploys.find((deploy) => deploy.id === id)
    if (!goal) return refused(400, `deploy ${id ?? ''} is not one of this service`)
    if (goal.status !== 'live' && goal.status !== 'deactivated')
      return refused(400, `deploy ${goal.id} was not successful`)
    const deploy = deploys.order(hosted, {
      trigger: 'rollback',
      ...(goal.commit ? { commit: goal.commit.id } : {}),
      ...(goal.image ? { image: goal.image.ref } : {}),
      skipBuild: true,
    })
    return deploy ? { status: 201, body: deploy } : { status: 202 }
  }

  function envOf(hosted: HostedService) {
    return [...hosted.env].map(([key, value]) => ({ id: key, key, value }))
  }

  function envVar(method: string, hosted: HostedService, key: string, { value }: { value?: string }): Answer {
    if (method !== 'PUT' && !hosted.env.has(key)) return refused(404, `not found: ${key}`)
    if (method === 'PUT' && typeof value !== 'string') return refused(400, 'value is missing')
    if (method === 'PUT') hosted.env.set(key, value ?? '')
    const found = { key, value: hosted.env.get(key) }
    if (method === 'DELETE') hosted.env.delete(key)
    return method === 'DELETE' ? { status: 204 } : { status: 200, body: found }
  }

  function replaceEnv(hosted: HostedService, all: readonly { key: string; value?: string }[]): Answer {
    if (!Array.isArray(all)) return refused(400, 'an array is expected')
    hosted.env.clear()
    for (const { key, value } of all) hosted.env.set(key, value ?? account.id('generated'))
    return {
      status: 200,
      body: envOf(hosted).map(({ id: cursor, key, value }) => ({ cursor, envVar: { key, value } })),
    }
  }

  /** Newest first. */
  function eventsOf({ events }: HostedService, query: URLSearchParams): Record<string, unknown>[] {
    const types = listOf(query, 'type')
    const start = query.get('startTime') ?? ''
    const end = query.get('endTime') ?? '9'
    const found = events.filter(
      ({ type, timestamp }) => (types.length === 0 || types.includes(type)) && timestamp >= start && timestamp <= end,
    )
    return page(found.toReversed(), query, 'event')
  }

  function logs(query: URLSearchParams): Answer {
    const owner = query.get('ownerId')
    const resources = listOf(query, 'resource')
    if (owner === null || resources.length === 0) return refused(400, 'ownerId and resource are required')
    const places = resources.map((id) => account.services.get(id))
    if (places.some((hosted) => hosted?.service.ownerId !== owner)) return refused(404, 'not found')
    const types = listOf(query, 'type')
    const start = Date.parse(query.get('startTime') ?? '') || account.clock.now() - 3_600_000
    const end = Date.parse(query.get('endTime') ?? '') || account.clock.now()
    const backward = query.get('direction') !== 'forward'
    const found = places
      .flatMap((hosted) => hosted?.logs ?? [])
      .filter(({ timestamp }) => Date.parse(timestamp) >= start && Date.parse(timestamp) <= end)
      .filter(
        ({ labels }) => types.length === 0 || types.includes(labels.find(({ name }) => name === 'type')?.value ?? ''),
      )
      .toSorted((a, b) => a.id.localeCompare(b.id))
    const ordered = backward ? found.toReversed() : found
    const lines = ordered.slice(0, limitOf(query))
    const last = lines.at(-1)?.timestamp ?? new Date(end).toISOString()
    return {
      status: 200,
      body: {
        hasMore: ordered.length > lines.length,
        nextStartTime: backward ? new Date(start).toISOString() : last,
        nextEndTime: backward ? last : new Date(end).toISOString(),
        logs: lines,
      },
    }
  }

  /** The secret is in the query; a Blueprint's hook answers well and deploys nothing. */
  function deployByHook(id: string, query: URLSearchParams): Answer {
    if (id.startsWith('exs-')) return { status: 200, body: 'sync started' }
    const hosted = account.services.get(id)
    if (!hosted) return refused(404, `not found: ${id}`)
    if (query.get('key') !== hosted.hookKey) return refused(401, 'Unauthorized')
    const wrong = wrongTrigger(hosted, {
      ...(query.has('ref') && { commitId: query.get('ref') ?? '' }),
      ...(query.has('imgURL') && { imageUrl: query.get('imgURL') ?? '' }),
    })
    if (wrong !== undefined) return refused(400, wrong)
    const what = whatOf(hosted, query.get('ref') ?? undefined, query.get('imgURL') ?? undefined)
    const deploy = deploys.order(hosted, { trigger: 'deploy_hook', ...what })
    return deploy ? { status: 200, body: { deploy: { id: deploy.id } } } : { status: 202 }
  }
}

interface TriggerBody {
  readonly clearCache?: string
  readonly commitId?: string
  readonly imageUrl?: string
  readonly deployMode?: string
}

function wrongTrigger({ spec, service }: HostedService, body: TriggerBody): string | undefined {
  const { clearCache, commitId, imageUrl, deployMode } = body
  if (service.suspended === 'suspended') return 'the service is suspended'
  if (deployMode === 'deploy_only' && (commitId ?? imageUrl ?? clearCache) !== undefined)
    return 'deployMode deploy_only excludes commitId, imageUrl and clearCache'
  if (clearCache !== undefined && !['clear', 'do_not_clear'].includes(clearCache)) return 'clearCache is not known'
  if (commitId !== undefined && spec.type === 'cron_job') return 'commitId is not for cron jobs'
  if (commitId !== undefined && spec.image) return 'commitId is not for services that run an image'
  if (imageUrl !== undefined && !spec.image) return 'imageUrl is only for services that run an image'
  if (imageUrl !== undefined && repositoryOf(imageUrl) !== repositoryOf(spec.image ?? ''))
    return 'imageUrl must be of the repository that the service has'
  return undefined
}

/** Host, repository and name, without tag and digest. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}

function isTrigger(value: unknown): value is 'commit' | 'checksPass' | 'off' {
  return value === 'commit' || value === 'checksPass' || value === 'off'
}

function withDeploy(hosted: HostedService, id: string | undefined, work: (deploy: Deploy) => Answer): Answer {
  const deploy = hosted.deploys.find((one) => one.id === id)
  return deploy ? work(deploy) : refused(404, `not found: ${id ?? ''}`)
}

function withoutId(value: unknown): unknown {
  const { id: _, ...rest } = value as { id: string }
  return rest
}

function parse(body: string): unknown {
  if (body === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function refused(status: number, message: string): Answer {
  return { status, body: { message } }
}
