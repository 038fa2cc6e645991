/** The objects of Render's API in the form in which it answers them (docs/research/render-api.md#services). */
export type ServiceType = 'web_service' | 'private_service' | 'background_worker' | 'static_site' | 'cron_job'

export interface Service {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly type: ServiceType
  readonly ownerId: string
  readonly repo?: string
  readonly branch?: string
  readonly rootDir: string
  readonly buildFilter?: { readonly paths: readonly string[]; readonly ignoredPaths: readonly string[] }
  readonly imagePath?: string
  autoDeploy: 'yes' | 'no'
  autoDeployTrigger: 'commit' | 'checksPass' | 'off'
  suspended: 'suspended' | 'not_suspended'
  readonly suspenders: string[]
  readonly notifyOnFail: 'default'
  readonly dashboardUrl: string
  readonly createdAt: string
  updatedAt: string
  readonly serviceDetails: Record<string, unknown>
}

export interface Commit {
  readonly id: string
  readonly message: string
  readonly createdAt: string
}

export interface Image {
  readonly ref: string
  readonly sha: string
}

export type Trigger = 'api' | 'deploy_hook' | 'manual' | 'new_commit' | 'rollback'

export interface Deploy {
  readonly id: string
  status: string
  readonly trigger: Trigger
  /** Null where an image is deployed. */
  readonly commit: Commit | null
  readonly image?: Image
  readonly createdAt: string
  updatedAt: string
  startedAt?: string
  finishedAt: string | null
}

/** Why a deploy ended as it did; each form that Render has for it. */
export interface FailureForm {
  readonly evicted?: boolean
  readonly evictionReason?: string
  readonly nonZeroExit?: number
  readonly oomKilled?: { readonly memoryLimit: string }
  readonly earlyExit?: boolean
  readonly timedOutSeconds?: number
  readonly timedOutReason?: string
  readonly unhealthy?: string
}

export interface Event {
  readonly id: string
  readonly serviceId: string
  readonly timestamp: string
  readonly type: string
  readonly details: Record<string, unknown>
}

export interface LogLine {
  readonly id: string
  readonly message: string
  readonly timestamp: string
  readonly labels: readonly { readonly name: string; readonly value: string }[]
}

export const terminalStatuses = [
  'live',
  'deactivated',
  'build_failed',
  'pre_deploy_failed',
  'update_failed',
  'canceled',
] as const

export function isTerminal(status: string): boolean {
  return (terminalStatuses as readonly string[]).includes(status)
}
