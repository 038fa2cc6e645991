import { Failure } from '@belay/action-kit'
import { type GateTarget, httpTarget, type ResponseExpectation, type VersionSource } from '@belay/probe'
import type { Service } from './api-objects.ts'
import type { RenderInputs } from './inputs.ts'

/** What a service is asked from outside. */
export interface Question {
  readonly url: URL
  readonly expected: ResponseExpectation
}

/** How a question becomes something that can be probed; schedules on a virtual clock bring one of their own. */
export type TargetOf = (question: Question) => GateTarget

export const overHttp: TargetOf = ({ url, expected }) => httpTarget(url, expected)

const well = [{ from: 200, to: 299 }]
/** Without a path that is known to be healthy: whatever a service says to `/` that is no fault of its own. */
const noFault = [{ from: 200, to: 499 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * What to ask a service that is to serve the commit `sha` (undefined: not known). What the workflow names must report
 * that commit, so that an old instance that still answers does not pass. Without that, what is public is asked all the
 * same: Render's own health path and a static site's first page must answer well, any other web service must answer.
 */
export function questionsOf(
  asked: string,
  service: Service,
  { checks, versionFrom }: Pick<RenderInputs, 'checks' | 'versionFrom'>,
  sha: string | undefined,
): Question[] {
  const own = checks.filter((check) => check.service === undefined || check.service === asked)
  const version = versionFrom ? sha : undefined
  if (own.length > 0)
    return own.map(({ endpoint: place }) => ({
      url: placeOf(service, place),
      expected: { statuses: well, version, versionFrom: versionFrom ?? anyVersion },
    }))
  if (!isPublic(service)) return []
  const path = service.serviceDetails?.healthCheckPath
  const statuses = path || service.type === 'static_site' ? well : noFault
  return [{ url: placeOf(service, path || '/'), expected: { statuses, version: undefined, versionFrom: anyVersion } }]
}

function isPublic({ type, serviceDetails }: Service): boolean {
  return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '')
}

function placeOf(service: Service, place: string): URL {
  if (/^https?:\/\//.test(place)) return new URL(place)
  if (isPublic(service)) return new URL(place, service.serviceDetails?.url ?? '')
  throw new Failure(
    'check-impossible',
    `checks: ${service.name} has no address that a runner could ask (it is a ${service.type}).`,
    'leave it out, or give a whole URL; without one the status of its deploy has to do.',
  )
}
