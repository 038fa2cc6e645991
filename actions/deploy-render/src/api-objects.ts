import { digestIn, sameImage } from './image.ts'

/** The fields that Belay reads (docs/research/render-api.md#services). A field may be absent or null only if its type says so. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly ownerId: string
  readonly rootDir?: string | null
  readonly imagePath?: string | null
  readonly autoDeploy?: 'yes' | 'no' | null
  /** The newer of the two fields, which may be absent. */
  readonly autoDeployTrigger?: string | null
  readonly buildFilter?: { readonly paths?: string[] | null; readonly ignoredPaths?: string[] | null } | null
  readonly suspended?: string | null
  readonly dashboardUrl?: string | null
  readonly serviceDetails?: {
    readonly url?: string | null
    readonly healthCheckPath?: string | null
    readonly disk?: unknown
  } | null
}

/** Whether a push, or the checks of a commit, deploy the service automatically. */
export function hasAutoDeploy({ autoDeploy, autoDeployTrigger }: Partial<Service>): boolean {
  return autoDeploy === 'yes' || (typeof autoDeployTrigger === 'string' && autoDeployTrigger !== 'off')
}

export interface Deploy {
  readonly id: string
  readonly status: string
  readonly trigger?: string | null
  readonly commit?: { readonly id?: string | null } | null
  readonly image?: { readonly ref?: string | null; readonly sha?: string | null } | null
  readonly createdAt: string
  readonly finishedAt?: string | null
}

export interface EnvVar {
  readonly key: string
  readonly value: string
}

export interface RenderEvent {
  readonly type: string
  readonly timestamp: string
  readonly details?: Record<string, unknown> | null
}

export interface LogLine {
  readonly message: string
  readonly timestamp: string
}

/** The content of a deploy: a commit of the service's repository, or an image. */
export type DeployContent = { readonly commit: string } | { readonly image: string }

/** Whether a deploy has this content. Images are compared by digest where both have one. */
export function matchesContent(deploy: Pick<Deploy, 'commit' | 'image'>, content: DeployContent): boolean {
  if ('commit' in content) return deploy.commit?.id === content.commit
  const { ref, sha } = deploy.image ?? {}
  const digest = digestIn(content.image)
  return (ref != null && sameImage(ref, content.image)) || (digest !== undefined && sha === digest)
}

/** Whether the content can never change: a tag may point to another image tomorrow. */
export function isImmutable(content: DeployContent): boolean {
  return 'commit' in content || digestIn(content.image) !== undefined
}

/** The content's name in logs and messages. */
export function contentName(content: DeployContent): string {
  return 'commit' in content ? content.commit.slice(0, 12) : content.image
}

/** The content of a deploy, as far as Render reports it; an image with the digest that its tag had then. */
export function contentOf({ commit, image }: Pick<Deploy, 'commit' | 'image'>): DeployContent | undefined {
  if (commit?.id) return { commit: commit.id }
  if (!image?.ref) return undefined
  const { ref, sha } = image
  return { image: sha && digestIn(`@${sha}`) && !digestIn(ref) ? `${ref}@${sha}` : ref }
}

/** An unknown status counts as not terminal: Render may introduce new ones. */
export function isTerminal(status: string): boolean {
  return terminalStatuses.has(status)
}

const terminalStatuses = new Set([
  'live',
  'deactivated',
  'build_failed',
  'pre_deploy_failed',
  'update_failed',
  'canceled',
])

export function isKnownStatus(status: string): boolean {
  return terminalStatuses.has(status) || activeStatuses.has(status)
}

const activeStatuses = new Set([
  'queued',
  'created',
  'build_in_progress',
  'pre_deploy_in_progress',
  'update_in_progress',
])
