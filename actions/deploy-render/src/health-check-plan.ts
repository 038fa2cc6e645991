import { Failure } from '@belay/action-kit'
import { type GateTarget, httpTarget, type ResponseExpectation, type VersionSource } from '@belay/probe'
import type { Service } from './api-objects.ts'
import type { RenderInputs } from './inputs.ts'

/** One request to a service from outside, and the answer it must give. */
export interface HealthCheck {
  readonly url: URL
  readonly expectation: ResponseExpectation
}

/** Turns a health check into a target of the gate; schedules with a virtual clock give their own. */
export type ProbeTargetFactory = (healthCheck: HealthCheck) => GateTarget

export const httpProbeTarget: ProbeTargetFactory = ({ url, expectation }) => httpTarget(url, expectation)

const healthyStatuses = [{ from: 200, to: 299 }]
/** For `/` without a known health path: every answer that is not a server error. */
const answeringStatuses = [{ from: 200, to: 499 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * The health checks of a service that should serve the commit `sha` (undefined: not known). Endpoints from `checks` must
 * report that commit, so that an old instance that still answers does not pass. Without `checks` a public service is
 * checked as well: Render's health path and a static site's first page must answer 2xx, any other web service must answer.
 * @throws Failure `check-impossible`
 */
export function healthChecksFor(
  requestedName: string,
  service: Service,
  { checks, versionFrom }: Pick<RenderInputs, 'checks' | 'versionFrom'>,
  sha: string | undefined,
): HealthCheck[] {
  const own = checks.filter((check) => check.service === undefined || check.service === requestedName)
  const version = versionFrom ? sha : undefined
  if (own.length > 0)
    return own.map(({ endpoint }) => ({
      url: endpointUrl(service, endpoint),
      expectation: { statuses: healthyStatuses, version, versionFrom: versionFrom ?? anyVersion },
    }))
  if (!isPublic(service)) return []
  const path = service.serviceDetails?.healthCheckPath
  const statuses = path || service.type === 'static_site' ? healthyStatuses : answeringStatuses
  return [
    { url: endpointUrl(service, path || '/'), expectation: { statuses, version: undefined, versionFrom: anyVersion } },
  ]
}

function isPublic({ type, serviceDetails }: Service): boolean {
  return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '')
}

function endpointUrl(service: Service, endpoint: string): URL {
  if (/^https?:\/\//.test(endpoint)) return new URL(endpoint)
  if (isPublic(service)) return new URL(endpoint, service.serviceDetails?.url ?? '')
  throw new Failure(
    'check-impossible',
    `checks: ${service.name} has no public address that the runner can reach (it is a ${service.type}).`,
    'remove the check, or give a full URL. Without a check Belay uses only the status of the deploy.',
  )
}
