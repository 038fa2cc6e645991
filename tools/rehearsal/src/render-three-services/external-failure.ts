import type { FakeRender } from '@belay/fakes/render'

/** The external failures that can be injected, by name. */
export const externalFailures = [
  'build-fails',
  'start-fails',
  'health-fails',
  'frontend-fails',
  'smoke-fails',
  'limits',
  'errors',
  'resets',
] as const
export type ExternalFailure = (typeof externalFailures)[number]

/** Render's answers are retried: such a release ends well. */
export function isRetried(externalFailure: string): boolean {
  return ['limits', 'errors', 'resets'].includes(externalFailure)
}

/** Makes the local Render do that in the next release. */
export function injectExternalFailure({ simulation: render }: FakeRender, externalFailure: ExternalFailure): void {
  makers[externalFailure](render)
}

const makers: Readonly<Record<ExternalFailure, (render: FakeRender['simulation']) => void>> = {
  'build-fails': ({ plan }) =>
    plan('acme-api', [{ endsAs: 'build_failed', failure: { nonZeroExit: 2 }, logs: ['error TS2304'] }]),
  'start-fails': ({ plan }) =>
    plan('acme-api', [{ endsAs: 'update_failed', failure: { nonZeroExit: 1 }, logs: ['fetch failed: acme-databse'] }]),
  'health-fails': ({ plan }) => plan('acme-api', [{ serves: 'unhealthy' }]),
  'frontend-fails': ({ plan }) => plan('acme-frontend', [{ endsAs: 'build_failed', failure: { nonZeroExit: 1 } }]),
  // The lab's API gets a wrong admin key.
  'smoke-fails': () => {},
  limits({ script }) {
    script('list-deploys', [{ does: 'limit', retryAfter: 1 }])
    script('trigger-deploy', [{ does: 'limit', retryAfter: 1 }, { does: 'limit' }])
  },
  errors({ script }) {
    script('get-deploy', [{ does: 'fail', status: 503, accepted: false }])
    script('trigger-deploy', [{ does: 'fail', status: 500, accepted: true }])
  },
  resets({ script }) {
    script('list-deploys', [{ does: 'reset', accepted: false }])
    script('trigger-deploy', [{ does: 'reset', accepted: true }])
  },
}
